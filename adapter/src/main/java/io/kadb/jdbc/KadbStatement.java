package io.kadb.jdbc;

import io.kadb.sql.Outcome;
import io.kadb.sql.Prepared;
import io.kadb.sql.Rows;
import io.kadb.sql.UpdateCount;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/**
 * A statement: runs SQL, one run at a time, and owns the result of the last run. Running it again
 * ends that result. Any thread may cancel or close it.
 */
sealed class KadbStatement extends StatementSettings permits KadbPreparedStatement {
  private final KadbConnection connection;
  private final Batch batch = new Batch();

  private Warnings warnings = new Warnings();
  private Warnings.View warningsView = warnings.view();
  private long updateCount = -1;
  private boolean closeOnCompletion;
  private volatile @Nullable Run run;
  private volatile @Nullable KadbResultSet result;
  private volatile boolean closed;

  KadbStatement(KadbConnection connection) {
    super(connection.properties());
    this.connection = connection;
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    beginRuns();
    return run(Source.of(sql), Wanted.ANYTHING);
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    beginRuns();
    run(Source.of(sql), Wanted.ROWS);
    return resultOfQuery();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    beginRuns();
    run(Source.of(sql), Wanted.COUNT);
    return updateCount;
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    checkOpen();
    addToBatch(Source.of(sql));
  }

  final void addToBatch(Source source) {
    batch.add(source);
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    beginRuns();
    try {
      return batch.run(
          source -> {
            run(source, Wanted.COUNT);
            return updateCount;
          });
    } finally {
      updateCount = -1;
    }
  }

  /** Ends what an earlier execution left, before the next. */
  final void beginRuns() throws SQLException {
    checkOpen();
    endResult();
    warnings = new Warnings();
    warningsView = warnings.view();
    updateCount = -1;
  }

  /** Runs a statement; returns whether it gave rows. */
  final boolean run(Source source, Wanted wanted) throws SQLException {
    Run newRun = connection.beginRun(queryTimeout(), warnings);
    run = newRun;
    try {
      // After the run is known to whoever closes: one of the two sees the other.
      checkOpen();
      return runInside(newRun, source, wanted);
    } finally {
      newRun.collectNotices();
      connection.endRun(newRun);
    }
  }

  private boolean runInside(Run inside, Source source, Wanted wanted) throws SQLException {
    inside.enter();
    try {
      Prepared prepared = source.prepare(connection.engine());
      wanted.check(prepared.kind());
      Outcome outcome =
          connection.engine().execute(prepared, source.parameters(), inside.control());
      return take(outcome, inside, wanted);
    } catch (RuntimeException | Error e) {
      throw inside.failure(e);
    } finally {
      inside.leave();
    }
  }

  private boolean take(Outcome outcome, Run of, Wanted wanted) throws SQLException {
    if (outcome instanceof UpdateCount count) {
      if (wanted == Wanted.ROWS) {
        throw Wanted.noRows();
      }
      updateCount = count.count();
      return false;
    }
    Rows rows = (Rows) outcome;
    Cursor cursor = new Cursor(rows, of, maxRows());
    if (wanted == Wanted.COUNT) {
      cursor.close();
      throw Wanted.unwantedRows();
    }
    KadbResultSet newResult = new KadbResultSet(cursor, rows.columns(), warnings.view(), this);
    newResult.setFetchSize(fetchSize());
    result = newResult;
    connection.track(newResult);
    return true;
  }

  /** Returns the result of a query that has just run. */
  final ResultSet resultOfQuery() throws SQLException {
    KadbResultSet present = result;
    if (present == null) {
      throw Wanted.noRows();
    }
    return present;
  }

  /** Returns the count of a statement that has just run. */
  final long lastUpdateCount() {
    return updateCount;
  }

  private void endResult() throws SQLException {
    KadbResultSet present = result;
    if (present != null) {
      result = null;
      try {
        present.end();
      } finally {
        connection.forget(present);
      }
    }
  }

  /** Learns that the client closed a result of this statement. */
  final void resultClosed(KadbResultSet closedResult) throws SQLException {
    connection.forget(closedResult);
    if (closeOnCompletion && result == closedResult) {
      close();
    }
  }

  @Override
  public void cancel() throws SQLException {
    checkOpen();
    Run present = run;
    if (present != null) {
      present.cancel();
    }
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    Run present = run;
    if (present != null) {
      // A thread that is just executing comes out, and leaves a result to end or none.
      present.enterToEnd();
      present.leave();
    }
    endResult();
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
    collectNotices();
    return warningsView.first();
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    collectNotices();
    warningsView.clear();
  }

  private void collectNotices() {
    Run present = run;
    if (present != null) {
      present.collectNotices();
    }
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

  /** Returns the connection as this package sees it. */
  final KadbConnection kadbConnection() {
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
