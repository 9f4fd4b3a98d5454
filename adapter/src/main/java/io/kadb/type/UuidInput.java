package io.kadb.type;

/**
 * Input of UUID: 32 hexadecimal digits, with a hyphen allowed after each group of four, and braces
 * allowed around all.
 */
final class UuidInput implements TextInput {
  private static final int DIGITS = 32;

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
