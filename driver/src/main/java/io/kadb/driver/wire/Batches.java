package io.kadb.driver.wire;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Counts of batches as they travel. */
final class Batches {
  private Batches() {}

  /** Returns the counts in an array of an answer. */
  static long[] counts(@Nullable Object[] array) throws SQLException {
    long[] counts = new long[array.length];
    for (int i = 0; i < counts.length; i++) {
      Object count = array[i];
      if (!(count instanceof Number)) {
        throw Fields.unexpected("a count", count);
      }
      counts[i] = ((Number) count).longValue();
    }
    return counts;
  }

  /** Returns a failure with the counts of the statements before it. */
  static SQLException failure(SQLException failure, @Nullable Object[] counts) throws SQLException {
    return new BatchUpdateException(
        failure.getMessage(),
        failure.getSQLState(),
        failure.getErrorCode(),
        counts(counts),
        failure);
  }
}
