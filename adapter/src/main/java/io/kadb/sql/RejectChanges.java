package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.RejectedMessage;
import io.kadb.store.RejectRow;
import io.kadb.store.RejectTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rejected messages that come into {@code kadb.rejects} and leave it together with a move of
 * offsets. Immutable.
 *
 * @param added the messages that a statement rejected
 * @param removed the numbers of those that gave rows after all
 */
record RejectChanges(List<Added> added, Set<Long> removed) {
  static final RejectChanges NONE = new RejectChanges(List.of(), Set.of());

  RejectChanges {
    added = List.copyOf(added);
    removed = Set.copyOf(removed);
  }

  /** Rejected messages of one foreign table. */
  record Added(long ftoid, List<RejectedMessage> messages) {
    Added {
      messages = List.copyOf(messages);
    }
  }

  /**
   * Returns the removal of rows.
   *
   * @param rows the number of each as its only value
   * @throws KadbException 0A000 for a row that comes into the store only when the transaction
   *     commits, and has no number yet
   */
  static RejectChanges removing(List<@Nullable Object[]> rows) {
    Set<Long> numbers = new HashSet<>();
    for (@Nullable Object[] row : rows) {
      if (!(row[0] instanceof Number number)) {
        throw new KadbException(
                ErrorCode.UNSUPPORTED, "found a message that this transaction itself rejected")
            .withHint("COMMIT before you delete it");
      }
      numbers.add(number.longValue());
    }
    return new RejectChanges(List.of(), numbers);
  }

  boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty();
  }

  RejectChanges and(RejectChanges later) {
    List<Added> allAdded = new ArrayList<>(added);
    allAdded.addAll(later.added);
    Set<Long> allRemoved = new HashSet<>(removed);
    allRemoved.addAll(later.removed);
    return new RejectChanges(allAdded, allRemoved);
  }

  /**
   * Writes the changes down.
   *
   * @throws io.kadb.error.KadbException 40001 if another session removed one of those to be removed
   */
  void applyTo(RejectTable table) {
    added.forEach(each -> table.add(each.ftoid(), each.messages()));
    table.remove(removed);
  }

  /** Returns stored rows without those that were removed. */
  List<RejectRow> over(List<RejectRow> stored) {
    return stored.stream().filter(row -> !removed.contains(row.rejectId())).toList();
  }
}
