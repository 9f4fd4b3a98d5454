package io.kadb.format.avro;

import io.kadb.format.MessageLimits;

/**
 * JSON text in the making. The texts of one message may not be longer together than the message may
 * be: a few bytes can stand for many names and nulls.
 */
final class JsonText {
  /** A buffer larger than this is not kept for the next value. */
  private static final int MAX_KEPT_CHARS = 1 << 16;

  private final MessageLimits limits;
  private StringBuilder text = new StringBuilder();
  private long before;

  JsonText(MessageLimits limits) {
    this.limits = limits;
  }

  /** Begins a message. */
  void openMessage() {
    before = 0;
    text.setLength(0);
  }

  /** Begins a value. */
  void open() {
    text.setLength(0);
  }

  /** Returns the value's text. */
  String close() {
    String made = text.toString();
    before += made.length();
    if (made.length() > MAX_KEPT_CHARS) {
      text = new StringBuilder();
    }
    return made;
  }

  /** Appends what is JSON already. */
  void raw(String json) {
    limits.checkBytes(before + text.length() + json.length());
    text.append(json);
  }

  void raw(char json) {
    text.append(json);
  }

  /** Appends a string in quotes. */
  void string(String value) {
    limits.checkBytes(before + text.length() + value.length());
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c >= ' ') {
        text.append(c);
      } else {
        text.append("\\u00").append(c >> 4).append(Character.forDigit(c & 15, 16));
      }
    }
    text.append('"');
  }
}
