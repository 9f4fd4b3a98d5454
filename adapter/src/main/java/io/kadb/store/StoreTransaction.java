package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of a session, and the calls in and outside of them.
 *
 * <p>A transaction that has begun is <em>started</em> in the database only when it is first needed:
 * with the first use in PostgreSQL, with the first change in SQLite, where it locks out every other
 * writer. Savepoints set before that have nothing behind them and are never sent: going back to one
 * of them is a rollback, after which the transaction waits for its first use again.
 *
 * <p>Every call is all or nothing. How one ends that fails:
 *
 * <table>
 *   <caption>Failing calls</caption>
 *   <tr><th>the call</th><th>the database refused it</th><th>the connection broke</th></tr>
 *   <tr><td>outside a transaction</td><td>rolled back</td><td>repeated once if the connection was
 *       an old one, since nothing of it can have stayed</td></tr>
 *   <tr><td>first of a transaction</td><td>rolled back, not started again</td><td>the same</td>
 *   </tr>
 *   <tr><td>a later one</td><td>back to a savepoint of its own</td><td>the transaction is lost:
 *       everything fails until the rollback</td></tr>
 *   <tr><td>commit</td><td>rolled back</td><td>08007: it may have happened</td></tr>
 * </table>
 */
final class StoreTransaction {
  /** Something to be done on a connection. */
  @FunctionalInterface
  interface Call<T> {
    T on(StoreSql sql) throws SQLException;
  }

  private static final String CALL = "kadb_call";

  private final JdbcStore store;
  private final StoreConnection connection;
  private final Savepoints savepoints = new Savepoints();
  private @Nullable Throwable lost;
  private boolean begun;
  private boolean started;
  private boolean closed;

  StoreTransaction(JdbcStore store, StoreConnection connection) {
    this.store = store;
    this.connection = connection;
  }

  boolean hasBegun() {
    return begun;
  }

  /** Reads; inside a transaction as part of it. */
  <T> T read(Call<T> call) {
    if (begun && (started || store.startsWithReads())) {
      return inside(call, null);
    }
    boolean reused = connection.isOpen();
    Connection used = free();
    try {
      return call.on(new StoreSql(store, used));
    } catch (SQLException e) {
      if (dropIfBroken(e) && reused) {
        return read(call);
      }
      throw store.failure(e);
    }
  }

  /** Writes all or nothing; outside a transaction in one of its own. */
  <T> T write(Duration lockWait, Call<T> call) {
    if (begun) {
      return inside(call, lockWait);
    }
    begin();
    try {
      T result = inside(call, lockWait);
      commit();
      return result;
    } finally {
      rollback();
    }
  }

  private <T> T inside(Call<T> call, @Nullable Duration lockWait) {
    boolean reused = connection.isOpen();
    boolean first = !started;
    Connection used = free();
    StoreSql sql = new StoreSql(store, used);
    boolean undoable = first;
    try {
      if (first) {
        start(used, lockWait == null ? JdbcStore.LOCK_WAIT : lockWait);
      } else {
        sql.run("SAVEPOINT " + CALL);
        undoable = true;
      }
      T result = limited(call, sql, used, lockWait);
      if (!first) {
        sql.run("RELEASE SAVEPOINT " + CALL);
      }
      return result;
    } catch (SQLException e) {
      KadbException failure = store.failure(e);
      if (store.broken(e)) {
        started = !first;
        lose(failure);
        if (first && reused) {
          return inside(call, lockWait);
        }
      } else if (undoable) {
        undo(sql, first, failure);
      }
      throw failure;
    } catch (RuntimeException | Error e) {
      undo(sql, first, e);
      throw e;
    }
  }

  private <T> T limited(Call<T> call, StoreSql sql, Connection used, @Nullable Duration lockWait)
      throws SQLException {
    if (lockWait == null) {
      return call.on(sql);
    }
    store.limitLockWait(used, lockWait);
    T result = call.on(sql);
    store.unlimitLockWait(used);
    return result;
  }

  private void start(Connection used, Duration lockWait) throws SQLException {
    store.start(used, lockWait, connection::isCancelled);
    started = true;
    savepoints.start();
  }

