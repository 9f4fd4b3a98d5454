package io.kadb.sql;

import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.jspecify.annotations.Nullable;

/** Reads foreign tables for a statement: a session's run, or plain Calcite's. */
interface ScanHost {
  /**
   * Returns the rows of a scan. Every enumerator of one statement sees the same messages of a
   * table.
   *
   * @param context the engine's context of the statement
   */
  Enumerable<@Nullable Object[]> open(ScanSpec spec, DataContext context);
}
