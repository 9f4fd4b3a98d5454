package io.kadb.type;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What a text said of a date and a time, field by field, and what that makes. Fields not given are
 * null.
 */
final class DateTimeFields {
  static final long MICROS_PER_SECOND = 1_000_000L;
  static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  /** The last year of PostgreSQL's DATE. */
  private static final int MAX_YEAR = 5_874_897;

  private static final int MAX_ZONE_HOURS = 15;

  private final ColumnType type;
  private final String source;

  @Nullable Integer year;
  @Nullable Integer month;
  @Nullable Integer day;
  @Nullable Integer dayOfYear;

  /** Whether the year was written with two digits. */
  boolean shortYear;

  boolean beforeChrist;

  /** Microseconds since midnight, up to and including 24:00. */
  @Nullable Long timeOfDay;

  @Nullable Boolean afternoon;
  @Nullable ZoneId zone;

  DateTimeFields(ColumnType type, String source) {
    this.type = type;
    this.source = source;
  }

  boolean hasDate() {
    return year != null && ((month != null && day != null) || dayOfYear != null);
  }

  boolean hasAnyDate() {
    return year != null || month != null || day != null;
  }

  void setDate(LocalDate date) {
    year = date.getYear();
    month = date.getMonthValue();
    day = date.getDayOfMonth();
  }

  /** Takes a time; microseconds may be 1,000,000 where a fraction was rounded up. */
  void setTime(int hour, int minute, int second, int micros) {
    if (hour > 24 || minute > 59 || second > 60) {
      throw outOfRange();
    }
    long time = ((hour * 60L + minute) * 60 + second) * MICROS_PER_SECOND + micros;
    if (time > MICROS_PER_DAY) {
      throw outOfRange();
    }
    timeOfDay = time;
  }

  /** Takes an offset such as {@code +02}, {@code -0330} or {@code +05:45:10}. */
  void setOffset(String text) {
    String[] parts = text.substring(1).split(":", -1);
    boolean together = parts.length == 1 && text.length() > 3;
    int first = number(parts[0]);
    int hours = together ? first / 100 : first;
    int minutes = together ? first % 100 : parts.length > 1 ? number(parts[1]) : 0;
    int seconds = parts.length > 2 ? number(parts[2]) : 0;
    if (parts.length > 3) {
      throw malformed();
    }
    if (hours > MAX_ZONE_HOURS || minutes > 59 || seconds > 59) {
      throw outOfRange();
    }
    int total = (hours * 60 + minutes) * 60 + seconds;
    zone = ZoneOffset.ofTotalSeconds(text.charAt(0) == '-' ? -total : total);
  }

  /** Returns the value of some digits. */
  int number(String digits) {
    if (digits.isEmpty() || !digits.chars().allMatch(c -> Ascii.isDigit((char) c))) {
      throw malformed();
    }
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException tooLong) {
      throw outOfRange();
    }
  }

  /** Returns the microseconds of the digits after a point, rounded half up. */
  int micros(String digits) {
    int micros = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = number(digits.substring(i, i + 1));
      if (i < ColumnType.MAX_FRACTION_DIGITS) {
        micros = micros * 10 + digit;
      } else if (i == ColumnType.MAX_FRACTION_DIGITS && digit >= 5) {
        micros++;
        break;
      }
    }
    for (int i = digits.length(); i < ColumnType.MAX_FRACTION_DIGITS; i++) {
      micros *= 10;
    }
    return micros;
  }

  /** Returns the date, checked. */
  LocalDate date() {
    if (!hasDate()) {
      throw malformed();
    }
    if (beforeChrist) {
      throw outOfRange().withHint(Refusal.DECLARE_TEXT);
    }
    int fullYear = fullYear();
    if (fullYear < 1 || fullYear > MAX_YEAR) {
      throw outOfRange();
    }
    if (dayOfYear != null) {
      return LocalDate.of(fullYear, 1, 1).plusDays(dayOfYear - 1L);
    }
    if (month < 1 || month > 12 || day < 1) {
      throw outOfRange();
    }
    if (day > YearMonth.of(fullYear, month).lengthOfMonth()) {
      throw outOfRange();
    }
    return LocalDate.of(fullYear, month, day);
  }

  private int fullYear() {
    if (!shortYear) {
      return year;
    }
    return year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
  }

  /** Returns microseconds since midnight, up to and including 24:00; midnight if none was given. */
  long time() {
    long time = timeOfDay == null ? 0 : timeOfDay;
    if (afternoon == null) {
      return time;
    }
    long hour = time / (3600 * MICROS_PER_SECOND);
    if (hour > 12) {
      throw outOfRange();
    }
    long shift = afternoon ? (hour == 12 ? 0 : 12) : (hour == 12 ? -12 : 0);
    return time + shift * 3600 * MICROS_PER_SECOND;
  }

  /** Returns microseconds since 1970-01-01 00:00, in UTC or regardless of the zone. */
  long timestamp(boolean utc) {
    LocalDate date = date();
    long time = time();
    try {
      long local = Math.addExact(Math.multiplyExact(date.toEpochDay(), MICROS_PER_DAY), time);
      if (!utc || zone == null) {
        return local;
      }
      LocalDateTime wall = date.atStartOfDay().plusNanos(time * 1000);
      return Math.subtractExact(local, ZoneOffsets.seconds(zone, wall) * MICROS_PER_SECOND);
    } catch (ArithmeticException e) {
      throw outOfRange().withHint(Refusal.DECLARE_TEXT);
    }
  }

  KadbException noSuchZone() {
    return Refusal.of(ErrorCode.BAD_PARAMETER, source, type.sql() + " with a known time zone");
  }

  KadbException malformed() {
    return Refusal.badDatetime(type, source);
  }

  KadbException outOfRange() {
    return Refusal.datetimeOutOfRange(type, source);
  }
}
