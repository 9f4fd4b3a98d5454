package io.kadb.format.csv;

/**
 * Splits a message into records. Records without quoted fields are split in place; the first byte
 * of a field that is a quote hands the record to {@link QuotedSplitter}.
 */
final class CsvSplitter {
  private final CsvOptions options;
  private final CsvRecord record;
  private final QuotedSplitter quoted;

  /** The bytes at which a field may end. */
  private final boolean[] ends = new boolean[256];

  private byte[] value = {};
  private int at;

  CsvSplitter(CsvOptions options, CsvRecord record) {
    this.options = options;
    this.record = record;
    this.quoted = new QuotedSplitter(options, record);
    ends['\n'] = true;
    ends['\r'] = true;
    ends[options.delimiter()] = true;
  }

  /** Begins a message. */
  void open(byte[] message) {
    value = message;
    at = 0;
  }

  /**
   * Goes on to the next record, which may be a blank line (one empty field).
   *
   * @return whether there is one
   */
  boolean next() {
    if (at >= value.length) {
      return false;
    }
    int end = inPlace(value, at);
    at = end >= 0 ? end : quoted.record(value, at);
    return true;
  }

  /** Returns where the next record begins, or -1 if a field is quoted. */
  private int inPlace(byte[] bytes, int start) {
    record.begin(bytes);
    byte quote = options.quote();
    byte delimiter = options.delimiter();
    int length = bytes.length;
    int fieldStart = start;
    int i = start;
    while (true) {
      while (i < length && !ends[bytes[i] & 0xFF]) {
        i++;
      }
      int from = fieldStart;
      int to = i;
      while (from < to && options.isBlank(bytes[from])) {
        from++;
      }
      if (from < to && bytes[from] == quote) {
        return -1;
      }
      while (to > from && options.isBlank(bytes[to - 1])) {
        to--;
      }
      record.add(from, to);
      if (i == length || bytes[i] != delimiter) {
        return Math.min(i + 1, length);
      }
      fieldStart = ++i;
    }
  }
}
