package io.kadb.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Statements that are run one after the other; the first that fails ends the batch. */
final class Batch {
  private final List<Source> sources = new ArrayList<>();

  /** Runs one statement and returns its count. */
  @FunctionalInterface
  interface Runner {
    long run(Source source) throws SQLException;
  }

  void add(Source source) {
    sources.add(source);
  }

  void clear() {
    sources.clear();
  }

  /**
   * Runs the batch and empties it.
   *
   * @return the counts in order
   * @throws BatchUpdateException if a statement failed; it has the counts of those before
   */
  long[] run(Runner runner) throws SQLException {
    List<Source> all = List.copyOf(sources);
    sources.clear();
    long[] counts = new long[all.size()];
    for (int i = 0; i < counts.length; i++) {
      try {
        counts[i] = runner.run(all.get(i));
      } catch (SQLException e) {
        throw new BatchUpdateException(
            "statement " + (i + 1) + " of " + counts.length + " in the batch: " + e.getMessage(),
            e.getSQLState(),
            e.getErrorCode(),
            Arrays.copyOf(counts, i),
            e);
      }
    }
    return counts;
  }
}
