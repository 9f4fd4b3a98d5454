package io.kadb.format.avro;

import java.util.UUID;
import org.apache.avro.Schema;

/** How many bytes a value of type bytes, string or fixed has. */
@FunctionalInterface
interface ByteRun {
  /** Reads the length, if it is written; so many bytes follow. */
  int length(AvroInput in);

  static ByteRun of(Schema written) {
    if (written.getType() != Schema.Type.FIXED) {
      return AvroInput::readLength;
    }
    int size = written.getFixedSize();
    return in -> size;
  }

  /** Returns the text of a UUID in 16 bytes. */
  static String uuid(byte[] bytes, int from) {
    return new UUID(longOf(bytes, from), longOf(bytes, from + Long.BYTES)).toString();
  }

  private static long longOf(byte[] bytes, int from) {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | bytes[from + i] & 0xFF;
    }
    return value;
  }
}
