package io.kadb.format.avro;

/** Reads one Avro value as JSON text; part of a plan. */
@FunctionalInterface
interface JsonReader {
  /** Reads on to the end of the value and appends its text. */
  void append(AvroInput in, JsonText out);
}
