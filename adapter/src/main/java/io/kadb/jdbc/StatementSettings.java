package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import java.sql.SQLException;
import java.time.Duration;

/** What a client sets on a statement for its later runs. */
abstract class StatementSettings implements PlainStatement {
  private long maxRows;
  private Duration queryTimeout;
  private int fetchSize;
  private int maxFieldSize;
  private boolean poolable;

  StatementSettings(ConnectionProperties properties) {
    this.queryTimeout = properties.queryTimeout();
    this.fetchSize = properties.fetchSize();
  }

  /** Returns the most rows a result gives; 0 for all. */
  final long maxRows() {
    return maxRows;
  }

  /** Returns the most time a run may take; zero for no limit. */
  final Duration queryTimeout() {
    return queryTimeout;
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
      throw SqlExceptions.of(
          ErrorCode.BAD_PARAMETER, "max rows: found " + max + ", wanted 0 or more");
    }
    maxRows = max;
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    checkOpen();
    return (int) queryTimeout.toSeconds();
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    checkOpen();
    queryTimeout = Duration.ofSeconds(Checks.notNegative("query timeout", seconds));
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
