package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.load.LoadWatch;
import io.kadb.load.LoadedBatch;
import io.kadb.sql.Prepared;
import io.kadb.sql.RunControl;
import io.kadb.sql.TableTopic;
import io.kadb.sql.WarehouseTarget;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection: a session and the lock that gives it to one thread at a time. Safe for many
 * threads; they take turns, except that any of them may cancel and close at any time.
 *
 * <p>Commit ends the open results as closing them would, so that one that stands on its last row
 * counts; rollback gives them up.
 */
final class KadbConnection extends ConnectionSettings implements Topics, WarehouseLoads {
  private static final String NO_TRANSACTION = "25P01";

  private final Engine engine;
  private final ConnectionProperties properties;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Set<KadbResultSet> openResults = ConcurrentHashMap.newKeySet();
  private final Set<Run> executing = ConcurrentHashMap.newKeySet();
  private final AtomicInteger savepoints = new AtomicInteger();

  KadbConnection(Engine engine, ConnectionProperties properties) {
    this.engine = engine;
    this.properties = properties;
    for (String name : properties.unknown()) {
      warn("unknown connection property " + KadbException.shown(name) + " is ignored");
    }
  }

  Engine engine() {
    return engine;
  }

  ConnectionProperties properties() {
    return properties;
  }

  /** Begins a run, which closing this connection ends; {@link #endRun} must follow. */
  Run beginRun(Duration timeout, Warnings runWarnings) {
    Run run = new Run(lock, timeout, runWarnings);
    executing.add(run);
    return run;
  }

  /** Ends the part of a run that {@code execute} is; its result may still be open. */
  void endRun(Run run) {
    executing.remove(run);
  }

  /** Learns of a result that was opened. */
  void track(KadbResultSet result) {
    openResults.add(result);
  }

  /** Forgets a result that was closed. */
  void forget(KadbResultSet result) {
    openResults.remove(result);
  }

  @Override
  public Statement createStatement() throws SQLException {
    checkOpen();
    return new KadbStatement(this);
  }

  @Override
  public PreparedStatement prepareStatement(@Nullable String sql) throws SQLException {
    if (sql == null) {
      throw SqlExceptions.of(ErrorCode.SYNTAX, "the statement's text is null");
    }
    Prepared prepared = inSession(session -> session.prepare(sql));
    return new KadbPreparedStatement(this, prepared);
  }

  @Override
  public TableTopic topic(String table) throws SQLException {
    return inSession(session -> session.topic(table));
  }

  @Override
  public LoadedBatch insert(String insert, String target, LoadWatch watch) throws SQLException {
    return inRun(
        (session, control) ->
            session.load(session.prepare(insert), new WarehouseTarget(target, watch), control));
  }

  @Override
  public <T> T inWarehouse(Work<T> work) throws SQLException {
    return inRun((session, control) -> session.inWarehouse("(warehouse)", work::on, control));
  }

  private <T> T inRun(BiFunction<Engine, RunControl, T> action) throws SQLException {
    Run run = beginRun(properties.queryTimeout(), warnings());
    try {
      checkOpen();
      run.enter();
      try {
        return action.apply(engine, run.control());
      } catch (RuntimeException | Error e) {
        throw run.failure(e);
      } finally {
        run.leave();
      }
    } finally {
      run.collectNotices();
      endRun(run);
    }
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    checkOpen();
    return new KadbDatabaseMetaData(this);
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    checkOpen();
    return engine.autoCommit();
  }

  @Override
  public void setAutoCommit(boolean on) throws SQLException {
    doInSession(
        () -> {
          if (on != engine.autoCommit()) {
            if (on) {
              endResultsOrRollBack();
            }
            engine.setAutoCommit(on);
          }
        });
  }

  @Override
  public void commit() throws SQLException {
    doInSession(
        () -> {
          requireTransaction("commit");
          endResultsOrRollBack();
          engine.commit();
        });
  }

  @Override
  public void rollback() throws SQLException {
    doInSession(
        () -> {
          requireTransaction("roll back");
          discardResults();
          engine.rollback();
        });
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return savepoint(null);
  }

  @Override
  public Savepoint setSavepoint(@Nullable String name) throws SQLException {
    if (name == null) {
      throw SqlExceptions.of(ErrorCode.BAD_PARAMETER, "the savepoint's name is null");
    }
    return savepoint(name);
  }

