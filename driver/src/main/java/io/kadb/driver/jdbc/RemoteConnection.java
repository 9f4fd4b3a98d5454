package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import io.kadb.driver.wire.ConnectionCalls;
import io.kadb.driver.wire.Connector;
import io.kadb.driver.wire.ServerStatement;
import io.kadb.driver.wire.Session;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server. Safe for many threads; their requests take turns, except that any of
 * them may cancel and close at any time.
 *
 * <p>Commit ends the open results as closing them would, so that one that stands on its last row
 * counts; rollback gives them up.
 */
public final class RemoteConnection extends RemoteConnectionSettings {
  /** How long a server may think about whether it is there, where the program sets no limit. */
  private static final int VALIDATION_MILLIS = 30_000;

  private static final int MILLIS_PER_SECOND = 1_000;

  private final Session session;
  private final ConnectionCalls calls;
  private final StatementDefaults defaults;
  private final ConnectionDescription description;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Set<RemoteResultSet> openResults = ConcurrentHashMap.newKeySet();
  private final AtomicInteger savepoints = new AtomicInteger();

  /** What the server said of the settings; null when they may have changed. */
  private volatile ConnectionCalls.@Nullable State known;

  public RemoteConnection(
      Connector.Opened opened, StatementDefaults defaults, ConnectionDescription description) {
    this.session = opened.session;
    this.calls = new ConnectionCalls(session);
    this.defaults = defaults;
    this.description = description;
    collectWarnings(opened.warnings);
  }

  Session session() {
    return session;
  }

  StatementDefaults statementDefaults() {
    return defaults;
  }

  ConnectionCalls calls() {
    return calls;
  }

  ConnectionDescription description() {
    return description;
  }

  /** Learns of a result that was opened. */
  void track(RemoteResultSet result) {
    openResults.add(result);
  }

  /** Forgets a result that was closed. */
  void forget(RemoteResultSet result) {
    openResults.remove(result);
  }

  /** Learns that a statement ran, which may have been BEGIN or SET. */
  void settingsMayHaveChanged() {
    known = null;
  }

  private void collectWarnings(boolean there) {
    if (there) {
      warnings().addQuietly(calls::takeWarnings);
    }
  }

  @Override
  public Statement createStatement() throws SQLException {
    checkOpen();
    return new RemoteStatement(this, null);
  }

  @Override
  public PreparedStatement prepareStatement(@Nullable String sql) throws SQLException {
    checkOpen();
    if (sql == null) {
      throw SqlExceptions.of("the statement's text is null", States.SYNTAX);
    }
    return new RemotePreparedStatement(this, ServerStatement.prepare(session, sql));
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    checkOpen();
    return RemoteMetaData.of(this);
  }

  private ConnectionCalls.State state() throws SQLException {
    checkOpen();
    ConnectionCalls.State present = known;
    return present == null ? remember(calls.state()) : present;
  }

  private ConnectionCalls.State remember(ConnectionCalls.State state) {
    known = state;
    collectWarnings(state.warnings);
    return state;
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return state().autoCommit;
  }

  @Override
  public void setAutoCommit(boolean on) throws SQLException {
    if (on != getAutoCommit()) {
      if (on) {
        endResultsOrRollBack();
      }
      remember(calls.setAutoCommit(on));
    }
  }

  @Override
  public void commit() throws SQLException {
    requireTransaction("commit");
    endResultsOrRollBack();
    settingsMayHaveChanged();
    collectWarnings(calls.commit());
  }

  @Override
  public void rollback() throws SQLException {
    requireTransaction("roll back");
    discardResults();
    settingsMayHaveChanged();
    collectWarnings(calls.rollback());
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    int number = savepoints.incrementAndGet();
    return savepoint(new RemoteSavepoint("kadb_savepoint_" + number, number, false));
  }

  @Override
  public Savepoint setSavepoint(@Nullable String name) throws SQLException {
    String notNull = Checks.notNull("the savepoint's name", name);
    return savepoint(new RemoteSavepoint(notNull, savepoints.incrementAndGet(), true));
  }

