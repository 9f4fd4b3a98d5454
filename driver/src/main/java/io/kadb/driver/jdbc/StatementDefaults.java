package io.kadb.driver.jdbc;

/** What the statements of a connection begin with. Immutable. */
public final class StatementDefaults {
  private final int queryTimeoutSeconds;
  private final int fetchSize;

  /**
   * Defaults.
   *
   * @param queryTimeoutSeconds the most time a run may take; 0 for no limit
   * @param fetchSize the rows that come at a time; 0 if the driver decides
   */
  public StatementDefaults(int queryTimeoutSeconds, int fetchSize) {
    this.queryTimeoutSeconds = queryTimeoutSeconds;
    this.fetchSize = fetchSize;
  }

  int queryTimeoutSeconds() {
    return queryTimeoutSeconds;
  }

  int fetchSize() {
    return fetchSize;
  }
}
