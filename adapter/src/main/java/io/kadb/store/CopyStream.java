package io.kadb.store;

import java.util.OptionalLong;

/**
 * Rows on their way into a table of the warehouse by {@code COPY … FROM STDIN} in text format and
 * UTF-8. Not thread-safe.
 *
 * <p>An error of the warehouse is passed on with its SQLState and the place it names ({@code COPY
 * t, line 3, column x}); lines are counted over the whole stream. After an error the stream is
 * dead, and the transaction has to go back to a savepoint set before.
 */
public interface CopyStream {
  /**
   * Writes bytes of rows. A stream ends a COPY and begins the next only where a call ends at the
   * end of a row, so let calls hold whole rows. An error of the warehouse may arise some calls
   * later.
   */
  void write(byte[] buf, int off, int len);

  /** Ends the stream and returns how many rows the warehouse took. */
  long finish();

  /** Ends the stream, whatever state it is in, without an error. */
  void abort();

  /** Returns the line of the stream, from 1, at which the warehouse failed, if it named one. */
  OptionalLong failedLine();
}
