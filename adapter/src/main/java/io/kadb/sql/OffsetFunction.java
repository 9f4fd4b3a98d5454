package io.kadb.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A function of schema {@code kadb} that reads or sets the offsets of a foreign table. */
enum OffsetFunction {
  COMMIT_OFFSETS(Result.VOID),
  LOAD_PARTITIONS(Result.OFFSETS),
  PARTITIONS_OBTAIN(Result.VOID),
  PARTITIONS_CLEAN(Result.VOID),
  PARTITIONS_RESET(Result.VOID),
  LOAD_OFFSETS_AT_TIMESTAMP(Result.OFFSETS, OffsetFunction.MILLISECONDS),
  OFFSETS_TO_TIMESTAMP(Result.VOID, OffsetFunction.MILLISECONDS),
  LOAD_OFFSETS_EARLIEST(Result.OFFSETS),
  OFFSETS_TO_EARLIEST(Result.VOID),
  LOAD_OFFSETS_LATEST(Result.OFFSETS),
  OFFSETS_TO_LATEST(Result.VOID),
  LOAD_OFFSETS_COMMITTED(Result.OFFSETS),
  OFFSETS_TO_COMMITTED(Result.VOID);

  private static final String MILLISECONDS = "milliseconds";

  /** What a call gives. */
  enum Result {
    /** Rows as {@code kadb.offsets} has them; nothing is changed. */
    OFFSETS,
    /** One empty value; something was changed. */
    VOID
  }

  private final Result result;
  private final List<String> parameters;

  OffsetFunction(Result result, String... further) {
    this.result = result;
    this.parameters = further.length == 0 ? List.of("table") : List.of("table", further[0]);
  }

  /** Returns the function of this name, which stands in schema {@code kadb}. */
  static Optional<OffsetFunction> named(String name) {
    return Arrays.stream(values()).filter(f -> f.sqlName().equals(name)).findFirst();
  }

  /** Returns the name in its schema. */
  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Result result() {
    return result;
  }

  /** Returns the names of the parameters: a table and perhaps a time. */
  List<String> parameters() {
    return parameters;
  }

  /** Returns whether it concerns only partitions that have a stored offset. */
  boolean isAboutStored() {
    return this != LOAD_PARTITIONS && this != PARTITIONS_OBTAIN && this != PARTITIONS_RESET;
  }

  /** Returns how it is called, as texts show it. */
  String signature() {
    return this + "(" + String.join(", ", parameters) + ")";
  }

  /** Returns the name with the schema. */
  @Override
  public String toString() {
    return OffsetsTable.SCHEMA + "." + sqlName();
  }
}
