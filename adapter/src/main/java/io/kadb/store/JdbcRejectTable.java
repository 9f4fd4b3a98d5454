package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.KeptMessage;
import io.kadb.message.RejectedMessage;
import io.kadb.message.TimestampType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rejected messages in the store's table. */
final class JdbcRejectTable implements RejectTable {
  private final JdbcStore store;
  private final StoreTransaction transaction;

  JdbcRejectTable(JdbcStore store, StoreTransaction transaction) {
    this.store = store;
    this.transaction = transaction;
  }

  @Override
  public void add(long ftoid, List<RejectedMessage> rejected) {
    if (!rejected.isEmpty()) {
      transaction.write(JdbcStore.LOCK_WAIT, sql -> add(sql, ftoid, rejected));
    }
  }

  private int add(StoreSql sql, long ftoid, List<RejectedMessage> rejected) throws SQLException {
    String time = store.timeOfMillis("?");
    long now = Instant.now().toEpochMilli();
    return sql.updateEach(
            "INSERT INTO {rejects} (ftoid, topic, prt, off, message_key, message_value,"
                + " column_name, sqlstate, reason, timestamp_type, message_headers, rejected_at,"
                + " message_timestamp, reject_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                + (time + ", " + time + ", " + store.newRejectId() + ")"),
            rejected.stream().map(row -> arguments(ftoid, row, now)).toList())
        .length;
  }

  private static @Nullable Object[] arguments(long ftoid, RejectedMessage rejected, long now) {
    KeptMessage message = rejected.message();
    return new @Nullable Object[] {
      ftoid,
      message.topic(),
      message.partition(),
      message.offset(),
      message.key(),
      message.value(),
      rejected.column().orElse(null),
      rejected.sqlState(),
      rejected.reason().replace('\0', '·'),
      message.timestampType().name(),
      HeadersJson.write(message.headers()),
      now,
      message.timestampType() == TimestampType.NONE ? null : message.timestampMillis()
    };
  }

  @Override
  public List<RejectRow> readAll() {
    return transaction.read(sql -> sql.query(select(""), JdbcRejectTable::row));
  }

  @Override
  public List<RejectRow> read(long ftoid) {
    return transaction.read(
        sql -> sql.query(select(" WHERE ftoid = ?"), JdbcRejectTable::row, ftoid));
  }

  private String select(String condition) {
    return "SELECT reject_id, ftoid, topic, prt, off, message_key, message_value, column_name,"
        + " sqlstate, reason, timestamp_type, message_headers, "
        + (store.millisOfTime("rejected_at") + ", " + store.millisOfTime("message_timestamp"))
        + (" FROM {rejects}" + condition + " ORDER BY reject_id");
  }

  private static RejectRow row(ResultSet row) throws SQLException {
    KeptMessage message =
        new KeptMessage(
            row.getString(3),
            row.getInt(4),
            row.getLong(5),
            StoreSql.optionalLong(row, 14).orElse(-1L),
            TimestampType.valueOf(row.getString(11)),
            row.getBytes(6),
            row.getBytes(7),
            HeadersJson.read(row.getString(12)));
    RejectedMessage rejected =
        new RejectedMessage(
            message, Optional.ofNullable(row.getString(8)), row.getString(9), row.getString(10));
    return new RejectRow(
        row.getLong(1), row.getLong(2), rejected, Instant.ofEpochMilli(row.getLong(13)));
  }

  @Override
  public void remove(Collection<Long> rejectIds) {
    if (!rejectIds.isEmpty()) {
      transaction.write(JdbcStore.LOCK_WAIT, sql -> remove(sql, rejectIds));
    }
  }

  private static int remove(StoreSql sql, Collection<Long> rejectIds) throws SQLException {
    int[] removed =
        sql.updateEach(
            "DELETE FROM {rejects} WHERE reject_id = ?",
            rejectIds.stream().map(id -> new Object[] {id}).toList());
    for (int count : removed) {
      if (count == 0) {
        throw new KadbException(
                ErrorCode.OFFSETS_MOVED, "another session removed rejected messages meanwhile")
            .withHint("run the statement again");
      }
    }
    return removed.length;
  }
}
