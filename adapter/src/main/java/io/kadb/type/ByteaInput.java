package io.kadb.type;

import io.kadb.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Input of BYTEA: {@code \x} and hexadecimal digits, blanks allowed between pairs; or the escape
 * format, where {@code \\} is a backslash, {@code \ooo} a byte in octal, and everything else stands
 * for its UTF-8 bytes.
 */
final class ByteaInput implements TextInput {
  @Override
  public Object read(String text) {
    return text.startsWith("\\x") ? hex(text) : escape(text);
  }

  private static byte[] hex(String text) {
    byte[] bytes = new byte[(text.length() - 2) / 2];
    int count = 0;
    int i = 2;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        i++;
        continue;
      }
      int high = Ascii.digit(c);
      int low = i + 1 < text.length() ? Ascii.digit(text.charAt(i + 1)) : Integer.MAX_VALUE;
      if (high > 15 || low > 15) {
        throw Refusal.of(
            ErrorCode.BAD_PARAMETER, text, "bytea, pairs of hexadecimal digits after \\x");
      }
      bytes[count++] = (byte) (high << 4 | low);
      i += 2;
    }
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }

  private static byte[] escape(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(utf8.length);
    int i = 0;
    while (i < utf8.length) {
      if (utf8[i] != '\\') {
        bytes.write(utf8[i++]);
      } else if (i + 1 < utf8.length && utf8[i + 1] == '\\') {
        bytes.write('\\');
        i += 2;
      } else if (isOctal(utf8, i + 1)) {
        bytes.write((utf8[i + 1] - '0') << 6 | (utf8[i + 2] - '0') << 3 | (utf8[i + 3] - '0'));
        i += 4;
      } else {
        throw Refusal.badText(ColumnType.BYTEA, text);
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isOctal(byte[] utf8, int at) {
    return at + 2 < utf8.length
        && utf8[at] >= '0'
        && utf8[at] <= '3'
        && utf8[at + 1] >= '0'
        && utf8[at + 1] <= '7'
        && utf8[at + 2] >= '0'
        && utf8[at + 2] <= '7';
  }
}
