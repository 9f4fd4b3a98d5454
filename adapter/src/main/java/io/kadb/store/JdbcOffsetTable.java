package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The stored offsets in the store's table.
 *
 * <p>A change is a statement that concerns one row if the row is as expected, and none otherwise;
 * the database says which. Changes are made in the order of their keys, so that two sessions with
 * the same partitions wait for each other instead of both.
 */
final class JdbcOffsetTable implements OffsetTable {
  /** Somebody else was faster, or holds the lock: key exists, cannot serialize, deadlock, wait. */
  private static final Set<String> CONTENDED = Set.of("23505", "23000", "40001", "40P01", "55P03");

  private static final Comparator<OffsetChange> BY_KEY =
      Comparator.comparingLong(OffsetChange::ftoid).thenComparingInt(OffsetChange::partition);

  private final StoreTransaction transaction;

  JdbcOffsetTable(StoreTransaction transaction) {
    this.transaction = transaction;
  }

  @Override
  public SortedMap<Integer, Long> read(long ftoid) {
    return transaction.read(sql -> stored(sql, ftoid));
  }

  private static SortedMap<Integer, Long> stored(StoreSql sql, long ftoid) throws SQLException {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    sql.query("SELECT ftoid, prt, off FROM {offsets} WHERE ftoid = ?", JdbcOffsetTable::row, ftoid)
        .forEach(row -> offsets.put(row.partition(), row.offset()));
    return offsets;
  }

  @Override
  public List<OffsetRow> readAll() {
    return transaction.read(
        sql ->
            sql.query(
                "SELECT ftoid, prt, off FROM {offsets} ORDER BY ftoid, prt", JdbcOffsetTable::row));
  }

  private static OffsetRow row(ResultSet row) throws SQLException {
    long ftoid = row.getLong(1);
    int partition = row.getInt(2);
    long offset =
        StoreSql.optionalLong(row, 3)
            .orElseThrow(
                () ->
                    new KadbException(
                            ErrorCode.NULL_NOT_ALLOWED,
                            "kadb.offsets holds NULL for table %s, partition %s"
                                .formatted(ftoid, partition))
                        .withHint("DELETE the row in the store's database, or UPDATE its off"));
    return new OffsetRow(ftoid, partition, offset);
  }

  @Override
  public void apply(List<OffsetChange> changes, Duration lockWait) {
    if (changes.isEmpty()) {
      return;
    }
    List<OffsetChange> sorted = changes.stream().sorted(BY_KEY).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (BY_KEY.compare(sorted.get(i - 1), sorted.get(i)) == 0) {
        throw new KadbException(
            ErrorCode.INTERNAL, "two changes of one stored offset: " + sorted.get(i));
      }
    }
    try {
      transaction.write(lockWait, sql -> applyAll(sql, sorted));
    } catch (KadbException e) {
      if (CONTENDED.contains(e.sqlState()) && e.code() != ErrorCode.OFFSETS_MOVED) {
        throw contended(sorted, lockWait, e);
      }
      throw e;
    }
  }

  private static boolean applyAll(StoreSql sql, List<OffsetChange> changes) throws SQLException {
    applyEach(
        sql,
        "UPDATE {offsets} SET off = ? WHERE ftoid = ? AND prt = ? AND off = ?",
        only(changes, c -> c.expected().isPresent() && c.next().isPresent()),
        c -> new Object[] {c.next().orElseThrow(), c.ftoid(), c.partition(), expected(c)});
    applyEach(
        sql,
        "DELETE FROM {offsets} WHERE ftoid = ? AND prt = ? AND off = ?",
        only(changes, c -> c.expected().isPresent() && c.next().isEmpty()),
        c -> new Object[] {c.ftoid(), c.partition(), expected(c)});
    applyEach(
        sql,
        "INSERT INTO {offsets} (ftoid, prt, off) SELECT ?, ?, ? WHERE NOT EXISTS"
            + " (SELECT 1 FROM {offsets} WHERE ftoid = ? AND prt = ?)",
        only(changes, c -> c.expected().isEmpty() && c.next().isPresent()),
        c ->
            new Object[] {
              c.ftoid(), c.partition(), c.next().orElseThrow(), c.ftoid(), c.partition()
            });
    for (OffsetChange absent : only(changes, c -> c.expected().isEmpty() && c.next().isEmpty())) {
      if (found(sql, absent).isPresent()) {
        throw moved(absent, found(sql, absent));
      }
    }
    return true;
  }

  /** The arguments of the statement that makes a change. */
  @FunctionalInterface
  private interface Arguments {
    Object[] of(OffsetChange change);
  }

  private static void applyEach(
      StoreSql sql, String statement, List<OffsetChange> changes, Arguments arguments)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    int[] counts = sql.updateEach(statement, changes.stream().map(arguments::of).toList());
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 1) {
        throw moved(changes.get(i), found(sql, changes.get(i)));
      }
    }
  }

  private static List<OffsetChange> only(
      List<OffsetChange> changes, Predicate<OffsetChange> condition) {
    return changes.stream().filter(condition).toList();
  }

  private static long expected(OffsetChange change) {
    return change.expected().orElseThrow();
  }

  private static OptionalLong found(StoreSql sql, OffsetChange change) throws SQLException {
    return sql.number(
            "SELECT off FROM {offsets} WHERE ftoid = ? AND prt = ?",
            change.ftoid(),
            change.partition())
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** Finds out what moved; what still stands as expected is being moved right now. */
  private KadbException contended(
      List<OffsetChange> changes, Duration lockWait, KadbException cause) {
    Map<Long, SortedMap<Integer, Long>> tables = new TreeMap<>();
    for (OffsetChange change : changes) {
      Long found = tables.computeIfAbsent(change.ftoid(), this::read).get(change.partition());
      OptionalLong offset = found == null ? OptionalLong.empty() : OptionalLong.of(found);
      if (!offset.equals(change.expected())) {
        return moved(change, offset);
      }
    }
    List<String> concerned = new ArrayList<>();
    tables.keySet().forEach(ftoid -> concerned.add(Long.toString(ftoid)));
    return new KadbException(
            ErrorCode.OFFSETS_MOVED,
            "another session is moving offsets of table %s and did not finish within %s ms"
                .formatted(String.join(", ", concerned), lockWait.toMillis()),
            cause)
        .withHint("run the statement again");
  }

  private static KadbException moved(OffsetChange change, OptionalLong found) {
    return new KadbException(
            ErrorCode.OFFSETS_MOVED,
            "another session moved the offset of table %s, partition %s: expected %s, found %s"
                .formatted(
                    change.ftoid(), change.partition(), shown(change.expected()), shown(found)))
        .withHint("run the statement again");
  }

  private static String shown(OptionalLong offset) {
    return offset.isPresent() ? Long.toString(offset.getAsLong()) : "no row";
  }
}
