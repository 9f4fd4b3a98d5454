package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import io.kadb.driver.value.ColumnShape;
import io.kadb.driver.value.ParameterValue;
import io.kadb.driver.wire.Expected;
import io.kadb.driver.wire.ServerStatement;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared statement: the same SQL any number of times with other parameters. */
final class RemotePreparedStatement extends RemoteStatement implements ParameterSetters {
  /** Stands for a parameter that was not set. */
  private static final Object UNSET = new Object();

  private final List<ColumnShape> columns;
  private final List<ColumnShape> parameters;
  private final @Nullable Object[] values;
  private final List<List<@Nullable Object>> batch = new ArrayList<>();

  RemotePreparedStatement(RemoteConnection connection, ServerStatement prepared) {
    super(connection, prepared);
    this.columns = prepared.columns();
    this.parameters = prepared.parameters();
    this.values = new Object[parameters.size()];
    Arrays.fill(values, UNSET);
  }

  @Override
  public boolean execute() throws SQLException {
    return run(Expected.ANYTHING);
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    run(Expected.ROWS);
    return resultOfQuery();
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    run(Expected.COUNT);
    return lastUpdateCount();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return (int) Math.min(executeLargeUpdate(), Integer.MAX_VALUE);
  }

  private boolean run(Expected expected) throws SQLException {
    checkOpen();
    List<@Nullable Object> bound = bound();
    return run(statement -> statement.execute(bound, expected, limits()), expected);
  }

  @Override
  public void addBatch() throws SQLException {
    checkOpen();
    batch.add(bound());
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    beginRun();
    List<List<@Nullable Object>> all = new ArrayList<>(batch);
    batch.clear();
    return all.isEmpty()
        ? new long[0]
        : running(
            statement -> BatchRun.of(all, some -> statement.executeValueBatch(some, limits())));
  }

  @Override
  public void clearParameters() throws SQLException {
    checkOpen();
    Arrays.fill(values, UNSET);
  }

  /** Returns the result's columns without running anything; null if there is no result. */
  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return columns.isEmpty() ? null : new RemoteResultSetMetaData(columns);
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return new RemoteParameterMetaData(parameters);
  }

  @Override
  public void set(int parameter, ParameterValue value) throws SQLException {
    checkOpen();
    if (parameter < 1 || parameter > values.length) {
      throw Checks.noSuchParameter(parameter, values.length);
    }
    values[parameter - 1] = value.as(parameters.get(parameter - 1).kind());
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    throw ownTextOnly();
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    throw ownTextOnly();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    throw ownTextOnly();
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    throw ownTextOnly();
  }

  private static SQLException ownTextOnly() {
    return SqlExceptions.of(
        "a PreparedStatement runs its own text: call the method without one", States.OBJECT_CLOSED);
  }

  private List<@Nullable Object> bound() throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == UNSET) {
        throw SqlExceptions.of("parameter " + (i + 1) + " is not set", States.BAD_PARAMETER);
      }
    }
    return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values)));
  }
}
