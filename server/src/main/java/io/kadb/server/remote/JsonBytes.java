package io.kadb.server.remote;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** JSON in UTF-8 as it grows: numbers and texts, without a detour by way of strings. */
final class JsonBytes {
  private static final int FIRST_SIZE = 8 * 1024;
  private static final int MOST_BYTES_OF_A_CHAR = 6;
  private static final int MOST_DIGITS = 20;
  private static final int MOST_BYTES_OF_A_TIME = 32;

  /** Smaller doubles are printed with an exponent. */
  private static final double FIRST_PLAIN = 1e-4;

  /** Every decimal of 15 digits is another double. */
  private static final double END_OF_EXACT = 1e15;

  /** So many digits always fit into a long. */
  private static final int LONG_DIGITS = 18;

  /** Numbers of so many digits are other doubles each, also when they are divided by a power. */
  private static final int DOUBLE_DIGITS = 15;

  /** The powers of ten that a double holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18
  };

  private static final int MOST_SHORT_SCALE = 6;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final boolean[] PLAIN = new boolean[0x80];
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  static {
    Arrays.fill(PLAIN, ' ', PLAIN.length, true);
    PLAIN['"'] = false;
    PLAIN['\\'] = false;
  }

  private byte[] bytes;
  private int length;

  /**
   * Creates an empty text.
   *
   * @param expected how many bytes it will have, as far as is known
   */
  JsonBytes(int expected) {
    bytes = new byte[Math.max(FIRST_SIZE, expected + expected / 16)];
  }

  int length() {
    return length;
  }

