package io.kadb.format.json;

import java.util.Arrays;

/**
 * What a document holds for each wanted column: the kind of value and its bounds in the message.
 * They are kept until the document has ended, because a member that occurs again replaces the one
 * before.
 */
final class FoundValues {
  /** The kinds of values. */
  static final byte ABSENT = 0;

  static final byte NULL = 1;
  static final byte BOOLEAN = 2;
  static final byte NUMBER = 3;
  static final byte STRING = 4;
  static final byte ESCAPED_STRING = 5;
  static final byte OBJECT = 6;
  static final byte ARRAY = 7;

  private static final String[] NAMES = {
    "nothing", "null", "a boolean", "a number", "a string", "a string", "an object", "an array"
  };

  private final byte[] kinds;
  private final int[] bounds;

  FoundValues(int columns) {
    this.kinds = new byte[columns];
    this.bounds = new int[2 * columns];
  }

  void clear() {
    Arrays.fill(kinds, ABSENT);
  }

  void clear(int column) {
    kinds[column] = ABSENT;
  }

  /** Keeps a value in place of any before. */
  void set(int column, byte kind, int from, int to) {
    kinds[column] = kind;
    bounds[2 * column] = from;
    bounds[2 * column + 1] = to;
  }

  byte kind(int column) {
    return kinds[column];
  }

  /** Returns where the value begins; a string with its quote. */
  int from(int column) {
    return bounds[2 * column];
  }

  int to(int column) {
    return bounds[2 * column + 1];
  }

  /** Returns a kind as errors name it. */
  static String name(byte kind) {
    return NAMES[kind];
  }
}
