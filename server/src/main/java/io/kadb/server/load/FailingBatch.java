package io.kadb.server.load;

import io.kadb.catalog.TableName;
import io.kadb.load.LoadWatch;
import io.kadb.load.LoadedBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of a batch that the warehouse refused, kept in a table of their own. They are read from
 * the topic once more, without moving offsets: those that were there are gone with the transaction.
 */
final class FailingBatch {
  private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final int LONGEST_STEM = 63 - "_failed_".length() - 14;

  private final LoadSession session;

  FailingBatch(LoadSession session) {
    this.session = session;
  }

  /** Keeps the rows, in a transaction of its own; returns where, in words. */
  String save(LoadedBatch batch) throws SQLException {
    Connection kadb = session.kadb();
    kadb.rollback();
    Sql.run(kadb, "SET kadb.scan_mode = 'peek'");
    SourceTable source = session.source();
    TableName kept = table(source.name());
    session.inWarehouse(List.of(BatchSql.stage(source.columns())));
    LoadedBatch read =
        session
            .loads()
            .insert(
                BatchSql.staging(source.name(), source.columns(), " WHERE " + ranges(batch)),
                "pg." + kept,
                LoadWatch.NOBODY);
    session.inWarehouse(
        List.of("CREATE TABLE " + Quoting.table(kept) + " AS SELECT * FROM " + BatchSql.STAGE));
    forget(read.loadId());
    kadb.commit();
    return "the batch's %s are kept in table %s of the warehouse"
        .formatted(ProgressText.count(read.rowsWritten(), "row"), kept);
  }

  /** Nothing was loaded, so the history is not to say so; without the right to that it does. */
  private void forget(long loadId) {
    try {
      session.inWarehouse(List.of("DELETE FROM kadb.loads WHERE load_id = " + loadId));
    } catch (SQLException e) {
      // The table that the history then names says what it was.
      return;
    }
  }

  /** Next to the job's definition; if the warehouse has no such schema, next to the target. */
  private TableName table(TableName source) throws SQLException {
    boolean there =
        session
            .loads()
            .inWarehouse(
                warehouse ->
                    !Sql.rows(
                            warehouse,
                            "SELECT 1 FROM pg_namespace WHERE nspname = ?",
                            source.schema())
                        .isEmpty());
    String stem = source.table();
    return new TableName(
        there ? source.schema() : session.job().target().table().schema(),
        stem.substring(0, Math.min(stem.length(), LONGEST_STEM))
            + "_failed_"
            + MOMENT.format(LocalDateTime.now(ZoneOffset.UTC)));
  }

  private static String ranges(LoadedBatch batch) {
    return batch.partitions().stream()
        .filter(taken -> !taken.range().isEmpty())
        .map(
            taken ->
                "(_partition = %d AND _offset >= %d AND _offset < %d)"
                    .formatted(taken.partition(), taken.range().start(), taken.range().end()))
        .collect(Collectors.joining(" OR "));
  }
}
