package io.kadb.driver.value;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Values as text and bytes. */
public final class TextValues {
  private TextValues() {}

  /** Returns a value as PostgreSQL prints it, which is how most values travel. */
  public static String toText(Object value, Kind kind) {
    return value.toString();
  }

  /** Returns the bytes of BYTEA, and of any other value those of its text in UTF-8. */
  public static byte[] toBytes(Object value, Kind kind) throws SQLException {
    String text = value.toString();
    return kind == Kind.BYTEA ? bytes(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns bytes as PostgreSQL prints them: {@code \x} and two hexadecimal digits for each. */
  static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder(2 + 2 * bytes.length).append("\\x");
    for (byte b : bytes) {
      text.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return text.toString();
  }

  private static byte[] bytes(String hex) throws SQLException {
    if (!hex.startsWith("\\x") || hex.length() % 2 != 0) {
      throw malformed();
    }
    byte[] bytes = new byte[hex.length() / 2 - 1];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(hex.charAt(2 * i + 2), 16);
      int low = Character.digit(hex.charAt(2 * i + 3), 16);
      if (high < 0 || low < 0) {
        throw malformed();
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return bytes;
  }

  private static SQLException malformed() {
    return SqlExceptions.of(
        "the server sent bytes that are not hexadecimal", States.PROTOCOL_VIOLATION);
  }
}
