package io.kadb.driver.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** A batch that goes to the server in parts, and the counts of all of them. */
final class BatchRun {
  /** So many statements make a request of a size that servers take. */
  private static final int MOST_AT_ONCE = 1_000;

  private BatchRun() {}

  /** Runs a part and returns its counts. */
  @FunctionalInterface
  interface Part<T> {
    long[] run(List<T> items) throws SQLException;
  }

  /**
   * Runs a batch.
   *
   * @return the counts in order
   * @throws BatchUpdateException if a statement failed; it has the counts of those before
   */
  static <T> long[] of(List<T> items, Part<T> part) throws SQLException {
    long[] counts = new long[items.size()];
    int done = 0;
    while (done < counts.length) {
      int until = Math.min(counts.length, done + MOST_AT_ONCE);
      try {
        long[] some = part.run(items.subList(done, until));
        System.arraycopy(some, 0, counts, done, Math.min(some.length, until - done));
      } catch (SQLException e) {
        throw failure(e, Arrays.copyOf(counts, done));
      }
      done = until;
    }
    return counts;
  }

  private static BatchUpdateException failure(SQLException e, long[] before) {
    long[] inPart =
        e instanceof BatchUpdateException
            ? ((BatchUpdateException) e).getLargeUpdateCounts()
            : new long[0];
    long[] all = Arrays.copyOf(before, before.length + inPart.length);
    System.arraycopy(inPart, 0, all, before.length, inPart.length);
    return new BatchUpdateException(e.getMessage(), e.getSQLState(), e.getErrorCode(), all, e);
  }
}
