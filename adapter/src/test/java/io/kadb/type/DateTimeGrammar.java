package io.kadb.type;

import java.util.List;

/** Inputs of DATE, TIME, TIMESTAMP and TIMESTAMPTZ in all the forms of PostgreSQL's manual. */
final class DateTimeGrammar extends InputGrammar {
  private static final List<String> MONTHS =
      List.of(
          "Jan",
          "january",
          "Feb",
          "FEBRUARY",
          "mar",
          "March",
          "apr",
          "april",
          "May",
          "jun",
          "June",
          "jul",
          "july",
          "aug",
          "august",
          "sep",
          "Sept",
          "september",
          "oct",
          "October",
          "nov",
          "november",
          "dec",
          "december",
          "janu",
          "octob");

  private static final List<String> ZONES =
      List.of(
          "Z",
          "z",
          "UTC",
          "utc",
          "GMT",
          "zulu",
          "UT",
          "EST",
          "EDT",
          "CET",
          "CEST",
          "PST",
          "PDT",
          "MSK",
          "IST",
          "JST",
          "BST",
          "AEST",
          "NZST",
          "ART",
          "BRT",
          "HST",
          "Europe/Berlin",
          "America/New_York",
          "america/sao_paulo",
          "Asia/Kolkata",
          "Etc/GMT+3",
          "EST5EDT",
          "GMT+3",
          "UTC-5",
          "GMT0",
          "US/Eastern",
          "Pacific/Apia",
          "Mars/Olympus",
          "+00",
          "-00",
          "+02",
          "-3",
          "+5",
          "+0530",
          "-0330",
          "+05:30",
          "-08:00",
          "+05:45:10",
          "+15:59",
          "+16:00",
          "-15:59:59",
          "+1560",
          "+24",
          "+123456",
          "+12345",
          "+1:2",
          "+01:2",
          "+1:02:03",
          "+01:60",
          "+014",
          "dst",
          "CET DST",
          "abc",
          "LMT",
          "MET",
          "WET",
          "EET",
          "SAST",
          "GMT+03:30",
          "+02 +03",
          "+02 CET");

  private static final List<String> WORDS =
      List.of(
          "epoch",
          "infinity",
          "-infinity",
          "+infinity",
          "allballs",
          "J2451187",
          "j2451187",
          "JD2451187",
          "julian 2451187",
          "J 2451187",
          "J2451187.5",
          "J0",
          "J99999999",
          "J-1",
          "2451187J",
          "now",
          "today",
          "tomorrow",
          "yesterday",
          "y2024m01d02",
          "2024.366",
          "2024-366",
          "2023.366",
          "2024.000",
          "2024.001",
          "2024 060",
          "99001",
          "2024001",
          "20240101",
          "240101",
          "990101",
          "000101",
          "20240101T123456",
          "20240101 123456",
          "20240101T1234",
          "20240101T12",
          "20240101T123456.789",
          "20240101T123456Z",
          "20240101T12:34:56+02",
          "123456",
          "1234",
          "12",
          "123456.789",
          "1234.5",
          "12.5",
          "T12",
          "T1234",
          "T123456",
          "t12:34",
          "12:34 T",
          "12345",
          "1234567",
          "0101",
          "2024",
          "2024-01",
          "01-2024",
          "Jan 2024",
          "5 Jan",
          "Jan 5",
          "",
          " ",
          "294276-12-31 23:59:59.999999",
          "294277-01-01",
          "294247-01-10 04:00:54.775807",
          "294247-01-10 04:00:54.775808",
          "5874897-12-31",
          "5874898-01-01",
          "4714-11-24 BC",
          "4714-11-23 BC",
          "4713-01-01 BC",
          "0001-01-01",
          "0000-01-01",
          "0001-12-31 BC",
          "1-1-1",
          "0001-01-01 00:00:00+01",
          "1582-10-04",
          "1582-10-10",
          "1582-10-15",
          "1900-02-29",
          "2000-02-29",
          "2100-02-29",
          "2024-02-30",
          "2024-13-01",
          "2024-00-10",
          "2024-01-00",
          "2024-06-31",
          "9999-12-31 24:00",
          "24:00",
          "24:00:00",
          "24:00:01",
          "24:01",
          "23:59:60",
          "23:59:60.5",
          "23:59:61",
          "23:60",
          "25:00",
          "00:00:60",
          "23:59:59.9999995",
          "23:59:59.999999499",
          "23:59:59.9999999",
          "0:0:0",
          "1:2:3",
          "001:02:03",
          "12:34:56.",
          "12:34:56.7.8",
          "12:34:",
          ":34",
          "12:",
          "12:34:56:78",
          "04:05 AM",
          "04:05 PM",
          "12:00 AM",
          "12:00 PM",
          "12:30 am",
          "13:00 PM",
          "13:00 AM",
          "00:30 PM",
          "0 AM",
          "4 PM",
          "4:05pm",
          "040506 PM",
          "04:05:06.789 PM",
          "12:59:60 PM",
          "PM 4:05",
          "4:05 PM AM",
          "2024-01-01 4 PM",
          "12:34:56,789",
          "2024-01-01,12:34",
          "2024-01-01t12:34:56z",
          "2024-01-01 T 12:34",
          "2024-01-01T12:34:56 z",
          "2024-01-01 at 12:34",
          "on 2024-01-01",
          "Thu 2024-01-04",
          "Monday 2024-01-04",
          "Thu Jan 04 12:34:56 2024",
          "Thu Jan 04 12:34:56 2024 EST",
          "Thu Jan 04 12:34:56 EST 2024",
          "Jan 04 2024 12:34:56.789 PST",
          "04/Jan/2024:12:34:56",
          "04/Jan/2024",
          "2024-Jan-04",
          "2024-01-04 BC",
          "Jan-04-2024 BC",
          "44 BC",
          "0044-03-15 BC",
          "0000-03-15 BC",
          "2024 BC-01-04",
          "AD 2024-01-04",
          "2024-01-04 AD",
          "2024-01-04AD",
          "2024-01-04BC",
          "1/2/3",
          "13/1/2024",
          "1/13/2024",
          "1/2/24",
          "1/2/70",
          "1/2/69",
          "1.2.2024",
          "99-12-31",
          "31-12-99",
          "1999.12.31",
          "12.31.1999",
          "1-1-99",
          "01-02-0099",
          "1/2/099",
          "2024-01-04 12:34:56 Europe/Berlin",
          "2024-03-31 02:30 Europe/Berlin",
          "2024-10-27 02:30 Europe/Berlin",
          "2018-11-04 00:00 America/Sao_Paulo",
          "1890-01-01 Europe/Berlin",
          "0001-01-01 Asia/Kolkata",
          "2050-07-01 America/New_York",
          "12:34 Europe/Berlin",
          "12:34 EST",
          "2024-07-01 12:34 EST5EDT",
          "12:34 America/New_York",
          "2011-12-30 12:00 Pacific/Apia",
          "2024-01-01 12:34 GMT+3",
          "12:34-05:00",
          "12:34 -5",
          "2024-01-01 12:34 PM +02",
          "2024-01-01 +02 12:34",
          "2024-01-01+02",
          "2024-01-01 EST",
          "2024-01-01 12:34 +02 BC",
          "allballs 2024-01-01",
          "2024-01-01 allballs",
          "epoch 12:00",
          "2024-01-01 epoch",
          "infinity 2024",
          "2024-01-01 infinity",
          "today 12:00",
          "1 2 3 4");

