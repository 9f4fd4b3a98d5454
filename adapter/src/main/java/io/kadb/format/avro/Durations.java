package io.kadb.format.avro;

import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import java.util.Locale;

/** Avro's duration: months, days and milliseconds, each an unsigned little-endian number. */
final class Durations {
  static final int SIZE = 12;

  private static final TextInput INTERVAL = TextInput.of(ColumnType.INTERVAL);

  private Durations() {}

  /** Returns the ISO 8601 text of a duration, not normalised. */
  static String text(byte[] bytes, int from) {
    long millis = unsigned(bytes, from + 8);
    return String.format(
        Locale.ROOT,
        "P%dM%dDT%d.%03dS",
        unsigned(bytes, from),
        unsigned(bytes, from + 4),
        millis / 1000,
        millis % 1000);
  }

  /**
   * Returns the text as PostgreSQL prints the interval.
   *
   * @throws io.kadb.error.KadbException 22008 for more months or days than an interval has
   */
  static String iso(byte[] bytes, int from) {
    return (String) INTERVAL.read(text(bytes, from));
  }

  private static long unsigned(byte[] bytes, int from) {
    return bytes[from] & 0xFF
        | (bytes[from + 1] & 0xFF) << 8
        | (bytes[from + 2] & 0xFF) << 16
        | (bytes[from + 3] & 0xFFL) << 24;
  }
}
