package io.kadb.benchmark;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The tightest loop over containers of {@link AvroOrders} that can be written by hand: it knows the
 * schema, skips a header it has seen, and makes every value.
 */
final class AvroByHand implements MessageReader {
  private static final int SYNC = 16;

  private byte[] header = {};
  private byte[] data = {};
  private int at;
  private long digest;

  @Override
  public long read(byte[] value) {
    data = value;
    at = headerLength(value);
    long rows = 0;
    while (at < value.length) {
      long records = number();
      number();
      for (long i = 0; i < records; i++) {
        record();
      }
      at += SYNC;
      rows += records;
    }
    return rows;
  }

  /** The same header comes again and again, but for the marker at its end. */
  private int headerLength(byte[] value) {
    int known = header.length;
    if (known > 0
        && value.length > known + SYNC
        && Arrays.equals(header, 0, known, value, 0, known)) {
      return known + SYNC;
    }
    at = 4;
    for (long entries = number(); entries != 0; entries = number()) {
      for (long i = 0; i < entries; i++) {
        skip((int) number());
        skip((int) number());
      }
    }
    header = Arrays.copyOf(value, at);
    return at + SYNC;
  }

  private void skip(int bytes) {
    at += bytes;
  }

  private void record() {
    digest += number();
    digest += text().length();
    digest += number();
    digest += (long) doubleValue();
    digest += number();
    digest += data[at++];
    digest += text().length();
    digest += decimal().scale();
  }

  private long number() {
    long bits = 0;
    int shift = 0;
    byte b;
    do {
      b = data[at++];
      bits |= (b & 0x7FL) << shift;
      shift += 7;
    } while (b < 0);
    return (bits >>> 1) ^ -(bits & 1);
  }

  private String text() {
    int length = (int) number();
    String text = new String(data, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private double doubleValue() {
    long bits = 0;
    for (int i = 7; i >= 0; i--) {
      bits = bits << 8 | (data[at + i] & 0xFF);
    }
    at += 8;
    return Double.longBitsToDouble(bits);
  }

  private BigDecimal decimal() {
    int length = (int) number();
    BigDecimal value = new BigDecimal(new BigInteger(data, at, length), 2);
    at += length;
    return value;
  }

  @Override
  public long digest() {
    return digest;
  }
}
