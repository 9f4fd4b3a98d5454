package io.kadb.format.json;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The characters that a string with escapes stands for, as UTF-8 (as far as the other bytes of the
 * string are).
 *
 * @param bytes the characters; without those that are none
 * @param problem why it is not a text, if it is not
 */
record Unescaped(byte[] bytes, Optional<KadbException> problem) {
  /**
   * Reads the bytes {@code [from, to)} between the quotes of a string, whose escapes are known to
   * be well-formed.
   */
  static Unescaped of(byte[] source, int from, int to) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(to - from);
    int i = from;
    while (i < to) {
      if (source[i] != '\\') {
        text.write(source[i++]);
      } else if (source[i + 1] != 'u') {
        text.write(shortEscape(source[i + 1]));
        i += 2;
      } else {
        char first = codeUnit(source, i);
        i += 6;
        boolean pair =
            Character.isHighSurrogate(first)
                && i < to
                && source[i] == '\\'
                && source[i + 1] == 'u'
                && Character.isLowSurrogate(codeUnit(source, i));
        if (!pair && (first == 0 || Character.isSurrogate(first))) {
          return new Unescaped(new byte[0], Optional.of(noCharacter(first)));
        }
        char[] units = pair ? new char[] {first, codeUnit(source, i)} : new char[] {first};
        i += pair ? 6 : 0;
        text.writeBytes(new String(units).getBytes(StandardCharsets.UTF_8));
      }
    }
    return new Unescaped(text.toByteArray(), Optional.empty());
  }

  boolean isText() {
    return problem.isEmpty();
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

  /** As in PostgreSQL: a zero is a character that it cannot hold, half a pair is not one. */
  private static KadbException noCharacter(char unit) {
    String found = String.format("found \\u%04X", (int) unit);
    return unit == 0
        ? new KadbException(
                ErrorCode.UNTRANSLATABLE_CHARACTER, found + ", wanted text without a zero")
            .withHint("declare the column JSON to keep the escape")
        : new KadbException(ErrorCode.BAD_TEXT, found + " alone, wanted a pair of surrogates")
            .withHint("declare the column JSON to keep the escape");
  }
}
