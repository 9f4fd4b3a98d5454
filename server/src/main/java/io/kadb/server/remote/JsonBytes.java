package io.kadb.server.remote;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** JSON in UTF-8 as it grows: numbers and texts, without a detour by way of strings. */
final class JsonBytes {
  private static final int FIRST_SIZE = 8 * 1024;
  private static final int MOST_BYTES_OF_A_CHAR = 6;
  private static final int MOST_DIGITS = 20;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private byte[] bytes;
  private int length;

  /**
   * Creates an empty text.
   *
   * @param expected how many bytes it will have, as far as is known
   */
  JsonBytes(int expected) {
    bytes = new byte[Math.max(FIRST_SIZE, expected + expected / 8)];
  }

  int length() {
    return length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
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
    long rest = value;
    if (rest < 0) {
      bytes[length++] = '-';
      rest = -rest;
    }
    int from = length;
    do {
      bytes[length++] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    for (int i = from, j = length - 1; i < j; i++, j--) {
      byte digit = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = digit;
    }
  }

  /** Appends a text in quotes, or null. */
  void textOrNull(@Nullable String text) {
    if (text == null) {
      raw("null");
      return;
    }
    int count = text.length();
    ensure(count + 2);
    bytes[length++] = '"';
    int plain = 0;
    while (plain < count && isPlain(text.charAt(plain))) {
      bytes[length++] = (byte) text.charAt(plain);
      plain++;
    }
    if (plain < count) {
      any(text, plain);
    }
    raw('"');
  }

  private static boolean isPlain(char c) {
    return c < 0x80 && c >= ' ' && c != '"' && c != '\\';
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
