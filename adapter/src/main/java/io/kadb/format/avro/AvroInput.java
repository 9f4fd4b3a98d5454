package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;

/**
 * A place in bytes of Avro's binary encoding that moves on as values are read. No length is
 * believed before the bytes are seen to be there.
 */
final class AvroInput {
  /** More levels of records, arrays and maps inside each other than any sane message has. */
  static final int MAX_DEPTH = 256;

  private byte[] bytes = {};
  private int at;
  private int end;
  private int depth;

  /** Turns to bytes {@code [from, to)}. */
  AvroInput open(byte[] newBytes, int from, int to) {
    bytes = newBytes;
    at = from;
    end = to;
    depth = 0;
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns the place of the next byte. */
  int at() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  /** Passes over bytes and returns the place of the first. */
  int take(int count) {
    if (count > end - at) {
      throw truncated();
    }
    int from = at;
    at = from + count;
    return from;
  }

  /** Passes over bytes whose number need not be possible. */
  void skip(long count) {
    if (count > end - at) {
      throw truncated();
    }
    at += (int) count;
  }

  long readLong() {
    if (at < end) {
      byte b = bytes[at];
      if (b >= 0) {
        at++;
        return (b >>> 1) ^ -(b & 1);
      }
    }
    return readLongerLong();
  }

  private long readLongerLong() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == end) {
        throw truncated();
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        if (shift == 63 && b > 1) {
          break;
        }
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw malformed("a number of more than 64 bits");
  }

  int readInt() {
    long value = readLong();
    if ((int) value != value) {
      throw malformed("int " + value + ", which has more than 32 bits");
    }
    return (int) value;
  }

  float readFloat() {
    return Float.intBitsToFloat(littleEndian(take(Float.BYTES)));
  }

  double readDouble() {
    int from = take(Double.BYTES);
    long low = littleEndian(from) & 0xFFFF_FFFFL;
    return Double.longBitsToDouble((long) littleEndian(from + Integer.BYTES) << Integer.SIZE | low);
  }

  private int littleEndian(int from) {
    return bytes[from] & 0xFF
        | (bytes[from + 1] & 0xFF) << 8
        | (bytes[from + 2] & 0xFF) << 16
        | bytes[from + 3] << 24;
  }

  boolean readBoolean() {
    byte b = bytes[take(1)];
    if (b >> 1 != 0) {
      throw malformed("byte " + (b & 0xFF) + " as a boolean");
    }
    return b == 1;
  }

  /** Reads the length of what follows; so many bytes are there. */
  int readLength() {
    long length = readLong();
    if (length < 0) {
      throw malformed("length " + length);
    }
    if (length > end - at) {
      throw truncated();
    }
    return (int) length;
  }

  /** Reads the number of one of several alternatives, a branch or a symbol. */
  int readIndex(int alternatives, String what) {
    long index = readLong();
    if (index < 0 || index >= alternatives) {
      throw malformed(what + " " + index + " of " + alternatives);
    }
    return (int) index;
  }

  /**
   * Reads the number of items of the next block of an array or map; negative if the number of bytes
   * follows.
   */
  long readCount() {
    long count = readLong();
    if (count == Long.MIN_VALUE) {
      throw malformed("a block of " + count + " items");
    }
    return count;
  }

  /** Goes into a record, array or map. */
  void enter() {
    if (++depth > MAX_DEPTH) {
      throw malformed("records, arrays or maps more than " + MAX_DEPTH + " levels deep");
    }
  }

  void leave() {
    depth--;
  }

  /** Sees to it that nothing follows. */
  void requireEnd(String what) {
    if (at != end) {
      throw new KadbException(
          ErrorCode.BAD_MESSAGE_FORMAT,
          "found " + (end - at) + " bytes after the last record of the " + what + ", wanted none");
    }
  }

  static KadbException truncated() {
    return new KadbException(
        ErrorCode.BAD_MESSAGE_FORMAT, "the message ends in the middle, or is not of this schema");
  }

  KadbException malformed(String found) {
    return new KadbException(
        ErrorCode.BAD_MESSAGE_FORMAT,
        "found " + found + " before byte " + at + ", wanted Avro data of the message's schema");
  }
}
