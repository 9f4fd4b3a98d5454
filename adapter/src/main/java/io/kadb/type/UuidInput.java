package io.kadb.type;

import java.nio.charset.StandardCharsets;

/**
 * Input of UUID: 32 hexadecimal digits, with a hyphen allowed after each group of four, and braces
 * allowed around all.
 */
final class UuidInput implements TextInput {
  private static final int DIGITS = 32;
  private static final int CANONICAL_LENGTH = 36;

  @Override
  public Object read(byte[] utf8, int from, int to) {
    return isCanonical(utf8, from, to)
        ? new String(utf8, from, CANONICAL_LENGTH, StandardCharsets.ISO_8859_1)
        : TextInput.super.read(utf8, from, to);
  }

  /** Returns whether bytes are a UUID as it is printed. */
  static boolean isCanonical(byte[] utf8, int from, int to) {
    if (to - from != CANONICAL_LENGTH) {
      return false;
    }
    for (int i = 0; i < CANONICAL_LENGTH; i++) {
      byte b = utf8[from + i];
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      if (hyphen ? b != '-' : !((b >= '0' && b <= '9') || (b >= 'a' && b <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Object read(String text) {
    boolean braces = text.startsWith("{") && text.endsWith("}");
    int i = braces ? 1 : 0;
    int end = braces ? text.length() - 1 : text.length();
    StringBuilder uuid = new StringBuilder(DIGITS + 4);
    int digits = 0;
    while (i < end && digits < DIGITS) {
      char c = text.charAt(i++);
      if (Ascii.digit(c) > 15) {
        throw Refusal.badText(ColumnType.UUID, text);
      }
      if (digits >= 8 && digits <= 20 && digits % 4 == 0) {
        uuid.append('-');
      }
      uuid.append(c >= 'A' && c <= 'F' ? (char) (c | 0x20) : c);
      digits++;
      if (digits % 4 == 0 && digits < DIGITS && i < end && text.charAt(i) == '-') {
        i++;
      }
    }
    if (digits < DIGITS || i != end) {
      throw Refusal.badText(ColumnType.UUID, text);
    }
    return uuid.toString();
  }
}
