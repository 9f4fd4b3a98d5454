package io.kadb.driver.value;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and times of the shapes that nearly all of them have, out of bytes of ASCII. What has
 * another shape is left to the conversions from text, which give the same for these.
 */
public final class AsciiValues {
  /** So many digits always fit into a long. */
  private static final int LONG_DIGITS = 18;

  /** Doubles up to here are all whole numbers exactly. */
  private static final long EXACT = 1L << 53;

  /** The powers of ten that a double holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18
  };

  /** The length of {@code 2024-02-29 12:34:56}. */
  private static final int TO_THE_SECOND = 19;

  private static final int NANO_DIGITS = 9;
  private static final int NONE = -1;

  private AsciiValues() {}

  /**
   * Returns a number of at most 18 digits with or without a point, else NaN. Two exact doubles make
   * a quotient that is rounded once, as it should be.
   */
  public static double easyDouble(byte[] bytes, int from, int to) {
    int scale = scale(bytes, from, to);
    if (scale == NONE) {
      return Double.NaN;
    }
    long digits = digits(bytes, from, to);
    if (digits > EXACT) {
      return Double.NaN;
    }
    double number = digits / POWERS[scale];
    return bytes[from] == '-' ? -number : number;
  }

  /** Returns a number of at most 18 digits with or without a point, else null. */
  public static @Nullable BigDecimal easyDecimal(byte[] bytes, int from, int to) {
    int scale = scale(bytes, from, to);
    if (scale == NONE) {
      return null;
    }
    long digits = digits(bytes, from, to);
    return BigDecimal.valueOf(bytes[from] == '-' ? -digits : digits, scale);
  }

  /** Returns the number of digits after the point; -1 for what is no such number. */
  private static int scale(byte[] bytes, int from, int to) {
    int begin = from < to && bytes[from] == '-' ? from + 1 : from;
    int point = to;
    for (int i = begin; i < to; i++) {
      if (bytes[i] == '.' && point == to && i > begin && i < to - 1) {
        point = i;
      } else if (bytes[i] < '0' || bytes[i] > '9') {
        return NONE;
      }
    }
    boolean fits = begin < to && to - begin <= LONG_DIGITS;
    return !fits ? NONE : point == to ? 0 : to - point - 1;
  }

  private static long digits(byte[] bytes, int from, int to) {
    long digits = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] >= '0') {
        digits = digits * 10 + (bytes[i] - '0');
      }
    }
    return digits;
  }

  /** Returns {@code 2024-02-29 12:34:56}, with or without a fraction, else null. */
  public static @Nullable LocalDateTime easyTimestamp(byte[] bytes, int from, int to) {
    int length = to - from;
    boolean shape =
        length >= TO_THE_SECOND
            && bytes[from + 4] == '-'
            && bytes[from + 7] == '-'
            && bytes[from + 10] == ' '
            && bytes[from + 13] == ':'
            && bytes[from + 16] == ':';
    if (!shape) {
      return null;
    }
    int nanos = length == TO_THE_SECOND ? 0 : nanos(bytes, from + TO_THE_SECOND, to);
    int year = number(bytes, from, 4);
    int month = number(bytes, from + 5, 2);
    int day = number(bytes, from + 8, 2);
    int hour = number(bytes, from + 11, 2);
    int minute = number(bytes, from + 14, 2);
    int second = number(bytes, from + 17, 2);
    if ((nanos | year | month | day | hour | minute | second) < 0) {
      return null;
    }
    try {
      return LocalDateTime.of(year, month, day, hour, minute, second, nanos);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int nanos(byte[] bytes, int from, int to) {
    int digits = to - from - 1;
    if (bytes[from] != '.' || digits < 1 || digits > NANO_DIGITS) {
      return NONE;
    }
    int nanos = number(bytes, from + 1, digits);
    for (int i = digits; i < NANO_DIGITS && nanos > 0; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  /** Returns a number of so many digits; -1 if they are not all digits. */
  private static int number(byte[] bytes, int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return NONE;
      }
      number = number * 10 + (bytes[i] - '0');
    }
    return number;
  }
}
