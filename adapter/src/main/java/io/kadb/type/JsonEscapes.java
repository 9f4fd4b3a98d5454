package io.kadb.type;

/** Looks through the strings of broken JSON for what PostgreSQL would have stumbled over first. */
final class JsonEscapes {
  private static final int UNICODE_LENGTH = 6;

  private final String text;
  private int at;

  private JsonEscapes(String text) {
    this.text = text;
  }

  /**
   * Returns whether an escaped zero is the first wrong escape in the strings of a text.
   *
   * @param before the place of the error that is known; strings that begin later do not count
   */
  static boolean zeroComesFirst(String text, long before) {
    JsonEscapes escapes = new JsonEscapes(text);
    while (escapes.at < text.length() && escapes.at <= before) {
      if (text.charAt(escapes.at++) == '"') {
        End end = escapes.string();
        if (end != End.QUOTE) {
          return end == End.ZERO;
        }
      }
    }
    return false;
  }

  private enum End {
    QUOTE,
    ZERO,
    OTHER_ERROR
  }

  private End string() {
    boolean half = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c < ' ') {
        return End.OTHER_ERROR;
      }
      int unit = c == '\\' ? unicode() : -1;
      boolean second = unit >= 0 && Character.isLowSurrogate((char) unit);
      if (half != second) {
        return End.OTHER_ERROR;
      }
      half = unit >= 0 && Character.isHighSurrogate((char) unit);
      if (unit == 0) {
        return End.ZERO;
      }
      if (c == '"') {
        at++;
        return End.QUOTE;
      }
      if (c == '\\' && unit < 0 && !isSimpleEscape()) {
        return End.OTHER_ERROR;
      }
      at += unit >= 0 ? UNICODE_LENGTH : c == '\\' ? 2 : 1;
    }
    return End.OTHER_ERROR;
  }

  private boolean isSimpleEscape() {
    return at + 1 < text.length() && "\"\\/bfnrt".indexOf(text.charAt(at + 1)) >= 0;
  }

  /** Returns the code unit of {@code \\uxxxx} at this place, or -1 if there is none. */
  private int unicode() {
    if (at + UNICODE_LENGTH > text.length() || text.charAt(at + 1) != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + UNICODE_LENGTH; i++) {
      int digit = Ascii.digit(text.charAt(i));
      if (digit > 15) {
        return -1;
      }
      unit = unit * 16 + digit;
    }
    return unit;
  }
}
