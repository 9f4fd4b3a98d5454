package io.kadb.type;

import java.util.List;

/** Inputs of INTERVAL: verbose, of the SQL standard, and the two forms of ISO 8601. */
final class IntervalGrammar extends InputGrammar {
  private static final List<String> UNITS =
      List.of(
          "us",
          "usec",
          "usecs",
          "useconds",
          "microsecond",
          "microseconds",
          "microsecon",
          "ms",
          "msec",
          "msecs",
          "msecond",
          "milliseconds",
          "s",
          "sec",
          "secs",
          "second",
          "seconds",
          "m",
          "min",
          "mins",
          "minute",
          "minutes",
          "h",
          "hr",
          "hrs",
          "hour",
          "hours",
          "d",
          "day",
          "days",
          "w",
          "week",
          "weeks",
          "mon",
          "mons",
          "month",
          "months",
          "y",
          "yr",
          "yrs",
          "year",
          "years",
          "dec",
          "decs",
          "decade",
          "decades",
          "c",
          "cent",
          "century",
          "centuries",
          "mil",
          "mils",
          "millennia",
          "millennium",
          "qtr",
          "quarter",
          "fortnight",
          "Years",
          "DAYS",
          "hOuRs",
          "timezone",
          "timezone_h",
          "julian",
          "epoch",
          "bc");

  private static final List<String> WHOLE =
      List.of(
          "",
          "@",
          "ago",
          "infinity",
          "-infinity",
          "inf",
          "P",
          "PT",
          "P1Y2M3DT4H5M6S",
          "P1.5Y",
          "P1W",
          "P0001-02-03T04:05:06",
          "P00010203T040506",
          "P1Y2M3W4DT5H6M7.8S",
          "PT0S",
          "P-1Y-2M3DT-4H-5M-6S",
          "p1y",
          "P1",
          "P1YT",
          "PT1",
          "P1Y1Y",
          "PT36H",
          "P1DT",
          "P0001-02",
          "P0001",
          "P2024-01-01T",
          "PT12:34",
          "PT1234",
          "PT04:05:06.789",
          "P1-2-3",
          "P1-2-3T4:5:6",
          "P10-10",
          "PT.5S",
          "PT1.S",
          "PT-.5S",
          "P1.5M",
          "P1.5W",
          "P1.25D",
          "PT1.5H",
          "PT1.5M",
          "P+1Y",
          "P--1Y",
          "P1Y -1M",
          "1 day ago ago",
          "ago 1 day",
          "1-2",
          "1-12",
          "-1-2",
          "1-2 3",
          "1-2 3 4:05:06",
          "-1-2 +3 -4:05:06",
          "1 2",
          "3 4:05",
          "4:05:06.789",
          "4:05.789",
          "-4:05",
          "4:60:00",
          "4:59:60",
          "4:59:61",
          "100:00:00",
          "1 day 12",
          "12 1 day",
          "2147483647 days",
          "2147483648 days",
          "-2147483648 days",
          "178956970 years",
          "178956971 years",
          "178956970 years 7 mons",
          "178956970 years 8 mons",
          "9223372036854775807 us",
          "9223372036854775808 us",
          "2562047788:00:54.775807",
          "2562047788:00:54.775808",
          "-2562047788:00:54.775808",
          "-2562047789:00:00",
          "1e2 days",
          "1.5e1 s",
          ".5 s",
          "5. s",
          "1.5 mon",
          "0.1 mon",
          "1.999999999 us",
          "0.5 us",
          "1.5 us",
          "2.5 us",
          "0.0000005 s",
          "0.00000049 s",
          "0.9999995 s",
          "-0.9999995 s",
          "1.23 year",
          "1.04 year",
          "0.99 week",
          "1 y 1 y",
          "1 day 1 day",
          "1 h 4:00",
          "4:00 1 h",
          "1 day 4:00",
          "4:00 1 day",
          "1 s 1 ms",
          "1 ms 1 us",
          "1.5 s 1 ms",
          "1 week 1 day",
          "1 dec 1 year",
          "1 and 2 days",
          "1 day, 2 hours",
          "1 day and 2 hours",
          "at 1 day",
          "1 on day",
          "1day2hours",
          "1y2mon3d",
          "1d2h3m4s",
          "T1",
          "1 t",
          "1 day t 4:00",
          "J1",
          "now",
          "today",
          "+ 1 day",
          "- 1 day",
          "1 - day",
          "1:2:3:4",
          "1:2:3.4.5",
          "0:0:0.1234567",
          "0:0:.5",
          ":30",
          "1:",
          "1::2",
          "1/2 day",
          "1.2.3 day",
          "2024-01-01",
          "1-1-1",
          "1-1 day",
          "1 day 1-1",
          "1-1 year",
          "20240101",
          "1 day +02:00");

  IntervalGrammar(long seed) {
    super(seed);
  }

  @Override
  String good() {
    return switch (random.nextInt(7)) {
      case 0 -> one(WHOLE);
      case 1 -> iso();
      case 2 -> isoAlternative();
      case 3 -> sqlStandard();
      default -> verbose();
    };
  }

  private String verbose() {
    StringBuilder text = new StringBuilder(oneIn(10) ? "@ " : "");
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      text.append(amount()).append(oneIn(5) ? "" : " ").append(one(UNITS));
      text.append(oneIn(6) ? "" : " ");
    }
    text.append(oneIn(3) ? one("", "-", "+") + clock() : "");
    return text + (oneIn(4) ? " ago" : "");
  }

  private String amount() {
    String whole = digits(1 + random.nextInt(oneIn(12) ? 12 : 3), 10);
    return one("", "", "-", "+") + whole + (oneIn(3) ? "." + digits(random.nextInt(9), 10) : "");
  }

  private String clock() {
    String seconds = number(0, 61, 2) + (oneIn(2) ? "." + digits(1 + random.nextInt(8), 10) : "");
    return switch (random.nextInt(3)) {
      case 0 -> number(0, 30, 2) + ":" + number(0, 60, 2);
      case 1 -> number(0, 70, 1) + ":" + seconds;
      default -> number(0, 120, 1) + ":" + number(0, 60, 2) + ":" + seconds;
    };
  }

  private String sqlStandard() {
    String sign = one("", "-", "+");
    String months = oneIn(2) ? sign + number(0, 200, 1) + "-" + number(0, 12, 1) + " " : "";
    String days = oneIn(2) ? one("", "-", "+") + number(0, 400, 1) + " " : "";
    return months + days + one("", "-", "+") + clock();
  }

  private String iso() {
    StringBuilder text = new StringBuilder("P");
    for (String unit : List.of("Y", "M", "W", "D")) {
      text.append(oneIn(2) ? amount() + unit : "");
    }
    if (oneIn(2)) {
      text.append('T');
      for (String unit : List.of("H", "M", "S")) {
        text.append(oneIn(2) ? amount() + unit : "");
      }
    }
    return text.toString();
  }

  private String isoAlternative() {
    boolean together = oneIn(3);
    String hyphen = together ? "" : "-";
    String colon = together ? "" : ":";
    String date = number(0, 9999, 4) + hyphen + number(0, 20, 2) + hyphen + number(0, 40, 2);
    String time = number(0, 30, 2) + colon + number(0, 70, 2) + colon + number(0, 70, 2);
    String fraction = oneIn(3) ? "." + digits(1 + random.nextInt(7), 10) : "";
    return "P" + (oneIn(8) ? "" : date) + (oneIn(4) ? "" : "T" + time + fraction);
  }
}
