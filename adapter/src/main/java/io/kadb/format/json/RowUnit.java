package io.kadb.format.json;

import io.kadb.format.FormatOptions;
import java.util.Locale;

/** What of a JSON message is a row. */
public enum RowUnit {
  /** Each object: alone, one behind the other, or as elements of an array. */
  OBJECTS,
  /** The message, whatever one value it is. */
  DOCUMENT;

  /**
   * Returns what the options say.
   *
   * @throws io.kadb.error.KadbException HV024 for a wrong value
   */
  public static RowUnit of(FormatOptions options) {
    String text = options.text("json_rows").orElse("objects");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "objects" -> OBJECTS;
      case "document" -> DOCUMENT;
      default -> throw FormatOptions.badValue("json_rows", text, "objects or document");
    };
  }
}