  /** Takes away what was written since the text had a length. */
  void cut(int lengthBefore) {
    length = lengthBefore;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Adds what was appended to a message; nothing more may be appended. */
  void addTo(BodyStream message) {
    message.add(bytes, length);
  }

  /**
   * Appends a date and time as PostgreSQL prints it.
   *
   * @param time of a year from 1 to 9999
   * @param zone what follows it
   */
  void timestamp(LocalDateTime time, String zone) {
    ensure(MOST_BYTES_OF_A_TIME);
    twoDigits(time.getYear() / 100);
    twoDigits(time.getYear() % 100);
    bytes[length++] = '-';
    twoDigits(time.getMonthValue());
    bytes[length++] = '-';
    twoDigits(time.getDayOfMonth());
    bytes[length++] = ' ';
    twoDigits(time.getHour());
    bytes[length++] = ':';
    twoDigits(time.getMinute());
    bytes[length++] = ':';
    twoDigits(time.getSecond());
    int rest = time.getNano() / NANOS_PER_MICRO;
    if (rest > 0) {
      bytes[length++] = '.';
    }
    for (int unit = 100_000; rest > 0; unit /= 10) {
      bytes[length++] = (byte) ('0' + rest / unit);
      rest %= unit;
    }
    raw(zone);
  }

  private void twoDigits(int number) {
    bytes[length++] = (byte) ('0' + number / 10);
    bytes[length++] = (byte) ('0' + number % 10);
  }

  /** Appends a character of ASCII as it is. */
  void raw(char c) {
    ensure(1);
    bytes[length++] = (byte) c;
  }

  /** Appends a text of ASCII as it is. */
  void raw(String ascii) {
    int count = ascii.length();
    ensure(count);
    for (int i = 0; i < count; i++) {
      bytes[length + i] = (byte) ascii.charAt(i);
    }
    length += count;
  }

  /** Appends a number. */
  void number(long value) {
    if (value == Long.MIN_VALUE) {
      raw(Long.toString(value));
      return;
    }
    ensure(MOST_DIGITS);
    digits(value, 0);
  }

  /** Appends a number as plain digits; returns whether it has few enough of them. */
  boolean shortDecimal(BigDecimal value) {
    int scale = value.scale();
    int digits = value.precision();
    if (digits > LONG_DIGITS || scale < 0 || scale > LONG_DIGITS) {
      return false;
    }
    // A double tells so few digits apart; the other way makes objects.
    long unscaled =
        digits <= DOUBLE_DIGITS
            ? Math.round(value.doubleValue() * POWERS[scale])
            : value.movePointRight(scale).longValue();
    decimal(unscaled, scale);
    return true;
  }

  /**
   * Appends a number with a point.
   *
   * @param unscaled its digits
   * @param scale how many of them come after the point, up to 18
   */
  void decimal(long unscaled, int scale) {
    ensure(2 * MOST_DIGITS);
    digits(unscaled, scale);
  }

  /**
   * Appends a double with few digits after the point, as PostgreSQL prints it; returns whether it
   * is such a one. A decimal of at most 15 digits that gives the double is the only one of its
   * length, so the first that is found is the shortest.
   */
  boolean shortDecimal(double value) {
    double magnitude = Math.abs(value);
    if (!(magnitude >= FIRST_PLAIN && magnitude < END_OF_EXACT)) {
      return false;
    }
    double power = 1;
    for (int scale = 0; scale <= MOST_SHORT_SCALE; scale++) {
      double digits = Math.rint(magnitude * power);
      if (digits >= END_OF_EXACT) {
        return false;
      }
      if (digits / power == magnitude) {
        decimal((long) (value < 0 ? -digits : digits), scale);
        return true;
      }
      power *= 10;
    }
    return false;
  }

  /** There must be room. */
  private void digits(long value, int scale) {
    byte[] into = bytes;
    int at = length;
    long rest = value;
    if (rest < 0) {
      into[at++] = '-';
      rest = -rest;
    }
    int count = 1;
    for (long power = 10; count < MOST_DIGITS - 1 && rest >= power; power *= 10) {
      count++;
    }
    // Zero before the point, and zeros after it, where there are too few digits.
    count = Math.max(count, scale + 1);
    int end = at + count + (scale > 0 ? 1 : 0);
    int last = end - 1;
    for (int i = 0; i < count; i++) {
      if (i == scale && scale > 0) {
        into[last--] = '.';
      }
      long tenth = rest / 10;
      into[last--] = (byte) ('0' + rest - tenth * 10);
      rest = tenth;
    }
    length = end;
  }

  /** Appends a text in quotes, or null. */
  void textOrNull(@Nullable String text) {
    if (text == null) {
      raw("null");
      return;
    }
    int count = text.length();
    ensure(count + 2);
    byte[] into = bytes;
    int at = length;
    into[at++] = '"';
    int plain = 0;
    while (plain < count) {
      char c = text.charAt(plain);
      if (!isPlain(c)) {
        break;
      }
      into[at++] = (byte) c;
      plain++;
    }
    length = at;
    if (plain < count) {
      any(text, plain);
    }
    raw('"');
  }

  private static boolean isPlain(char c) {
    return c < 0x80 && PLAIN[c];
  }

  private void any(String text, int from) {
    int count = text.length();
    for (int i = from; i < count; i++) {
      ensure(MOST_BYTES_OF_A_CHAR);
      char c = text.charAt(i);
      if (isPlain(c)) {
        bytes[length++] = (byte) c;
      } else if (c < 0x80) {
        ascii(c);
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xC0 | c >> 6);
        bytes[length++] = (byte) (0x80 | c & 0x3F);
      } else if (!Character.isSurrogate(c)) {
        bytes[length++] = (byte) (0xE0 | c >> 12);
        bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
        bytes[length++] = (byte) (0x80 | c & 0x3F);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < count
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        pair(Character.toCodePoint(c, text.charAt(i)));
      } else {
        escape(c);
      }
    }
  }

  private void ascii(char c) {
    if (c == '"' || c == '\\') {
      bytes[length++] = '\\';
      bytes[length++] = (byte) c;
    } else {
      escape(c);
    }
  }

  private void pair(int codePoint) {
    bytes[length++] = (byte) (0xF0 | codePoint >> 18);
    bytes[length++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
    bytes[length++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
    bytes[length++] = (byte) (0x80 | codePoint & 0x3F);
  }

  private void escape(char c) {
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = (byte) HEX[c >> shift & 0xF];
    }
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
    }
  }
}
