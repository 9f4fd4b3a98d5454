package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.wire.Cells;
import io.kadb.driver.wire.Frame;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;

/**
 * The methods of a statement that say the same as others in another form, or for which kadb has no
 * feature: generated keys are always none, cursors have no names.
 */
interface PlainStatement extends Statement {
  /** Refuses if the statement or its connection is closed. */
  void checkOpen() throws SQLException;

  @Override
  default int executeUpdate(String sql) throws SQLException {
    return Checks.atMostInt(executeLargeUpdate(sql));
  }

  @Override
  default boolean execute(String sql, int keys) throws SQLException {
    return execute(sql);
  }

  @Override
  default int executeUpdate(String sql, int keys) throws SQLException {
    return executeUpdate(sql);
  }

  @Override
  default long executeLargeUpdate(String sql, int keys) throws SQLException {
    return executeLargeUpdate(sql);
  }

  @Override
  default boolean execute(String sql, int[] columns) throws SQLException {
    return execute(sql);
  }

  @Override
  default int executeUpdate(String sql, int[] columns) throws SQLException {
    return executeUpdate(sql);
  }

  @Override
  default long executeLargeUpdate(String sql, int[] columns) throws SQLException {
    return executeLargeUpdate(sql);
  }

  @Override
  default boolean execute(String sql, String[] columns) throws SQLException {
    return execute(sql);
  }

  @Override
  default int executeUpdate(String sql, String[] columns) throws SQLException {
    return executeUpdate(sql);
  }

  @Override
  default long executeLargeUpdate(String sql, String[] columns) throws SQLException {
    return executeLargeUpdate(sql);
  }

  @Override
  default int[] executeBatch() throws SQLException {
    return Arrays.stream(executeLargeBatch()).mapToInt(Checks::atMostInt).toArray();
  }

  @Override
  default int getUpdateCount() throws SQLException {
    return Checks.atMostInt(getLargeUpdateCount());
  }

  @Override
  default boolean getMoreResults() throws SQLException {
    return getMoreResults(CLOSE_CURRENT_RESULT);
  }

  @Override
  default int getMaxRows() throws SQLException {
    return Checks.atMostInt(getLargeMaxRows());
  }

  @Override
  default void setMaxRows(int max) throws SQLException {
    setLargeMaxRows(max);
  }

  @Override
  default ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    return new RemoteResultSet(
        new Cursor(FrameSource.NONE, Frame.last(Cells.NONE), 0),
        Collections.emptyList(),
        new Warnings().view(),
        null);
  }

  @Override
  default int getFetchDirection() throws SQLException {
    checkOpen();
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  default void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != ResultSet.FETCH_FORWARD) {
      throw SqlExceptions.unsupported("any fetch direction but FETCH_FORWARD");
    }
  }

  @Override
  default int getResultSetType() throws SQLException {
    checkOpen();
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  default int getResultSetConcurrency() throws SQLException {
    checkOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  default int getResultSetHoldability() throws SQLException {
    checkOpen();
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  /** Does nothing: JDBC's escapes are part of kadb's SQL. */
  @Override
  default void setEscapeProcessing(boolean on) throws SQLException {
    checkOpen();
  }

  @Override
  default void setCursorName(String name) throws SQLException {
    throw SqlExceptions.unsupported("Statement.setCursorName");
  }

  @Override
  default <T> T unwrap(Class<T> wanted) throws SQLException {
    return Checks.unwrap(this, wanted);
  }

  @Override
  default boolean isWrapperFor(Class<?> wanted) {
    return wanted.isInstance(this);
  }
}
