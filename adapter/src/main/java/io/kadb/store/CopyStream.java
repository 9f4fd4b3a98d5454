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
  default void write(byte[] buf, int off, int len) {
    write(buf, off, len, CopyTarget.lines(buf, off, len));
  }

  /**
   * Writes bytes of rows, by whoever knows how many rows end in them.
   *
   * @param rows the number of line ends
   */
  void write(byte[] buf, int off, int len, long rows);

  /**
   * Has the warehouse take what was written so far, or fail of it: ends the COPY and begins another
   * with what follows. The last call of {@link #write} has to have ended at the end of a row.
   */
  void settle();

  /** Returns how many lines of the stream the warehouse has taken for good. */
  long settledLines();

  /** Ends the stream and returns how many rows the warehouse took. */
  long finish();

  /** Ends the stream, whatever state it is in, without an error. */
  void abort();

  /** Returns the line of the stream, from 1, at which the warehouse failed, if it named one. */
  OptionalLong failedLine();
}
