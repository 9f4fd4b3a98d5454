package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import io.kadb.driver.wire.StatementLimits;
import java.sql.SQLException;

/** What a program sets on a statement for its later runs. */
abstract class RemoteStatementSettings implements PlainStatement {
  private long maxRows;
  private int queryTimeoutSeconds;
  private int fetchSize;
  private int maxFieldSize;
  private boolean poolable;

  RemoteStatementSettings(StatementDefaults defaults) {
    this.queryTimeoutSeconds = defaults.queryTimeoutSeconds();
    this.fetchSize = defaults.fetchSize();
  }

  /** Returns the limits of the next run. */
  final StatementLimits limits() {
    return new StatementLimits(queryTimeoutSeconds, maxRows, fetchSize);
  }

  final boolean hasQueryTimeout() {
    return queryTimeoutSeconds > 0;
  }

  final int fetchSize() {
    return fetchSize;
  }

  @Override
  public long getLargeMaxRows() throws SQLException {
    checkOpen();
    return maxRows;
  }

  @Override
  public void setLargeMaxRows(long max) throws SQLException {
    checkOpen();
    if (max < 0) {
      throw SqlExceptions.of("max rows: found " + max + ", wanted 0 or more", States.BAD_PARAMETER);
    }
    maxRows = max;
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    checkOpen();
    return queryTimeoutSeconds;
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    checkOpen();
    queryTimeoutSeconds = Checks.notNegative("query timeout", seconds);
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return fetchSize;
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    fetchSize = Checks.notNegative("fetch size", rows);
  }

  @Override
  public int getMaxFieldSize() throws SQLException {
    checkOpen();
    return maxFieldSize;
  }

  @Override
  public void setMaxFieldSize(int max) throws SQLException {
    checkOpen();
    maxFieldSize = Checks.notNegative("max field size", max);
  }

  @Override
  public boolean isPoolable() throws SQLException {
    checkOpen();
    return poolable;
  }

  @Override
  public void setPoolable(boolean on) throws SQLException {
    checkOpen();
    poolable = on;
  }
}
