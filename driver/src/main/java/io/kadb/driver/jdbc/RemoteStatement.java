package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import io.kadb.driver.wire.Expected;
import io.kadb.driver.wire.Outcome;
import io.kadb.driver.wire.ServerStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement: runs SQL, one run at a time, and owns the result of the last run. Running it again
 * ends that result. Any thread may cancel or close it.
 */
class RemoteStatement extends RemoteStatementSettings {
  private final RemoteConnection connection;
  private final List<String> batch = new ArrayList<>();

  private Warnings warnings = new Warnings();
  private Warnings.View warningsView = warnings.view();
  private long updateCount = -1;
  private boolean closeOnCompletion;
  private volatile @Nullable ServerStatement atServer;
  private volatile @Nullable RemoteResultSet result;
  private volatile @Nullable Thread runner;
  private volatile boolean cancelled;
  private volatile boolean closed;

  /**
   * A statement.
   *
   * @param atServer what the server has of it; null until it is first needed
   */
  RemoteStatement(RemoteConnection connection, @Nullable ServerStatement atServer) {
    super(connection.statementDefaults());
    this.connection = connection;
    this.atServer = atServer;
  }

  /** Runs something on the server's statement. */
  @FunctionalInterface
  interface Execution<T> {
    T execute(ServerStatement statement) throws SQLException;
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    return run(sql, Expected.ANYTHING);
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    run(sql, Expected.ROWS);
    return resultOfQuery();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    run(sql, Expected.COUNT);
    return updateCount;
  }

  private boolean run(@Nullable String sql, Expected expected) throws SQLException {
    checkOpen();
    if (sql == null) {
      throw SqlExceptions.of("the statement's text is null", States.SYNTAX);
    }
    return run(statement -> statement.execute(sql, expected, limits()), expected);
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    checkOpen();
    batch.add(Checks.notNull("the statement's text", sql));
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    beginRun();
    List<String> texts = new ArrayList<>(batch);
    batch.clear();
    return texts.isEmpty()
        ? new long[0]
        : running(statement -> BatchRun.of(texts, some -> statement.executeBatch(some, limits())));
  }

  /** Ends what an earlier execution left, before the next. */
  final void beginRun() throws SQLException {
    checkOpen();
    endResult();
    warnings = new Warnings();
    warningsView = warnings.view();
    updateCount = -1;
    cancelled = false;
  }

  /** Runs a statement once; returns whether it gave rows. */
  final boolean run(Execution<Outcome> execution, Expected expected) throws SQLException {
    beginRun();
    return running(statement -> take(statement, execution.execute(statement), expected));
  }

  /** Runs something on the server's statement, which other threads may then cancel. */
  final <T> T running(Execution<T> execution) throws SQLException {
    runner = Thread.currentThread();
    try {
      ServerStatement statement = atServer();
      // After the thread is known to whoever closes: one of the two sees the other.
      checkOpen();
      return execution.execute(statement);
    } catch (SQLException e) {
      ServerStatement known = atServer;
      if (known != null && !connection.isClosed()) {
        warnings.addQuietly(known::takeWarnings);
      }
      throw explained(e);
    } finally {
      runner = null;
      connection.settingsMayHaveChanged();
    }
  }

  private ServerStatement atServer() throws SQLException {
    ServerStatement known = atServer;
    if (known == null) {
      known = ServerStatement.create(connection.session());
      atServer = known;
    }
    return known;
  }

  private boolean take(ServerStatement statement, Outcome outcome, Expected expected)
      throws SQLException {
    Warnings.View ofResult = warnings.view();
    if (outcome.hasWarnings()) {
      warnings.addQuietly(statement::takeWarnings);
    }
    if (!outcome.hasRows()) {
      expected.check(false);
      updateCount = outcome.updateCount();
      return false;
    }
    if (expected == Expected.COUNT) {
      LastWords.tellQuietly(statement::abandon);
      expected.check(true);
    }
    Cursor cursor =
        new Cursor(new ServerFrames(statement, warnings), outcome.firstFrame(), fetchSize());
    RemoteResultSet newResult = new RemoteResultSet(cursor, outcome.columns(), ofResult, this);
    result = newResult;
    connection.track(newResult);
    if (closed) {
      endResult();
      throw SqlExceptions.closed("statement");
    }
    return true;
  }

  /** Returns the result of a query that has just run. */
  final ResultSet resultOfQuery() throws SQLException {
    RemoteResultSet present = result;
    if (present == null) {
      throw SqlExceptions.closed("result");
    }
    return present;
  }

  /** Returns the count of a statement that has just run. */
  final long lastUpdateCount() {
    return updateCount;
  }

  private void endResult() throws SQLException {
    RemoteResultSet present = result;
    if (present != null) {
      result = null;
      try {
        present.end();
      } finally {
        connection.forget(present);
      }
    }
  }

  /** Learns that the program closed a result of this statement. */
  final void resultClosed(RemoteResultSet closedResult) throws SQLException {
    connection.forget(closedResult);
    if (closeOnCompletion && result == closedResult) {
      close();
    }
  }

  /** Returns a failure as the program gets it: one of time as JDBC has it. */
  final SQLException explained(SQLException e) {
    boolean timeIsUp = States.CANCELLED.equals(e.getSQLState()) && hasQueryTimeout() && !cancelled;
    return timeIsUp && !(e instanceof SQLTimeoutException)
        ? new SQLTimeoutException(e.getMessage(), e.getSQLState(), e.getErrorCode(), e)
        : e;
  }

  @Override
  public void cancel() throws SQLException {
    checkOpen();
    RemoteResultSet open = result;
    ServerStatement known = atServer;
    if (known != null && (runner != null || open != null)) {
      cancelled = true;
      if (open != null) {
        open.cancel();
      }
      known.cancel();
    }
  }

  /** Ends the result, tells the server, and brings a thread that runs the statement out. */
  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    ServerStatement known = atServer;
    Thread inside = runner;
    if (known != null && inside != null && inside != Thread.currentThread()) {
      LastWords.tellQuietly(known::cancel);
    }
    try {
      endResult();
    } finally {
      if (known != null && !connection.isClosed()) {
        LastWords.tellQuietly(known::close);
      }
    }
  }

  @Override
  public boolean isClosed() {
    return closed || connection.isClosed();
  }

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    checkOpen();
    return result;
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    checkOpen();
    return updateCount;
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    updateCount = -1;
    if (current != CLOSE_CURRENT_RESULT && current != CLOSE_ALL_RESULTS) {
      throw SqlExceptions.unsupported("several open results of one statement");
    }
    endResult();
    return false;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warningsView.first();
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warningsView.clear();
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    checkOpen();
    closeOnCompletion = true;
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    checkOpen();
    return closeOnCompletion;
  }

  @Override
  public Connection getConnection() throws SQLException {
    checkOpen();
    return connection;
  }

  @Override
  public final void checkOpen() throws SQLException {
    connection.checkOpen();
    if (closed) {
      throw SqlExceptions.closed("statement");
    }
  }
}
