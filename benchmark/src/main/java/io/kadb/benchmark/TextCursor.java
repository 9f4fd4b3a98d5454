package io.kadb.benchmark;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Reads the values of an order where they stand in text, one behind the other, as tightly as it can
 * be written by hand: it trusts every byte, which kadb must not.
 */
final class TextCursor {
  private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  private static final long DAY_MICROS = 86_400_000_000L;

  private byte[] data = {};
  private int at;
  private int scale;

  void begin(byte[] text) {
    data = text;
    at = 0;
  }

  /** Whether something is left. */
  boolean more() {
    return at < data.length;
  }

  byte current() {
    return data[at];
  }

  void skip(int bytes) {
    at += bytes;
  }

  /** Digits, with a point or without; {@link #scale} then says how many stood behind the point. */
  private long digits() {
    boolean negative = data[at] == '-';
    if (negative) {
      at++;
    }
    long value = 0;
    int point = -1;
    while (at < data.length) {
      int digit = data[at] - '0';
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
      } else if (data[at] == '.') {
        point = at;
      } else {
        break;
      }
      at++;
    }
    scale = point < 0 ? 0 : at - point - 1;
    return negative ? -value : value;
  }

  long longValue() {
    return digits();
  }

  /** Exact below 2^53 and 22 digits after the point; the orders have few digits. */
  double doubleValue() {
    long unscaled = digits();
    return unscaled / POWERS[scale];
  }

  BigDecimal decimal() {
    long unscaled = digits();
    return BigDecimal.valueOf(unscaled, scale);
  }

  /** Reads {@code true} or {@code false}. */
  boolean booleanValue() {
    boolean value = data[at] == 't';
    at += value ? 4 : 5;
    return value;
  }

  /** The bytes up to a delimiter. */
  String text(byte delimiter) {
    int from = at;
    while (at < data.length && data[at] != delimiter) {
      at++;
    }
    return new String(data, from, at - from, StandardCharsets.UTF_8);
  }

  /** Microseconds since 1970, of {@code 2024-01-31 23:59:59.123456}. */
  long timestamp() {
    long year = digitsAt(0, 4);
    long month = digitsAt(5, 2);
    long day = digitsAt(8, 2);
    long seconds = digitsAt(11, 2) * 3600 + digitsAt(14, 2) * 60 + digitsAt(17, 2);
    long micros = digitsAt(20, 6);
    at += 26;
    return epochDay(year, month, day) * DAY_MICROS + seconds * 1_000_000 + micros;
  }

  private long digitsAt(int offset, int count) {
    long value = 0;
    for (int i = at + offset; i < at + offset + count; i++) {
      value = value * 10 + (data[i] - '0');
    }
    return value;
  }

  /** Days since 1970, counted in years that begin in March. */
  private static long epochDay(long year, long month, long day) {
    long y = month <= 2 ? year - 1 : year;
    long ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + ofYear - 719_468;
  }
}
