package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The savepoints of a transaction, the latest last. Of several with one name the latest counts. */
final class SavepointMarks {
  private final List<Mark> marks = new ArrayList<>();

  /**
   * What a savepoint goes back to.
   *
   * @param messages how many messages were on their way to topics
   */
  record Mark(
      String name,
      PendingMoves pending,
      GroupCommits groupCommits,
      long messages,
      boolean storeOpen,
      boolean written) {}

  void add(Mark mark) {
    marks.add(mark);
  }

  /** Returns the latest, or null if there is none. */
  @Nullable Mark last() {
    return marks.isEmpty() ? null : marks.get(marks.size() - 1);
  }

  /**
   * Returns the latest of this name.
   *
   * @throws KadbException 3B001 if there is none
   */
  Mark get(String name) {
    for (int place = marks.size() - 1; place >= 0; place--) {
      if (marks.get(place).name().equals(name)) {
        return marks.get(place);
      }
    }
    throw new KadbException(
        ErrorCode.NO_SUCH_SAVEPOINT, "savepoint " + KadbException.shown(name) + " does not exist");
  }

  /** Forgets those that were set after one. */
  void forgetAfter(Mark mark) {
    while (last() != mark) {
      marks.remove(marks.size() - 1);
    }
  }

  /** Forgets one and those that were set after it. */
  void forgetFrom(Mark mark) {
    forgetAfter(mark);
    marks.remove(marks.size() - 1);
  }

  void clear() {
    marks.clear();
  }
}
