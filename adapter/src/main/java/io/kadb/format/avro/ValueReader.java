package io.kadb.format.avro;

import org.jspecify.annotations.Nullable;

/** Reads one Avro value as a value of a column; part of a plan. */
@FunctionalInterface
interface ValueReader {
  /**
   * Reads on to the end of the value.
   *
   * @return a value of the column's class, or null
   */
  @Nullable Object read(AvroInput in);
}
