package io.kadb.type;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a text said of a date and a time, part by part, and what that makes. */
final class DateTimeFields {
  static final long MICROS_PER_SECOND = 1_000_000L;
  static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  private static final long SECONDS_PER_DAY = 86_400;

  private static final long MICROS_PER_HOUR = 3_600 * MICROS_PER_SECOND;

  /** The last year of PostgreSQL's DATE. */
  private static final int MAX_YEAR = 5_874_897;

  /** 0001-01-01. */
  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();

  private static final int[] DAYS_OF_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private final ColumnType type;
  private final String source;

  /** The parts said so far. */
  final EnumSet<DateTimePart> seen = EnumSet.noneOf(DateTimePart.class);

  int year;
  int month;
  int day;
  int dayOfYear;
  int hour;
  int minute;
  int second;

  /** Up to and including 1,000,000 where a fraction was rounded up. */
  int micros;

  /** Whether the year was written with two digits at most. */
  boolean shortYear;

  /** Whether the date came as a Julian day, which needs no checks and has no era. */
  boolean julian;

  boolean beforeChrist;
  @Nullable Boolean afternoon;

  /** Seconds east of Greenwich, where the zone has an offset of its own. */
  int offsetSeconds;

  /** A zone whose offset depends on the date. */
  @Nullable NamedZone zone;

  /** Whether the text says {@code now} or {@code today}. */
  boolean relative;

  /** Whether the text says {@code infinity}. */
  boolean infinite;

  DateTimeFields(ColumnType type, String source) {
    this.type = type;
    this.source = source;
  }

  /** Takes note of parts, none of which may have been said before. */
  void see(Set<DateTimePart> parts) {
    for (DateTimePart part : parts) {
      if (!seen.add(part)) {
        throw malformed();
      }
    }
  }

  boolean hasDate() {
    return seen.containsAll(DateTimePart.DATE);
  }

  void setDate(LocalDate date) {
    year = date.getYear();
    month = date.getMonthValue();
    day = date.getDayOfMonth();
  }

  void setTime(int newHour, int newMinute, int newSecond) {
    hour = newHour;
    minute = newMinute;
    second = newSecond;
  }

  /** Returns the value of some digits, of which there is one at least. */
  int number(String digits) {
    LeadingNumber number = LeadingNumber.ofInt(digits, 0);
    if (number.tooLarge()) {
      throw outOfRange();
    }
    if (number.end() == 0 || !number.isAllOf(digits)) {
      throw malformed();
    }
    return (int) number.value();
  }

  /** Takes the digits after a point as fraction of the second, rounded half up; may be none. */
  void setFraction(String digits) {
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      if (!Ascii.isDigit(digits.charAt(i))) {
        throw malformed();
      }
    }
    for (int i = 0; i < ColumnType.MAX_FRACTION_DIGITS; i++) {
      value = value * 10 + (i < digits.length() ? digits.charAt(i) - '0' : 0);
    }
    boolean up =
        digits.length() > ColumnType.MAX_FRACTION_DIGITS
            && digits.charAt(ColumnType.MAX_FRACTION_DIGITS) >= '5';
    micros = up ? value + 1 : value;
  }

  /** Checks that the time is one of a day, up to and including 24:00. */
  void checkTime() {
    boolean ok = hour >= 0 && hour <= 24 && minute >= 0 && minute <= 59 && second <= 60;
    if (!ok || second < 0 || timeOfDay() > MICROS_PER_DAY) {
      throw outOfRange();
    }
  }

  /** Checks the parts of the date that were said, and completes the year. */
  void checkDate() {
    if (seen.contains(DateTimePart.YEAR) && !julian) {
      if (shortYear && !beforeChrist) {
        year += year < 70 ? 2000 : year < 100 ? 1900 : 0;
      } else if (year <= 0) {
        throw outOfRange();
      } else if (beforeChrist) {
        year = 1 - year;
      }
    }
    if (seen.contains(DateTimePart.DAY_OF_YEAR) && year <= MAX_YEAR) {
      setDate(LocalDate.of(year, 1, 1).plusDays(dayOfYear - 1L));
    }
    boolean monthOk = !seen.contains(DateTimePart.MONTH) || (month >= 1 && month <= 12);
    boolean dayOk = !seen.contains(DateTimePart.DAY) || (day >= 1 && day <= 31);
    if (!monthOk || !dayOk || (hasDate() && day > lastDay())) {
      throw outOfRange();
    }
  }

  private int lastDay() {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : DAYS_OF_MONTH[month - 1];
  }

  /** Takes {@code am} and {@code pm} into account. */
  void applyHalfOfDay() {
    if (afternoon == null) {
      return;
    }
    if (hour > 12) {
      throw outOfRange();
    }
    hour = hour % 12 + (afternoon ? 12 : 0);
  }

  /** Returns days since 1970-01-01; the first day is 0001-01-01. */
  long date() {
    if (infinite || year < 1) {
      throw outOfRange().withHint(Refusal.DECLARE_TEXT);
    }
    if (year > MAX_YEAR) {
      throw outOfRange();
    }
    return LocalDate.of(year, month, day).toEpochDay();
  }

  /** Returns microseconds since midnight; more than a day where digits ran together said so. */
  long timeOfDay() {
    return hour * MICROS_PER_HOUR + (minute * 60L + second) * MICROS_PER_SECOND + micros;
  }

  /** Returns microseconds since 1970-01-01 00:00, in UTC or regardless of the zone. */
  long timestamp(boolean utc) {
    long days = date();
    try {
      long shift = utc ? offset(days) * MICROS_PER_SECOND : 0;
      long result = Math.addExact(Math.multiplyExact(days, MICROS_PER_DAY), timeOfDay() - shift);
      if (result < FIRST_DAY * MICROS_PER_DAY) {
        throw outOfRange().withHint(Refusal.DECLARE_TEXT);
      }
      return result;
    } catch (ArithmeticException e) {
      throw outOfRange().withHint(Refusal.DECLARE_TEXT);
    }
  }

  private long offset(long days) {
    if (zone == null) {
      return offsetSeconds;
    }
    long seconds = days * SECONDS_PER_DAY + timeOfDay() / MICROS_PER_SECOND;
    return zone.offsetSeconds(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
  }

  KadbException noSuchZone() {
    return Refusal.of(ErrorCode.BAD_PARAMETER, source, type.sql() + " with a known time zone");
  }

  KadbException badOffset() {
    return Refusal.of(
        ErrorCode.BAD_ZONE_OFFSET, source, type.sql() + " with an offset below 16 hours");
  }

  KadbException malformed() {
    KadbException e = Refusal.badDatetime(type, source);
    return relative ? e.withHint("a message cannot say when it is read") : e;
  }

  KadbException outOfRange() {
    return Refusal.datetimeOutOfRange(type, source);
  }
}
