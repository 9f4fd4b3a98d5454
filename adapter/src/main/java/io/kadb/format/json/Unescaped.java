package io.kadb.format.json;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ByteText;

/**
 * The characters that strings with escapes stand for, as UTF-8 (as far as the other bytes of a
 * string are). What was read stays as it is until all is forgotten. Used by one thread.
 */
final class Unescaped {
  private static final int FIRST_BYTES = 128;

  /** No more is kept for the next string. */
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private ByteText text = new ByteText(FIRST_BYTES);
  private int from;

  /** What is no character, if the last string has one. */
  private char bad;

  /** Forgets all strings. */
  void clear() {
    text.clear();
    forgetLarge();
  }

  /** Takes another array, because strings before may still be looked at. */
  private void forgetLarge() {
    if (text.bytes().length > MAX_KEPT_BYTES) {
      text = new ByteText(FIRST_BYTES);
    }
  }

  /**
   * Reads the bytes {@code [start, end)} between the quotes of a string, whose escapes are known to
   * be well-formed.
   *
   * @return whether the string is a text
   */
  boolean read(byte[] source, int start, int end) {
    forgetLarge();
    text.reserve(end - start);
    from = text.length();
    int plain = start;
    int i = start;
    while (i < end) {
      if (source[i] != '\\') {
        i++;
        continue;
      }
      text.add(source, plain, i);
      if (source[i + 1] == 'u') {
        i = codePoint(source, i, end);
        if (i < 0) {
          return false;
        }
      } else {
        text.add(shortEscape(source[i + 1]));
        i += 2;
      }
      plain = i;
    }
    text.add(source, plain, end);
    return true;
  }

  /** Adds the character at a backslash and returns the place behind it; negative if it is none. */
  private int codePoint(byte[] source, int backslash, int end) {
    char first = codeUnit(source, backslash);
    int next = backslash + 6;
    if (first != 0 && !Character.isSurrogate(first)) {
      text.codePoint(first);
      return next;
    }
    if (Character.isHighSurrogate(first)
        && next < end
        && source[next] == '\\'
        && source[next + 1] == 'u') {
      char second = codeUnit(source, next);
      if (Character.isLowSurrogate(second)) {
        text.codePoint(Character.toCodePoint(first, second));
        return next + 6;
      }
    }
    bad = first;
    return -1;
  }

  /** Returns the array that holds the text read last. */
  byte[] bytes() {
    return text.bytes();
  }

  int from() {
    return from;
  }

  int to() {
    return text.length();
  }

  private static byte shortEscape(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  private static char codeUnit(byte[] source, int backslash) {
    int unit = 0;
    for (int i = backslash + 2; i < backslash + 6; i++) {
      unit = unit << 4 | Character.digit(source[i], 16);
    }
    return (char) unit;
  }

  /**
   * Returns why the string read last is not a text. As in PostgreSQL: a zero is a character that it
   * cannot hold, half a pair is not one.
   */
  KadbException problem() {
    String found = String.format("found \\u%04X", (int) bad);
    return bad == 0
        ? new KadbException(
                ErrorCode.UNTRANSLATABLE_CHARACTER, found + ", wanted text without a zero")
            .withHint("declare the column JSON to keep the escape")
        : new KadbException(ErrorCode.BAD_TEXT, found + " alone, wanted a pair of surrogates")
            .withHint("declare the column JSON to keep the escape");
  }
}
