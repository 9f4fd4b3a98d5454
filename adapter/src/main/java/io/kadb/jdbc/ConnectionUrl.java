package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The URL {@code jdbc:kadb:} with properties: {@code ?a=b&c=d}, where {@code %} escapes bytes of
 * UTF-8, or {@code ;a=b;c=d}, or {@code a=b;c=d}, where characters stand for themselves.
 */
final class ConnectionUrl {
  /** What every URL of this driver begins with. */
  static final String PREFIX = "jdbc:kadb:";

  private static final String REMOTE_PREFIX = PREFIX + "//";

  private ConnectionUrl() {}

  /**
   * Returns whether a URL is one of this driver; {@code jdbc:kadb://} belongs to the remote one.
   */
  static boolean accepts(String url) {
    return url.startsWith(PREFIX) && !url.startsWith(REMOTE_PREFIX);
  }

  /** Returns the properties of an accepted URL in their order; of a repeated one the last. */
  static Map<String, String> properties(String url) {
    String rest = url.substring(PREFIX.length());
    boolean escaped = rest.startsWith("?");
    String separator = escaped ? "&" : ";";
    Map<String, String> properties = new LinkedHashMap<>();
    for (String pair : (escaped ? rest.substring(1) : rest).split(separator)) {
      if (pair.isBlank()) {
        continue;
      }
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new KadbException(
                ErrorCode.BAD_OPTION_VALUE,
                "the URL has a property without " + (equals < 0 ? "a value" : "a name"))
            .withHint("write jdbc:kadb:?name=value&name=value, with & in a value as %26");
      }
      String name = pair.substring(0, equals).strip();
      String value = pair.substring(equals + 1);
      properties.put(escaped ? decode(name) : name, escaped ? decode(value) : value);
    }
    return properties;
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) == '%') {
        bytes.write(escapedByte(text, i));
        i += 3;
      } else {
        int end = text.offsetByCodePoints(i, 1);
        bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int escapedByte(String text, int at) {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
    int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw new KadbException(
              ErrorCode.BAD_OPTION_VALUE,
              "the URL has a % that two hexadecimal digits do not follow")
          .withHint("write % itself as %25");
    }
    return high * 16 + low;
  }
}
