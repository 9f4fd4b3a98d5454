package io.kadb.driver.wire;

/** What limits a run of a statement. Immutable. */
public final class StatementLimits {
  /** The most rows of a frame where the program does not say. */
  static final int DEFAULT_FRAME_ROWS = 2_000;

  private static final int MOST_FRAME_ROWS = 5_000;

  static final StatementLimits NONE = new StatementLimits(0, 0, 0);

  private final int queryTimeoutSeconds;
  private final long maxRows;
  private final int fetchSize;

  /**
   * Limits.
   *
   * @param queryTimeoutSeconds the most time a run may take; 0 for no limit
   * @param maxRows the most rows a result gives; 0 for all
   * @param fetchSize the rows that come at a time; 0 if the driver decides
   */
  public StatementLimits(int queryTimeoutSeconds, long maxRows, int fetchSize) {
    this.queryTimeoutSeconds = queryTimeoutSeconds;
    this.maxRows = maxRows;
    this.fetchSize = fetchSize;
  }

  int queryTimeoutSeconds() {
    return queryTimeoutSeconds;
  }

  long maxRows() {
    return maxRows;
  }

  /** Returns the most rows of a frame. */
  int frameRows() {
    return frameRows(fetchSize);
  }

  /** Returns the most rows of a frame for a fetch size. */
  public static int frameRows(int fetchSize) {
    return fetchSize == 0 ? DEFAULT_FRAME_ROWS : Math.min(fetchSize, MOST_FRAME_ROWS);
  }

  /** Returns whether the server need not be told: each request names its frame size. */
  boolean sameAtServer(StatementLimits other) {
    return queryTimeoutSeconds == other.queryTimeoutSeconds && maxRows == other.maxRows;
  }
}