  private Savepoint savepoint(RemoteSavepoint savepoint) throws SQLException {
    requireTransaction("set a savepoint");
    calls.savepoint("set", savepoint.name());
    return savepoint;
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    checkOpen();
    calls.savepoint("rollback", nameOf(savepoint));
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    checkOpen();
    calls.savepoint("release", nameOf(savepoint));
  }

  private static String nameOf(@Nullable Savepoint savepoint) throws SQLException {
    if (savepoint instanceof RemoteSavepoint) {
      return ((RemoteSavepoint) savepoint).name();
    }
    throw SqlExceptions.of("not a savepoint of this connection", States.NO_SUCH_SAVEPOINT);
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return state().readOnly;
  }

  @Override
  public void setReadOnly(boolean on) throws SQLException {
    checkOpen();
    remember(calls.setReadOnly(on));
  }

  @Override
  public String getSchema() throws SQLException {
    return state().schema;
  }

  @Override
  public void setSchema(@Nullable String schema) throws SQLException {
    checkOpen();
    remember(calls.setSchema(Checks.notNull("the schema's name", schema)));
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    checkOpen();
    return session.networkTimeoutMillis();
  }

  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    checkOpen();
    session.setNetworkTimeoutMillis(Checks.notNegative("network timeout", milliseconds));
  }

  /** Asks the server, also while a statement runs. */
  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    int limit = Checks.notNegative("timeout", timeoutSeconds);
    if (closed.get() || session.isLost()) {
      return false;
    }
    try {
      long millis = limit == 0 ? VALIDATION_MILLIS : (long) limit * MILLIS_PER_SECOND;
      return calls.isValid((int) Math.min(millis, Integer.MAX_VALUE));
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  /** Ends the results: under autocommit as closing them would, otherwise by giving them up. */
  @Override
  public void close() throws SQLException {
    if (!closed.get()) {
      LastWords.tell(this::closeOnce);
    }
  }

  private void closeOnce() throws SQLException {
    boolean keep = !openResults.isEmpty() && !session.isLost() && autoCommitIfKnown();
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      if (keep) {
        endResults();
      } else {
        discardResults();
      }
    } finally {
      closeSession();
    }
  }

  private boolean autoCommitIfKnown() {
    try {
      return getAutoCommit();
    } catch (SQLException e) {
      return false;
    }
  }

  private void closeSession() throws SQLException {
    try {
      session.close();
    } catch (SQLException e) {
      // A server that does not know the connection any more has closed it.
      if (!session.isLost() && !States.CONNECTION_CLOSED.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  /** Gives up whatever runs, at once; the server learns of it by the executor. */
  @Override
  public void abort(@Nullable Executor executor) throws SQLException {
    Executor present = Checks.notNull("the executor", executor);
    if (!closed.getAndSet(true)) {
      session.abort();
      present.execute(session::sayGoodbye);
    }
  }

  /** A commit that fails leaves nothing that a second one could commit. */
  private void endResultsOrRollBack() throws SQLException {
    try {
      endResults();
    } catch (SQLException e) {
      discardResults();
      LastWords.tellQuietly(calls::rollback);
      throw e;
    }
  }

  private void endResults() throws SQLException {
    for (RemoteResultSet result : openResults) {
      openResults.remove(result);
      result.end();
    }
  }

  private void discardResults() {
    for (RemoteResultSet result : openResults) {
      openResults.remove(result);
      result.discard();
    }
  }

  private void requireTransaction(String what) throws SQLException {
    if (getAutoCommit()) {
      throw SqlExceptions.of("cannot " + what + " under autocommit", States.NO_TRANSACTION);
    }
  }

  @Override
  public void checkOpen() throws SQLException {
    if (closed.get()) {
      throw SqlExceptions.of("this connection is closed", States.CONNECTION_CLOSED);
    }
  }
}
