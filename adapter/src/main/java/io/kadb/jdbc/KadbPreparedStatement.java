package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.sql.Prepared;
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
final class KadbPreparedStatement extends KadbStatement implements ParameterSetters {
  /** Stands for a parameter that was not set. */
  private static final Object UNSET = new Object();

  private final Prepared prepared;
  private final @Nullable Object[] values;

  KadbPreparedStatement(KadbConnection connection, Prepared prepared) {
    super(connection);
    this.prepared = prepared;
    this.values = new Object[prepared.parameters().size()];
    Arrays.fill(values, UNSET);
  }

  @Override
  public boolean execute() throws SQLException {
    beginRuns();
    return run(bound(), Wanted.ANYTHING);
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    beginRuns();
    run(bound(), Wanted.ROWS);
    return resultOfQuery();
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    beginRuns();
    run(bound(), Wanted.COUNT);
    return lastUpdateCount();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return (int) Math.min(executeLargeUpdate(), Integer.MAX_VALUE);
  }

  @Override
  public void addBatch() throws SQLException {
    checkOpen();
    addToBatch(bound());
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
    return prepared.kind() == Prepared.Kind.QUERY
        ? new KadbResultSetMetaData(prepared.columns())
        : null;
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return new KadbParameterMetaData(prepared.parameters());
  }

  @Override
  public void set(int parameter, ParameterValue value) throws SQLException {
    checkOpen();
    if (parameter < 1 || parameter > values.length) {
      throw SqlExceptions.of(
          ErrorCode.BAD_PARAMETER,
          "there is no parameter " + parameter + ": the statement has " + values.length);
    }
    try {
      values[parameter - 1] = value.as(prepared.parameters().get(parameter - 1).type());
    } catch (RuntimeException e) {
      throw SqlExceptions.of(e);
    }
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
        "a PreparedStatement runs its own text: call the method without one",
        SqlExceptions.OBJECT_CLOSED,
        null);
  }

  private Source bound() throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == UNSET) {
        throw SqlExceptions.of(ErrorCode.BAD_PARAMETER, "parameter " + (i + 1) + " is not set");
      }
    }
    List<@Nullable Object> parameters = new ArrayList<>(Arrays.asList(values));
    return new Source.Bound(prepared, Collections.unmodifiableList(parameters));
  }
}
