package io.kadb.type;

/** Character classes as the C locale has them, which is what PostgreSQL's input goes by. */
final class Ascii {
  private Ascii() {}

  /** Returns whether a character is a blank: space, tab, line feed, vertical tab, FF or CR. */
  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Returns the value of a digit in a base up to 16, or a number not below 16 if it is none. */
  static int digit(char c) {
    if (isDigit(c)) {
      return c - '0';
    }
    int letter = c | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : Integer.MAX_VALUE;
  }

  /** Returns the text without blanks at both ends. */
  static String trim(String text) {
    int from = skipSpaces(text, 0);
    int to = text.length();
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Returns the place of the first character from {@code at} on that is not a blank. */
  static int skipSpaces(String text, int at) {
    int i = at;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Returns the text in lower case, other letters than A to Z as they are. */
  static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c);
    }
    return lower.toString();
  }
}
