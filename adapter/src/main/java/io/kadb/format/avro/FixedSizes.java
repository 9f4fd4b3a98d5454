package io.kadb.format.avro;

import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The sizes of types whose values all take the same number of bytes. Records of such fields count
 * among them, so that a value that takes no bytes is never walked through: its parts could be more
 * than any message has bytes.
 */
final class FixedSizes {
  /** What is said of other types. */
  static final long VARIES = -1;

  private final Map<Schema, Long> records = new IdentityHashMap<>();

  /** Returns the number of bytes, or {@link #VARIES}. */
  long of(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> 0;
      case FLOAT -> Float.BYTES;
      case DOUBLE -> Double.BYTES;
      case FIXED -> schema.getFixedSize();
      case RECORD -> record(schema);
      default -> VARIES;
    };
  }

  private long record(Schema schema) {
    Long known = records.get(schema);
    if (known != null) {
      return known;
    }
    // Holds for a record that holds itself, which has no end.
    records.put(schema, VARIES);
    long total = 0;
    for (Schema.Field field : schema.getFields()) {
      long size = of(field.schema());
      if (size == VARIES) {
        return VARIES;
      }
      total = sum(total, size);
    }
    records.put(schema, total);
    return total;
  }

  /** Returns the sum, or the largest long if it is larger. */
  static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /** Returns the product of two numbers not below 0, or the largest long if it is larger. */
  static long product(long a, long b) {
    return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }
}