  private Savepoint savepoint(@Nullable String name) throws SQLException {
    if (getAutoCommit()) {
      throw noTransaction("set a savepoint");
    }
    String known = inSession(session -> session.setSavepoint(name));
    return new KadbSavepoint(known, savepoints.incrementAndGet(), name != null);
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    String name = nameOf(savepoint);
    doInSession(() -> engine.rollbackTo(name));
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    String name = nameOf(savepoint);
    doInSession(() -> engine.releaseSavepoint(name));
  }

  private static String nameOf(@Nullable Savepoint savepoint) throws SQLException {
    if (savepoint instanceof KadbSavepoint own) {
      return own.name();
    }
    throw SqlExceptions.of(ErrorCode.NO_SUCH_SAVEPOINT, "not a savepoint of this connection");
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return engine.readOnly();
  }

  @Override
  public void setReadOnly(boolean on) throws SQLException {
    doInSession(() -> engine.setReadOnly(on));
  }

  @Override
  public String getSchema() throws SQLException {
    checkOpen();
    return engine.schema();
  }

  @Override
  public void setSchema(@Nullable String schema) throws SQLException {
    if (schema == null) {
      throw SqlExceptions.of(ErrorCode.BAD_PARAMETER, "the schema's name is null");
    }
    doInSession(() -> engine.setSchema(schema));
  }

  /** Asks the store; a connection that runs a statement at this moment is valid. */
  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    Checks.notNegative("timeout", timeoutSeconds);
    if (closed.get()) {
      return false;
    }
    if (!lock.tryLock()) {
      return true;
    }
    try {
      return engine.isValid();
    } catch (RuntimeException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public void close() throws SQLException {
    if (!closed.getAndSet(true)) {
      executing.forEach(Run::stop);
      openResults.forEach(KadbResultSet::stop);
      release(false);
    }
  }

  /** Gives up whatever runs, at once; the store's connection is closed by the executor. */
  @Override
  public void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlExceptions.of(ErrorCode.BAD_PARAMETER, "the executor is null");
    }
    if (!closed.getAndSet(true)) {
      executing.forEach(Run::cancel);
      openResults.forEach(KadbResultSet::stop);
      executor.execute(
          () -> {
            try {
              release(true);
            } catch (SQLException e) {
              throw new IllegalStateException("closing an aborted connection failed", e);
            }
          });
    }
  }

  private void release(boolean discard) throws SQLException {
    lock.lock();
    try {
      if (discard || !engine.autoCommit()) {
        discardResults();
      } else {
        endResults();
      }
    } catch (RuntimeException | Error e) {
      throw SqlExceptions.of(e);
    } finally {
      try {
        engine.close();
      } catch (RuntimeException e) {
        throw SqlExceptions.of(e);
      } finally {
        lock.unlock();
      }
    }
  }

  /** A commit that fails leaves nothing that a second one could commit. */
  private void endResultsOrRollBack() throws SQLException {
    try {
      endResults();
    } catch (SQLException | RuntimeException | Error e) {
      try {
        discardResults();
        engine.rollback();
      } catch (RuntimeException rollback) {
        e.addSuppressed(rollback);
      }
      throw e;
    }
  }

  private void endResults() throws SQLException {
    for (KadbResultSet result : openResults) {
      openResults.remove(result);
      result.end();
    }
  }

  private void discardResults() {
    for (KadbResultSet result : openResults) {
      openResults.remove(result);
      result.discard();
    }
  }

  @Override
  public void checkOpen() throws SQLException {
    if (closed.get()) {
      throw SqlExceptions.of(ErrorCode.CONNECTION_CLOSED, "this connection is closed");
    }
  }

  private void requireTransaction(String what) throws SQLException {
    if (engine.autoCommit()) {
      throw noTransaction(what);
    }
  }

  private static SQLException noTransaction(String what) {
    return SqlExceptions.of("cannot " + what + " under autocommit", NO_TRANSACTION, null);
  }

  /** Runs something with the session. */
  <T> T inSession(Function<Engine, T> action) throws SQLException {
    checkOpen();
    lock.lock();
    try {
      checkOpen();
      return action.apply(engine);
    } catch (RuntimeException | Error e) {
      throw SqlExceptions.of(e);
    } finally {
      lock.unlock();
    }
  }

  private void doInSession(Action action) throws SQLException {
    checkOpen();
    lock.lock();
    try {
      checkOpen();
      action.run();
    } catch (RuntimeException | Error e) {
      throw SqlExceptions.of(e);
    } finally {
      lock.unlock();
    }
  }

  /** Something done with the session. */
  @FunctionalInterface
  private interface Action {
    void run() throws SQLException;
  }
}
