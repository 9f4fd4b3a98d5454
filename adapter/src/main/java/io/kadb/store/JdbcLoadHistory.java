package io.kadb.store;

import io.kadb.catalog.TableName;
import io.kadb.message.OffsetRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The load history in the store's table. */
final class JdbcLoadHistory implements LoadHistory {
  private final JdbcStore store;
  private final StoreTransaction transaction;

  JdbcLoadHistory(JdbcStore store, StoreTransaction transaction) {
    this.store = store;
    this.transaction = transaction;
  }

  @Override
  public long add(List<LoadRow> rows) {
    return transaction.write(JdbcStore.LOCK_WAIT, sql -> add(sql, rows));
  }

  private long add(StoreSql sql, List<LoadRow> rows) throws SQLException {
    long loadId = sql.number(store.nextLoadId()).orElseThrow();
    String time = store.timeOfMillis("?");
    sql.updateEach(
        "INSERT INTO {loads} (load_id, ftoid, table_schema, table_name, target, prt, begin_off,"
            + " end_off, row_count, reject_count, byte_count, outcome, started_at, finished_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
            + (time + ", " + time + ")"),
        rows.stream().map(row -> arguments(loadId, row)).toList());
    return loadId;
  }

  private static Object[] arguments(long loadId, LoadRow row) {
    return new Object[] {
      loadId,
      row.ftoid(),
      row.table().schema(),
      row.table().table(),
      row.target(),
      row.partition(),
      row.range().start(),
      row.range().end(),
      row.counts().rows(),
      row.counts().rejects(),
      row.counts().bytes(),
      row.outcome(),
      row.startedAt().toEpochMilli(),
      row.finishedAt().toEpochMilli()
    };
  }

  @Override
  public List<LoadRow> readAll() {
    return transaction.read(
        sql ->
            sql.query(
                "SELECT load_id, ftoid, table_schema, table_name, target, prt, begin_off, end_off,"
                    + " row_count, reject_count, byte_count, outcome, "
                    + store.millisOfTime("started_at")
                    + ", "
                    + store.millisOfTime("finished_at")
                    + " FROM {loads} ORDER BY load_id, ftoid, prt",
                JdbcLoadHistory::row));
  }

  @Override
  public List<LoadTotal> totals() {
    return transaction.read(
        sql ->
            sql.query(
                "SELECT table_schema, table_name, target, count(DISTINCT load_id), sum(row_count),"
                    + " sum(reject_count), sum(byte_count), "
                    + store.millisOfTime("max(finished_at)")
                    + " FROM {loads} GROUP BY table_schema, table_name, target"
                    + " ORDER BY table_schema, table_name, target",
                JdbcLoadHistory::total));
  }

  private static LoadTotal total(ResultSet row) throws SQLException {
    return new LoadTotal(
        new TableName(row.getString(1), row.getString(2)),
        row.getString(3),
        row.getLong(4),
        new LoadRow.Counts(row.getLong(5), row.getLong(6), row.getLong(7)),
        Instant.ofEpochMilli(row.getLong(8)));
  }

  private static LoadRow row(ResultSet row) throws SQLException {
    return new LoadRow(
        row.getLong(1),
        row.getLong(2),
        new TableName(row.getString(3), row.getString(4)),
        row.getString(5),
        row.getInt(6),
        new OffsetRange(row.getLong(7), row.getLong(8)),
        new LoadRow.Counts(row.getLong(9), row.getLong(10), row.getLong(11)),
        Instant.ofEpochMilli(row.getLong(13)),
        Instant.ofEpochMilli(row.getLong(14)),
        row.getString(12));
  }
}
