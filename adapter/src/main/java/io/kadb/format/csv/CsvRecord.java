package io.kadb.format.csv;

import java.util.Arrays;

/**
 * The fields of one record: bounds in an array of bytes. Fields past the number kept are counted
 * only.
 */
final class CsvRecord {
  private final int kept;
  private final int[] bounds;
  private byte[] bytes = {};
  private int count;

  /**
   * Creates a record.
   *
   * @param kept the number of fields whose bounds are kept
   */
  CsvRecord(int kept) {
    this.kept = kept;
    this.bounds = new int[2 * kept];
  }

  /** Begins a new record, whose fields are in the bytes given. */
  void begin(byte[] newBytes) {
    bytes = newBytes;
    count = 0;
  }

  void add(int from, int to) {
    if (count < kept) {
      bounds[2 * count] = from;
      bounds[2 * count + 1] = to;
    }
    count++;
  }

  /** Returns the number of fields, 1 or more. */
  int count() {
    return count;
  }

  byte[] bytes() {
    return bytes;
  }

  int from(int field) {
    return bounds[2 * field];
  }

  int to(int field) {
    return bounds[2 * field + 1];
  }

  /** Returns whether a field is empty or the text given. */
  boolean isNull(int field, byte[] nullText) {
    int from = from(field);
    int to = to(field);
    return from == to
        || (to - from == nullText.length
            && Arrays.equals(bytes, from, to, nullText, 0, nullText.length));
  }
}