  private void undo(StoreSql sql, boolean first, Throwable reason) {
    try {
      if (!first) {
        sql.run("ROLLBACK TO SAVEPOINT " + CALL);
        sql.run("RELEASE SAVEPOINT " + CALL);
      } else if (started) {
        started = false;
        store.rollback(connection.get());
      }
    } catch (SQLException e) {
      // The database gave up the whole transaction by itself, as SQLite does on a full disk.
      reason.addSuppressed(e);
      lose(reason);
    }
  }

  /** Returns the connection for somebody else's statements; inside a transaction as part of it. */
  Connection borrow() {
    Connection used = free();
    if (begun && !started) {
      try {
        start(used, JdbcStore.LOCK_WAIT);
      } catch (SQLException e) {
        dropIfBroken(e);
        throw store.failure(e);
      }
    }
    return used;
  }

  /** Returns the error of somebody else's statement. */
  KadbException failed(SQLException e) {
    dropIfBroken(e);
    return store.failure(e);
  }

  void begin() {
    requireOpen();
    if (begun) {
      throw new KadbException(ErrorCode.INTERNAL, "a transaction of the store has begun already");
    }
    begun = true;
  }

  void commit() {
    requireBegun();
    try {
      if (connection.copyIsOpen()) {
        throw new KadbException(ErrorCode.INTERNAL, "commit while a COPY is not finished");
      }
      if (started) {
        store.commit(free());
        started = false;
      }
    } catch (SQLException e) {
      if (dropIfBroken(e)) {
        throw new KadbException(
                ErrorCode.STORE_FAILED, "the connection to the store broke during the commit", e)
            .withForeignState("08007")
            .withHint("look whether the changes are there: they may be");
      }
      throw store.failure(e);
    } finally {
      rollback();
    }
  }

  void rollback() {
    connection.abortCopy();
    if (started && connection.isOpen()) {
      try {
        store.rollback(connection.get());
      } catch (SQLException e) {
        // A connection that cannot roll back is closed, which undoes the transaction as well.
        connection.close();
      }
    }
    begun = false;
    started = false;
    lost = null;
    savepoints.keep(0);
  }

  void savepoint(String name) {
    requireBegun();
    if (started) {
      send("SAVEPOINT " + savepoints.nextSqlName());
    }
    savepoints.add(name);
  }

  void rollbackTo(String name) {
    requireBegun();
    int position = savepoints.positionOf(name);
    connection.abortCopy();
    if (started && savepoints.wasSent(position)) {
      send("ROLLBACK TO SAVEPOINT " + savepoints.firstSentFrom(position).orElseThrow());
    } else if (started) {
      Connection used = free();
      started = false;
      try {
        store.rollback(used);
      } catch (SQLException e) {
        connection.close();
      }
    }
    savepoints.keep(position + 1);
  }

  void release(String name) {
    requireBegun();
    int position = savepoints.positionOf(name);
    if (started) {
      savepoints.firstSentFrom(position).ifPresent(sent -> send("RELEASE SAVEPOINT " + sent));
    }
    savepoints.keep(position);
  }

  /** Rolls back, closes the connection, and refuses everything from here on. */
  void close() {
    rollback();
    connection.close();
    closed = true;
  }

  private void send(String sql) {
    Connection used = free();
    try {
      new StoreSql(store, used).run(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new KadbException(ErrorCode.CONNECTION_CLOSED, "the session of the store is closed");
    }
  }

  /** Checks that a transaction goes on. */
  void requireBegun() {
    requireOpen();
    if (!begun) {
      throw new KadbException(ErrorCode.INTERNAL, "no transaction of the store has begun");
    }
  }

  /** Returns the connection when the session can take a statement. */
  private Connection free() {
    requireOpen();
    if (connection.isBroken()) {
      lose(new KadbException(ErrorCode.CONNECTION_LOST, "the connection to the store broke"));
    }
    if (lost != null) {
      throw new KadbException(
              ErrorCode.CONNECTION_LOST, "the transaction was lost: " + lost.getMessage(), lost)
          .withHint("ROLLBACK, and do it again");
    }
    return connection.get();
  }

  private boolean dropIfBroken(SQLException e) {
    if (!store.broken(e)) {
      return false;
    }
    lose(store.failure(e));
    return true;
  }

  private void lose(Throwable reason) {
    if (started) {
      lost = reason;
    }
    connection.close();
  }
}
