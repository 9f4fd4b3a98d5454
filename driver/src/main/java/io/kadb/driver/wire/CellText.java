package io.kadb.driver.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Scalars of JSON, from the bytes they were found in, which are known to be well-formed. */
final class CellText {
  static final byte NULL = 0;
  static final byte FALSE = 1;
  static final byte TRUE = 2;

  /** A number of at most {@link #LONG_DIGITS} digits without point and exponent, and not -0. */
  static final byte WHOLE = 3;

  /** Any other number. */
  static final byte NUMBER = 4;

  /** A text of ASCII without escapes. */
  static final byte ASCII = 5;

  /** A text without escapes. */
  static final byte UTF8 = 6;

  static final byte ESCAPED = 7;

  /** So many digits always make a long. */
  static final int LONG_DIGITS = 18;

  private CellText() {}

  /**
   * Returns a scalar as String, Boolean, Integer, Long or null. Numbers with a point or an exponent
   * stay the text that they are, which is how PostgreSQL prints them; so do -0 and what is no long.
   */
  static @Nullable Object value(byte[] json, byte form, int from, int to) {
    switch (form) {
      case NULL:
        return null;
      case FALSE:
        return Boolean.FALSE;
      case TRUE:
        return Boolean.TRUE;
      case WHOLE:
        return integer(whole(json, from, to));
      case NUMBER:
        return number(text(json, form, from, to));
      default:
        return text(json, form, from, to);
    }
  }

  private static Object integer(long number) {
    if (number == (int) number) {
      return (int) number;
    }
    return number;
  }

  private static Object number(String text) {
    boolean whole = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    if (!whole || text.equals("-0")) {
      return text;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /** Returns a number without point and exponent. */
  static long whole(byte[] json, int from, int to) {
    boolean negative = json[from] == '-';
    long number = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      number = number * 10 + (json[i] - '0');
    }
    return negative ? -number : number;
  }

  /** Returns a text, or what a number or a word looks like. */
  static String text(byte[] json, byte form, int from, int to) {
    switch (form) {
      case ESCAPED:
        return unescaped(json, from, to);
      case UTF8:
        return new String(json, from, to - from, StandardCharsets.UTF_8);
      default:
        return new String(json, from, to - from, StandardCharsets.ISO_8859_1);
    }
  }

  private static String unescaped(byte[] json, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int begin = from;
    for (int i = from; i < to; i++) {
      if (json[i] == '\\') {
        text.append(new String(json, begin, i - begin, StandardCharsets.UTF_8));
        i++;
        if (json[i] == 'u') {
          String hex = new String(json, i + 1, 4, StandardCharsets.ISO_8859_1);
          text.append((char) Integer.parseInt(hex, 16));
          i += 4;
        } else {
          text.append(escaped(json[i]));
        }
        begin = i + 1;
      }
    }
    return text.append(new String(json, begin, to - begin, StandardCharsets.UTF_8)).toString();
  }

  private static char escaped(byte letter) {
    switch (letter) {
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      default:
        return (char) letter;
    }
  }
}
