package io.kadb.type;

/**
 * Dates and times in the plain form {@code 2024-02-29 12:34:56.789}, read straight from bytes. What
 * is not of this form, or out of range, is left to {@link DateTimeReader}.
 */
final class PlainDateTime {
  /**
   * Says that a text is not plain; a sentinel, which no value equals, because this is the path
   * where allocating an Optional for each field would count.
   */
  static final long NOT_PLAIN = Long.MIN_VALUE;

  static final int DATE_LENGTH = 10;
  static final int TIME_LENGTH = 8;

  private static final int[] FRACTION_MICROS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};
  private static final int[] DAYS_BEFORE_MONTH = {
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
  };

  /** Days from 0001-01-01 to 1970-01-01. */
  private static final int DAYS_TO_EPOCH = 719_162;

  private PlainDateTime() {}

  /** Returns the days since 1970-01-01 of the {@value #DATE_LENGTH} bytes from a place on. */
  static long date(byte[] utf8, int at) {
    int year = twoDigits(utf8, at) * 100 + twoDigits(utf8, at + 2);
    int month = twoDigits(utf8, at + 5);
    int day = twoDigits(utf8, at + 8);
    // A place without digits gives a number below -1000, which no other place makes up for.
    boolean ok = year > 0 && month > 0 && month <= 12 && day > 0 && day <= 31;
    if (!ok || utf8[at + 4] != '-' || utf8[at + 7] != '-') {
      return NOT_PLAIN;
    }
    boolean leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    if (day > 28 && day > lastDay(month, leap)) {
      return NOT_PLAIN;
    }
    int before = year - 1;
    int days = before * 365 + before / 4 - before / 100 + before / 400 - DAYS_TO_EPOCH;
    return days + DAYS_BEFORE_MONTH[month - 1] + (leap && month > 2 ? 1 : 0) + day - 1;
  }

  private static int lastDay(int month, boolean leap) {
    return switch (month) {
      case 2 -> leap ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Returns microseconds since midnight of {@code hh:mm:ss}, perhaps with 1 to 6 more digits. */
  static long time(byte[] utf8, int from, int to) {
    if (to - from < TIME_LENGTH) {
      return NOT_PLAIN;
    }
    int hour = twoDigits(utf8, from);
    int minute = twoDigits(utf8, from + 3);
    int second = twoDigits(utf8, from + 6);
    boolean ok = (hour | minute | second) >= 0 && hour < 24 && minute < 60 && second < 60;
    if (!ok || utf8[from + 2] != ':' || utf8[from + 5] != ':') {
      return NOT_PLAIN;
    }
    long seconds = (hour * 60L + minute) * 60 + second;
    long micros = fraction(utf8, from + TIME_LENGTH, to);
    return micros == NOT_PLAIN ? NOT_PLAIN : seconds * DateTimeFields.MICROS_PER_SECOND + micros;
  }

  private static long fraction(byte[] utf8, int from, int to) {
    if (from == to) {
      return 0;
    }
    int digits = to - from - 1;
    if (utf8[from] != '.' || digits < 1 || digits > ColumnType.MAX_FRACTION_DIGITS) {
      return NOT_PLAIN;
    }
    int value = 0;
    for (int i = from + 1; i < to; i++) {
      int digit = utf8[i] - '0';
      if (digit < 0 || digit > 9) {
        return NOT_PLAIN;
      }
      value = value * 10 + digit;
    }
    return (long) value * FRACTION_MICROS[digits];
  }

  private static int twoDigits(byte[] utf8, int at) {
    int tens = utf8[at] - '0';
    int ones = utf8[at + 1] - '0';
    boolean ok = tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
    return ok ? tens * 10 + ones : -100_000;
  }
}
