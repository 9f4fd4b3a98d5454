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
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rejected messages in the store's table. */
final class JdbcRejectTable implements RejectTable {
  /** PostgreSQL's last timestamp is in the year 294276. */
  private static final long MOST_MILLIS = 9_000_000_000_000_000L;

  private static final String BODY = ", message_key, message_value, message_headers";
  private static final String NO_BODY = "";

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
                + " column_name, sqlstate, reason, timestamp_type, message_headers, timestamp_ms,"
                + " rejected_at, message_timestamp, reject_id)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                + (time + ", " + time + ", " + store.newRejectId() + ")"),
            rejected.stream().map(row -> arguments(ftoid, row, now)).toList())
        .length;
  }

  private static @Nullable Object[] arguments(long ftoid, RejectedMessage rejected, long now) {
    KeptMessage message = rejected.message();
    boolean timed = message.timestampType() != TimestampType.NONE;
    long millis = message.timestampMillis();
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
      timed ? millis : null,
      now,
      timed && Math.abs(millis) <= MOST_MILLIS ? millis : null
    };
  }

  @Override
  public List<RejectRow> list() {
    return transaction.read(sql -> sql.query(select(NO_BODY, ""), row -> row(row, NO_BODY)));
  }

  @Override
  public List<RejectRow> list(long ftoid) {
    return transaction.read(
        sql -> sql.query(select(NO_BODY, " WHERE ftoid = ?"), row -> row(row, NO_BODY), ftoid));
  }

  @Override
  public SortedMap<Long, Long> counts() {
    SortedMap<Long, Long> counts = new TreeMap<>();
    transaction
        .read(
            sql ->
                sql.query(
                    "SELECT ftoid, count(*) FROM {rejects} GROUP BY ftoid",
                    row -> Map.entry(row.getLong(1), row.getLong(2))))
        .forEach(each -> counts.put(each.getKey(), each.getValue()));
    return counts;
  }

  @Override
  public Optional<RejectRow> read(long rejectId) {
    return transaction
        .read(
            sql -> sql.query(select(BODY, " WHERE reject_id = ?"), row -> row(row, BODY), rejectId))
        .stream()
        .findFirst();
  }

  private String select(String body, String condition) {
    return "SELECT reject_id, ftoid, topic, prt, off, timestamp_ms, timestamp_type, column_name,"
        + " sqlstate, reason, "
        + (store.millisOfTime("rejected_at")
            + body
            + " FROM {rejects}"
            + condition
            + " ORDER BY reject_id");
  }

  private static RejectRow row(ResultSet row, String body) throws SQLException {
    boolean whole = body.equals(BODY);
    KeptMessage message =
        new KeptMessage(
            row.getString(3),
            row.getInt(4),
            row.getLong(5),
            StoreSql.optionalLong(row, 6).orElse(-1L),
            TimestampType.valueOf(row.getString(7)),
            whole ? row.getBytes(12) : null,
            whole ? row.getBytes(13) : null,
            whole ? HeadersJson.read(row.getString(14)) : List.of());
    RejectedMessage rejected =
        new RejectedMessage(
            message, Optional.ofNullable(row.getString(8)), row.getString(9), row.getString(10));
    return new RejectRow(
        row.getLong(1), row.getLong(2), rejected, Instant.ofEpochMilli(row.getLong(11)));
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
