package io.kadb.type;

import io.kadb.error.ErrorCode;

/**
 * Input of VARCHAR(n) and CHAR(n). Lengths count characters (code points); surplus blanks at the
 * end are cut off, any other surplus is an error; CHAR is padded with blanks.
 */
final class LimitedCharacterInput implements TextInput {
  private final ColumnType type;
  private final int length;
  private final boolean padded;

  LimitedCharacterInput(ColumnType type) {
    this.type = type;
    this.length = type.precision().orElseThrow();
    this.padded = type.kind() == TypeKind.CHAR;
  }

  @Override
  public Object read(byte[] utf8, int from, int to) {
    return fitted(Utf8.decode(utf8, from, to));
  }

  @Override
  public Object read(String text) {
    return fitted(Utf8.refuseZero(text));
  }

  private String fitted(String text) {
    if (text.length() <= length && !padded) {
      return text;
    }
    int characters = text.codePointCount(0, text.length());
    if (characters <= length) {
      return padded ? text + " ".repeat(length - characters) : text;
    }
    int end = text.offsetByCodePoints(0, length);
    for (int i = end; i < text.length(); i++) {
      if (text.charAt(i) != ' ') {
        throw Refusal.of(
            ErrorCode.TEXT_TOO_LONG,
            text,
            type.sql() + ", but it has " + characters + " characters");
      }
    }
    return text.substring(0, end);
  }
}
