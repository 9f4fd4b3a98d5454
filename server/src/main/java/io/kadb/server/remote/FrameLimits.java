package io.kadb.server.remote;

import java.time.Duration;

/**
 * How large a frame gets and when it is sent.
 *
 * @param rows the rows of a frame where the client does not say a number
 * @param bytes the most bytes of values; a frame has one row at least
 * @param longestWait how long a request waits for its frame; then it gets what is there, or an
 *     empty frame
 * @param linger how long a request waits for more rows when there are some
 */
public record FrameLimits(int rows, int bytes, Duration longestWait, Duration linger) {
  /** The most rows that a client can have in a frame. */
  public static final int MOST_ROWS = 5_000;

  private static final int FIRST_LINGER = 5;

  /** Checks the limits. */
  public FrameLimits {
    if (rows < 1 || rows > MOST_ROWS || bytes < 1) {
      throw new IllegalArgumentException(rows + " rows, " + bytes + " bytes");
    }
  }

  /**
   * Returns how long a request waits for more rows when there are some: longer for the first frame,
   * so that an error soon after the first rows can still be that of the whole statement.
   */
  Duration linger(boolean first) {
    return first ? linger.multipliedBy(FIRST_LINGER) : linger;
  }

  /** Returns the number of rows for a frame of which a client wants so many. */
  int rowsFor(int wanted) {
    return wanted >= 1 && wanted <= MOST_ROWS ? wanted : rows;
  }
}
