package io.kadb.fuzz;

import com.sun.management.ThreadMXBean;
import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.FormatOptions;
import io.kadb.format.Formats;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes any bytes, and checks that nothing worse can come of it than a {@link KadbException}: no
 * other failure, no long wait, no more memory than the input can justify.
 */
final class DecoderProbe {
  /** One for each kind of column type. */
  static final List<String> TYPES =
      List.of(
          "smallint",
          "integer",
          "bigint",
          "real",
          "double precision",
          "numeric",
          "numeric(5,2)",
          "boolean",
          "text",
          "varchar(3)",
          "char(3)",
          "bytea",
          "date",
          "time",
          "time(2)",
          "timestamp",
          "timestamp(3)",
          "timestamptz",
          "interval",
          "uuid",
          "json",
          "jsonb",
          "oid",
          "money");

  /** A message may hold as much as this, whatever it says itself. */
  private static final long MOST_BYTES = 1 << 20;

  private static final long MOST_ROWS = 20_000;

  /** Working memory of a decoder, such as that of a codec. */
  private static final long FREE_BYTES = 16 << 20;

  /** What each byte of input may cost: rows are objects. */
  private static final long BYTES_PER_BYTE = 2_000;

  private static final long MOST_NANOS = 5_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String format;
  private final FormatOptions options;

  DecoderProbe(String format, Map<String, String> options) {
    this.format = format;
    Map<String, String> all = new HashMap<>(options);
    all.put("k_max_message_bytes", Long.toString(MOST_BYTES));
    all.put("k_max_message_rows", Long.toString(MOST_ROWS));
    this.options = FormatOptions.of(all);
  }

  /** Decodes a value into columns such as {@code "id integer"}. */
  void decode(byte[] value, String... columns) {
    decode(value, Shapes.of(columns));
  }

  /** Decodes a value. */
  void decode(byte[] value, RowShape shape) {
    Decoder decoder = Formats.of(format, options).decoder(shape);
    Cost cost = cost(decoder, value);
    // The first time classes may have been loaded, which costs whoever loads them.
    if (!cost.isFairFor(value) && !(cost = cost(decoder, value)).isFairFor(value)) {
      throw new AssertionError(value.length + " bytes cost " + cost);
    }
  }

  private static Cost cost(Decoder decoder, byte[] value) {
    long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
    long began = System.nanoTime();
    try {
      decoder.decode(new TestMessage(value), row -> {});
    } catch (KadbException e) {
      if (e.sqlState().startsWith("XX")) {
        throw e;
      }
    }
    long nanos = System.nanoTime() - began;
    return new Cost(nanos, THREADS.getCurrentThreadAllocatedBytes() - bytesBefore);
  }

  private record Cost(long nanos, long bytes) {
    boolean isFairFor(byte[] value) {
      return nanos <= MOST_NANOS && bytes <= FREE_BYTES + BYTES_PER_BYTE * value.length;
    }
  }
}
