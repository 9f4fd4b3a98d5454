package io.kadb.type;

/**
 * The whole number at the beginning of a text, as C's {@code strtol} takes it: none means zero, and
 * what follows is for the caller to judge.
 *
 * @param value the number; 0 if there is none or it is too large
 * @param end the place after it
 * @param tooLarge whether it is outside the range asked for
 */
record LeadingNumber(long value, int end, boolean tooLarge) {
  /** Reads a number of 32 bits. */
  static LeadingNumber ofInt(String text, int from) {
    LeadingNumber number = ofLong(text, from);
    boolean fits = number.value == (int) number.value;
    return fits ? number : new LeadingNumber(0, number.end, true);
  }

  /** Reads a number of 64 bits. */
  static LeadingNumber ofLong(String text, int from) {
    int i = from;
    if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      i++;
    }
    int digits = i;
    while (i < text.length() && Ascii.isDigit(text.charAt(i))) {
      i++;
    }
    if (i == digits) {
      return new LeadingNumber(0, from, false);
    }
    try {
      return new LeadingNumber(Long.parseLong(text, from, i, 10), i, false);
    } catch (NumberFormatException tooLarge) {
      return new LeadingNumber(0, i, true);
    }
  }

  /** Returns whether the number is all of the text. */
  boolean isAllOf(String text) {
    return end == text.length();
  }

  /** Returns the character after the number, or 0 at the end of the text. */
  char next(String text) {
    return end < text.length() ? text.charAt(end) : '\0';
  }
}
