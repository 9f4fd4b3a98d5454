package io.kadb.sql;

import io.kadb.catalog.TableName;
import java.util.List;
import java.util.Optional;

/** A planned INSERT, UPDATE or DELETE: a query, and what becomes of its rows. */
sealed interface DmlPlan {
  /** Returns the query that gives the rows. */
  PlannedQuery source();

  /**
   * Rows go into a table of the warehouse.
   *
   * @param columns the columns to fill, as many as the query has
   * @param copied the scan that is all of the query, if there is such a one: its rows need not go
   *     through the engine
   */
  record WarehouseInsert(
      TableName table, List<String> columns, PlannedQuery source, Optional<ScanSpec> copied)
      implements DmlPlan {
    /** Returns the table as {@code kadb.loads} names it. */
    String target() {
      return SchemaTree.WAREHOUSE + "." + table;
    }
  }

  /**
   * Rows become messages of a foreign table's topic.
   *
   * @param targets the columns to fill, as many as the query has
   */
  record TopicInsert(KafkaTable table, List<TopicInserts.Target> targets, PlannedQuery source)
      implements DmlPlan {}

  /**
   * Rows become rows of {@code kadb.offsets}.
   *
   * @param columns the place in a row of ftoid, prt and off
   */
  record OffsetsInsert(List<Integer> columns, PlannedQuery source) implements DmlPlan {}

  /** Rows are those to change, old values of ftoid, prt and off first, then the new ones. */
  record OffsetsUpdate(PlannedQuery source) implements DmlPlan {}

  /** Rows are those of {@code kadb.offsets} to delete. */
  record OffsetsDelete(PlannedQuery source) implements DmlPlan {}

  /** Rows are the numbers of those of {@code kadb.rejects} to delete. */
  record RejectsDelete(PlannedQuery source) implements DmlPlan {}
}
