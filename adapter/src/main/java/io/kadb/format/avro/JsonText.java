package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.MessageLimits;

/**
 * JSON text in the making. A few bytes can stand for many names and nulls; so the texts of one
 * message together are bounded by the most that a message may hold, and by a multiple of what it
 * does hold that no honest message reaches.
 */
final class JsonText {
  /** A buffer larger than this is not kept for the next value. */
  private static final int MAX_KEPT_CHARS = 1 << 16;

  private static final long FREE_CHARS = 4 << 20;
  private static final long CHARS_PER_BYTE = 1000;

  private final MessageLimits limits;
  private StringBuilder text = new StringBuilder();
  private long before;
  private long most;

  JsonText(MessageLimits limits) {
    this.limits = limits;
  }

  /** Begins a message of so many bytes. */
  void openMessage(int bytes) {
    before = 0;
    most = FREE_CHARS + CHARS_PER_BYTE * bytes;
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

  private void check(int further) {
    long all = before + text.length() + further;
    limits.checkBytes(all);
    if (all > most) {
      throw new KadbException(
              ErrorCode.TOO_LARGE,
              "found few bytes that stand for more than " + most + " characters of JSON")
          .withHint("the message may be hostile; declare other columns to read the rest of it");
    }
  }

  /** Appends what is JSON already. */
  void raw(String json) {
    check(json.length());
    text.append(json);
  }

  void raw(char json) {
    text.append(json);
  }

  /** Appends a string in quotes. */
  void string(String value) {
    check(value.length());
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
