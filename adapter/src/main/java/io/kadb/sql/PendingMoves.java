package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.store.OffsetChange;
import io.kadb.store.OffsetRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Moves of offsets, with the rejected messages they go with, that wait for a commit. Immutable. */
final class PendingMoves {
  static final PendingMoves NONE = new PendingMoves(new TreeMap<>(), RejectChanges.NONE);

  private final SortedMap<Key, Move> moves;
  private final RejectChanges rejects;

  private PendingMoves(SortedMap<Key, Move> moves, RejectChanges rejects) {
    this.moves = Collections.unmodifiableSortedMap(moves);
    this.rejects = rejects;
  }

  private record Key(long ftoid, int partition) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byTable = Long.compare(ftoid, other.ftoid);
      return byTable != 0 ? byTable : Integer.compare(partition, other.partition);
    }
  }

  /** What a partition's row must be in the store, and what it becomes. */
  private record Move(OptionalLong expected, OptionalLong next) {}

  boolean isEmpty() {
    return moves.isEmpty() && rejects.isEmpty();
  }

  /** Returns a table's stored offsets with the moves applied. */
  SortedMap<Integer, Long> over(long ftoid, SortedMap<Integer, Long> stored) {
    SortedMap<Integer, Long> offsets = new TreeMap<>(stored);
    moves.forEach(
        (key, move) -> {
          if (key.ftoid() == ftoid) {
            move.next()
                .ifPresentOrElse(
                    next -> offsets.put(key.partition(), next),
                    () -> offsets.remove(key.partition()));
          }
        });
    return offsets;
  }

  /** Returns all stored offsets with the moves applied, sorted. */
  List<OffsetRow> over(List<OffsetRow> stored) {
    SortedMap<Key, OffsetRow> rows = new TreeMap<>();
    for (OffsetRow row : stored) {
      rows.put(new Key(row.ftoid(), row.partition()), row);
    }
    moves.forEach(
        (key, move) ->
            move.next()
                .ifPresentOrElse(
                    next -> rows.put(key, new OffsetRow(key.ftoid(), key.partition(), next)),
                    () -> rows.remove(key)));
    return List.copyOf(rows.values());
  }

  /**
   * Returns these moves with further ones.
   *
   * @throws KadbException 40001 if one expects another offset than these moves left: another
   *     statement of the transaction changed it meanwhile
   */
  PendingMoves and(List<OffsetChange> changes, RejectChanges furtherRejects) {
    SortedMap<Key, Move> moved = new TreeMap<>(moves);
    for (OffsetChange change : changes) {
      Key key = new Key(change.ftoid(), change.partition());
      Move earlier = moves.get(key);
      if (earlier != null && !earlier.next().equals(change.expected())) {
        throw movedHere(change, earlier);
      }
      OptionalLong expected = earlier == null ? change.expected() : earlier.expected();
      moved.put(key, new Move(expected, change.next()));
    }
    return new PendingMoves(moved, rejects.and(furtherRejects));
  }

  private static KadbException movedHere(OffsetChange change, Move earlier) {
    return new KadbException(
            ErrorCode.OFFSETS_MOVED,
            "the stored offset of table "
                + change.ftoid()
                + ", partition "
                + change.partition()
                + " was changed in this transaction: found "
                + shown(earlier.next())
                + ", wanted "
                + shown(change.expected()))
        .withHint("end a result before changing the offsets it reads from");
  }

  private static String shown(OptionalLong offset) {
    return offset.isPresent() ? Long.toString(offset.getAsLong()) : "none";
  }

  /** Returns what waits to be done to rejected messages. */
  RejectChanges rejects() {
    return rejects;
  }

  /** Returns the moves to be done in the store. */
  List<OffsetChange> changes() {
    List<OffsetChange> changes = new ArrayList<>();
    moves.forEach(
        (key, move) ->
            changes.add(
                new OffsetChange(key.ftoid(), key.partition(), move.expected(), move.next())));
    return changes;
  }
}
