package io.kadb.format;

import java.util.Locale;

/** The part of a message that a column comes from: option {@code source} of the column. */
public sealed interface ColumnSource {
  /** What a format decodes. */
  enum Payload implements ColumnSource {
    /** Also of columns that do not say. */
    VALUE,
    KEY
  }

  /** Where the message stands. */
  enum Position implements ColumnSource {
    TOPIC,
    PARTITION,
    OFFSET,
    /** As UTC wall time, or in columns of a number type as milliseconds since 1970. */
    TIMESTAMP,
    /** The four others as one JSON object, the timestamp in milliseconds since 1970 or null. */
    META
  }

  /** The last header of a name. */
  record NamedHeader(String name) implements ColumnSource {}

  /**
   * Reads the option's value.
   *
   * @throws io.kadb.error.KadbException HV024 if it is none
   */
  static ColumnSource of(String text) {
    String header = "header:";
    if (text.startsWith(header) && text.length() > header.length()) {
      return new NamedHeader(text.substring(header.length()));
    } else if (text.equals("key")) {
      return Payload.KEY;
    }
    for (Position position : Position.values()) {
      if (text.equals(position.label())) {
        return position;
      }
    }
    throw FormatOptions.badValue(
        "source", text, "key, header:name, partition, offset, timestamp, topic or meta");
  }

  /** Returns the part as errors name it. */
  default String label() {
    return this instanceof NamedHeader header
        ? "header " + header.name()
        : toString().toLowerCase(Locale.ROOT);
  }
}
