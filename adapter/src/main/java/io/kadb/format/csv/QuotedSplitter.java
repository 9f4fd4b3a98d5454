package io.kadb.format.csv;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.nio.charset.StandardCharsets;

/**
 * Splits a record that has quoted fields, by the rules of libcsv; takes any other record as well.
 *
 * <p>A state machine of our own, because commons-csv cannot be made to follow these rules: it works
 * on characters, so that bytes would have to be decoded before they are split and unwanted fields
 * with them; after text behind a closing quote it ends the field at the next delimiter, where
 * libcsv goes on as inside the quotes; and it has no blanks between a closing quote and a delimiter
 * without trimming inside quotes too.
 */
final class QuotedSplitter {
  /** A buffer larger than this is not kept for the next record. */
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private final CsvOptions options;
  private final CsvRecord record;
  private byte[] buffer = new byte[256];
  private int length;

  private byte[] value = {};
  private int at;

  QuotedSplitter(CsvOptions options, CsvRecord record) {
    this.options = options;
    this.record = record;
  }

  /**
   * Splits the record that begins at a place of the message.
   *
   * @return where the next one begins
   * @throws KadbException 22P04 in strict mode
   */
  int record(byte[] message, int start) {
    value = message;
    at = start;
    length = 0;
    reserve(message.length - start);
    record.begin(buffer);
    while (true) {
      int from = length;
      field();
      record.add(from, length);
      if (at == value.length || value[at] != options.delimiter()) {
        return Math.min(at + 1, value.length);
      }
      at++;
    }
  }

  /** Sees to it that so many bytes fit: no field grows by being unquoted. */
  private void reserve(int bytes) {
    if (buffer.length < bytes || (buffer.length > MAX_KEPT_BYTES && bytes <= MAX_KEPT_BYTES)) {
      buffer = new byte[Math.max(bytes, 256)];
    }
  }

  /** Reads one field; afterwards {@code at} is at the delimiter, at the line end, or the end. */
  private void field() {
    while (at < value.length && options.isBlank(value[at])) {
      at++;
    }
    if (at < value.length && value[at] == options.quote()) {
      at++;
      quotedField();
    } else {
      plainField();
    }
  }

  private void plainField() {
    int from = length;
    while (at < value.length && !endsField(value[at])) {
      buffer[length++] = value[at++];
    }
    while (length > from && options.isBlank(buffer[length - 1])) {
      length--;
    }
  }

  private void quotedField() {
    while (at < value.length) {
      byte b = value[at++];
      if (b != options.quote()) {
        buffer[length++] = b;
      } else if (closes()) {
        return;
      }
    }
    if (options.strict()) {
      throw refused("a quote that is not closed", "a closing quote");
    }
  }

  /**
   * Looks at what follows a quote inside a quoted field: a second one makes it a quote; a
   * delimiter, line end or the end of the message, perhaps after blanks, close the field; after
   * anything else the quote was part of the field, which goes on.
   */
  private boolean closes() {
    int kept = length;
    buffer[length++] = options.quote();
    boolean blanks = false;
    while (at < value.length) {
      byte b = value[at];
      if (endsField(b)) {
        break;
      }
      if (options.isBlank(b)) {
        blanks = true;
      } else if (b == options.quote() && !blanks) {
        at++;
        return false;
      } else {
        refuseTextAfterQuote();
        if (b != options.quote()) {
          return false;
        }
        // A quote after blanks may in turn be the closing one.
        blanks = false;
        kept = length;
      }
      buffer[length++] = b;
      at++;
    }
    length = kept;
    return true;
  }

  private void refuseTextAfterQuote() {
    if (options.strict()) {
      throw refused("text after a closing quote", "a delimiter or a line end");
    }
  }

  private boolean endsField(byte b) {
    return b == options.delimiter() || b == '\n' || b == '\r';
  }

  private KadbException refused(String found, String wanted) {
    String rest = new String(buffer, 0, Math.min(length, 64), StandardCharsets.UTF_8);
    return new KadbException(
            ErrorCode.BAD_MESSAGE_FORMAT,
            "found " + found + " near " + KadbException.shown(rest) + ", wanted " + wanted)
        .withHint("csv_strict 'false' accepts it");
  }
}
