package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.store.OffsetChange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the rows of INSERT, UPDATE and DELETE on {@code kadb.offsets} into changes of the store.
 */
final class OffsetChanges {
  private static final long LAST_OID = 0xFFFF_FFFFL;

  private final Transaction transaction;
  private final Set<List<Object>> inserted = new HashSet<>();
  private final Set<List<Object>> deleted = new HashSet<>();
  private final Map<Long, SortedMap<Integer, Long>> stored = new HashMap<>();

  OffsetChanges(Transaction transaction) {
    this.transaction = transaction;
  }

  /**
   * Returns the changes, together with those that the statement's query makes.
   *
   * @param moves the offsets that the query moves by what it reads and calls; what the statement
   *     itself says comes after them
   * @throws KadbException 23505 if a row with the same key is there, 23502 if a value is NULL
   */
  List<OffsetChange> of(DmlPlan plan, List<@Nullable Object[]> rows, List<OffsetChange> moves) {
    List<OffsetChange> changes = new ArrayList<>(moves);
    for (OffsetChange move : moves) {
      (move.next().isPresent() ? inserted : deleted).add(List.of(move.ftoid(), move.partition()));
    }
    if (plan instanceof DmlPlan.OffsetsInsert insert) {
      rows.forEach(row -> changes.add(insert(row, insert.columns())));
    } else if (plan instanceof DmlPlan.OffsetsUpdate) {
      rows.stream().filter(this::keyChanges).forEach(row -> changes.add(delete(row)));
      rows.forEach(row -> changes.add(keyChanges(row) ? insert(row, List.of(3, 4, 5)) : move(row)));
    } else {
      rows.forEach(row -> changes.add(delete(row)));
    }
    return folded(changes);
  }

  /** A row that is deleted and inserted again under the same key is one change. */
  static List<OffsetChange> folded(List<OffsetChange> changes) {
    Map<List<Object>, OffsetChange> byKey = new LinkedHashMap<>();
    for (OffsetChange change : changes) {
      byKey.merge(
          List.of(change.ftoid(), change.partition()),
          change,
          (first, second) ->
              new OffsetChange(first.ftoid(), first.partition(), first.expected(), second.next()));
    }
    return List.copyOf(byKey.values());
  }

  private boolean keyChanges(@Nullable Object[] row) {
    return number(row, 0) != number(row, 3) || number(row, 1) != number(row, 4);
  }

  private OffsetChange insert(@Nullable Object[] row, List<Integer> columns) {
    long ftoid = number(row, columns.get(0));
    if (ftoid < 0 || ftoid > LAST_OID) {
      throw new KadbException(
              ErrorCode.NUMBER_OUT_OF_RANGE, "found " + ftoid + ", wanted an OID: 0 to " + LAST_OID)
          .inColumn("kadb.offsets.ftoid");
    }
    int partition = Math.toIntExact(number(row, columns.get(1)));
    List<Object> key = List.of(ftoid, partition);
    boolean there = stored(ftoid).containsKey(partition) && !deleted.contains(key);
    if (there || !inserted.add(key)) {
      throw new KadbException(
          ErrorCode.UNIQUE_VIOLATION,
          "kadb.offsets has a row for ftoid " + ftoid + ", prt " + partition + " already");
    }
    return new OffsetChange(
        ftoid, partition, OptionalLong.empty(), OptionalLong.of(number(row, columns.get(2))));
  }

  /** Returns a table's offsets as they were before the statement, asked for once. */
  private SortedMap<Integer, Long> stored(long ftoid) {
    return stored.computeIfAbsent(ftoid, transaction::offsets);
  }

  private OffsetChange move(@Nullable Object[] row) {
    return new OffsetChange(
        number(row, 0),
        (int) number(row, 1),
        OptionalLong.of(number(row, 2)),
        OptionalLong.of(number(row, 5)));
  }

  private OffsetChange delete(@Nullable Object[] row) {
    deleted.add(List.of(number(row, 0), (int) number(row, 1)));
    return new OffsetChange(
        number(row, 0),
        (int) number(row, 1),
        OptionalLong.of(number(row, 2)),
        OptionalLong.empty());
  }

  private static long number(@Nullable Object[] row, int column) {
    Object value = column < 0 ? null : row[column];
    if (value == null) {
      throw new KadbException(ErrorCode.NULL_NOT_ALLOWED, "found NULL, wanted a value")
          .inColumn("kadb.offsets." + OffsetsTable.COLUMNS.get(Math.floorMod(column, 3)));
    }
    if (value instanceof BigDecimal || value instanceof Double || value instanceof Float) {
      return new BigDecimal(value.toString()).setScale(0, RoundingMode.HALF_UP).longValueExact();
    } else if (value instanceof Number number) {
      return number.longValue();
    }
    throw new KadbException(
        ErrorCode.DATATYPE_MISMATCH, "kadb.offsets takes whole numbers, found a text");
  }
}