  private final TypeKind kind;

  DateTimeGrammar(TypeKind kind, long seed) {
    super(seed);
    this.kind = kind;
  }

  @Override
  String good() {
    if (oneIn(5)) {
      return one(WORDS);
    }
    return switch (kind) {
      case DATE -> oneIn(4) ? both() : date() + era();
      case TIME -> oneIn(4) ? both() : time() + zone();
      default -> oneIn(4) ? date() + era() : both();
    };
  }

  private String both() {
    String text = date() + one(" ", " ", "T", "  ", "t", " T ", ", ") + time();
    if (oneIn(12)) {
      text = time() + " " + date();
    }
    return text + (oneIn(2) ? zone() : "") + era();
  }

  private String era() {
    return oneIn(15) ? one(" BC", " AD", "BC", " bc") : "";
  }

  private String date() {
    String year = number(0, oneIn(4) ? 9999 : 40, 1);
    year = oneIn(3) ? year : oneIn(8) ? number(1, 300_000, 5) : number(1, 2100, 4);
    String month = number(oneIn(9) ? 0 : 1, oneIn(9) ? 15 : 12, oneIn(4) ? 1 : 2);
    String day = number(oneIn(9) ? 0 : 1, oneIn(3) ? 32 : 28, oneIn(4) ? 1 : 2);
    String delimiter = one("-", "-", "/", ".");
    return switch (random.nextInt(14)) {
      case 0 -> month + delimiter + day + delimiter + year;
      case 1 -> day + delimiter + one(MONTHS) + delimiter + year;
      case 2 -> one(MONTHS) + delimiter + day + delimiter + year;
      case 3 -> year + delimiter + one(MONTHS) + delimiter + day;
      case 4 -> one(MONTHS) + " " + day + one(", ", " ", "") + year;
      case 5 -> day + " " + one(MONTHS) + " " + year;
      case 6 -> number(0, 9999, 4) + number(1, 12, 2) + number(1, 31, 2);
      case 7 -> number(0, 99, 2) + number(1, 12, 2) + number(1, 31, 2);
      case 8 -> number(1, 2100, 4) + one(".", "-", "") + number(0, 367, 3);
      case 9 -> one("J", "j", "JD", "julian ") + number(1_721_426, 2_600_000, 1);
      case 10 ->
          one("Mon", "tuesday", "Weds", "thur") + one(" ", ", ") + month + "/" + day + "/" + year;
      default -> year + delimiter + month + delimiter + day;
    };
  }

  private String time() {
    String hour = number(0, oneIn(9) ? 25 : 23, oneIn(6) ? 1 : 2);
    String minute = number(0, oneIn(9) ? 61 : 59, oneIn(9) ? 1 : 2);
    String second = number(0, oneIn(9) ? 61 : 59, oneIn(9) ? 1 : 2);
    String fraction = oneIn(2) ? "." + digits(random.nextInt(10), 10) : "";
    String half = oneIn(8) ? one(" ", "") + one("AM", "PM", "am", "pm", "p.m.") : "";
    return half.isEmpty() || oneIn(3)
        ? plainTime(hour, minute, second, fraction) + half
        : number(0, 13, 1) + ":" + minute + ":" + second + fraction + half;
  }

  private String plainTime(String hour, String minute, String second, String fraction) {
    return switch (random.nextInt(8)) {
      case 0 -> hour + ":" + minute;
      case 1 -> number(0, 23, 2) + number(0, 59, 2) + number(0, 59, 2) + fraction;
      case 2 -> number(0, 23, 2) + number(0, 59, 2);
      case 3 -> minute + ":" + second + fraction;
      default -> hour + ":" + minute + ":" + second + fraction;
    };
  }

  private String zone() {
    return oneIn(3) ? one("", " ") + one(ZONES) : "";
  }
}
