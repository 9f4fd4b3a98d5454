package io.kadb.type;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;

/**
 * The tokens of a JSON text (RFC 8259), checked one after the other as PostgreSQL does: of several
 * mistakes both see the same first.
 */
final class JsonTokens {
  /** The kinds of tokens other than the six characters of structure, which stand for themselves. */
  static final char STRING = '"';

  static final char NUMBER = '0';
  static final char WORD = 'a';
  static final char END = '\0';

  private final ColumnType type;
  private final String text;

  /** Whether escapes must stand for text, as JSONB needs it. */
  private final boolean unescaped;

  private int from;
  private int at;

  JsonTokens(ColumnType type, String text) {
    this.type = type;
    this.text = text;
    this.unescaped = type.kind() == TypeKind.JSONB;
  }

  /** Goes to the next token and returns its kind. */
  char next() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    from = at;
    if (at == text.length()) {
      return END;
    }
    char c = text.charAt(at);
    if ("{}[],:".indexOf(c) >= 0) {
      at++;
      return c;
    }
    if (c == STRING) {
      string();
      return STRING;
    }
    if (c == '-' || Ascii.isDigit(c)) {
      number();
      return NUMBER;
    }
    word();
    return WORD;
  }

  /** Returns the text of the token. */
  String token() {
    return text.substring(from, at);
  }

  /** Returns the error for a token that has no place where it stands. */
  KadbException malformed() {
    return Refusal.of(ErrorCode.BAD_TEXT, text, type.sql() + "; not JSON at character " + from);
  }

  private void word() {
    skipWord();
    String word = token();
    if (!word.equals("true") && !word.equals("false") && !word.equals("null")) {
      throw malformed();
    }
  }

  private void skipWord() {
    while (at < text.length() && isOfWord(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isOfWord(char c) {
    return Ascii.isLetter(c) || Ascii.isDigit(c) || c == '_' || c > '~';
  }

  private void number() {
    at += text.charAt(at) == '-' ? 1 : 0;
    if (at < text.length() && text.charAt(at) == '0') {
      at++;
    } else {
      digits();
    }
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      digits();
    }
    int end = at;
    skipWord();
    if (at > end) {
      throw malformed();
    }
  }

  private void digits() {
    int first = at;
    while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
      at++;
    }
    if (at == first) {
      throw malformed();
    }
  }

  private void string() {
    at++;
    boolean half = false; // whether the first half of a surrogate pair stands before
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean unicode = c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == 'u';
      if (unicode) {
        half = unit(codeUnit(), half);
        continue;
      }
      if (c < ' ' || half) {
        throw malformed();
      }
      if (c == STRING) {
        at++;
        return;
      }
      if (c == '\\') {
        at++;
        if (at == text.length() || "\"\\/bfnrt".indexOf(text.charAt(at)) < 0) {
          throw malformed();
        }
      }
      at++;
    }
    throw malformed();
  }

  /** Checks an escaped code unit; returns whether it is the first half of a surrogate pair. */
  private boolean unit(int unit, boolean half) {
    if (!unescaped) {
      return false;
    }
    boolean second = Character.isLowSurrogate((char) unit);
    if (half != second) {
      throw malformed();
    }
    if (unit == 0) {
      throw Refusal.of(ErrorCode.UNTRANSLATABLE_CHARACTER, text, type.sql() + " without \\u0000")
          .withHint("declare the column JSON");
    }
    return Character.isHighSurrogate((char) unit);
  }

  /** Reads four hexadecimal digits after {@code \}{@code u}. */
  private int codeUnit() {
    at += 2;
    int unit = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = at < text.length() ? Ascii.digit(text.charAt(at)) : Integer.MAX_VALUE;
      if (digit > 15) {
        throw malformed();
      }
      unit = unit * 16 + digit;
    }
    return unit;
  }
}
