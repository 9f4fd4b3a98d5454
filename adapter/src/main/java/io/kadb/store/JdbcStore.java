package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * What the forms of a store have in common, and the list of what they do differently: connecting,
 * beginning and ending transactions, waiting for locks, cancelling, naming errors.
 */
abstract class JdbcStore implements Store {
  /** How long a change of definitions waits for another session's. */
  static final Duration LOCK_WAIT = Duration.ofSeconds(15);

  private final StoreLocation location;

  /** The greatest OID given in this process, also by a transaction that was rolled back. */
  private final AtomicLong lastFtoid = new AtomicLong();

  private volatile boolean closed;

  JdbcStore(StoreLocation location) {
    this.location = location;
  }

  /** Opens a connection in autocommit mode. */
  abstract Connection connect();

  /** Begins a transaction on a connection that is in none. */
  abstract void start(Connection connection, Duration lockWait, BooleanSupplier cancelled)
      throws SQLException;

  /** Commits, and leaves the connection in autocommit mode. */
  abstract void commit(Connection connection) throws SQLException;

  /** Rolls back, and leaves the connection in autocommit mode. */
  abstract void rollback(Connection connection) throws SQLException;

  /** Returns whether a transaction begins with its first use rather than with its first change. */
  abstract boolean startsWithReads();

  /** Bounds each wait for a lock from here on, in the transaction that has begun. */
  abstract void limitLockWait(Connection connection, Duration lockWait) throws SQLException;

  /** Takes back {@link #limitLockWait}. */
  abstract void unlimitLockWait(Connection connection) throws SQLException;

  /** Cancels the statement that runs on the connection, if one does; called from any thread. */
  abstract void cancel(Connection connection) throws SQLException;

  /** Returns whether the error means that the connection is of no more use. */
  abstract boolean broken(SQLException error);

  /** Returns the error as kadb reports it. */
  abstract KadbException failure(SQLException error);

  /** Returns what stands before the names of the store's own tables. */
  abstract String tablePrefix();

  /** Returns the least OID that the store gives. */
  abstract long firstFtoid();

  /** Returns the query that gives a number for a load that no other load has. */
  abstract String nextLoadId();

  /** Returns the expression that gives a reject a number that no other has had. */
  abstract String newRejectId();

  /** Returns the expression that makes a time of milliseconds since 1970. */
  abstract String timeOfMillis(String millis);

  /** Returns the expression that makes milliseconds since 1970 of a time. */
  abstract String millisOfTime(String time);

  /** Returns the folder of the migrations among the resources. */
  abstract String migrations();

  /** Returns whether the table of migrations exists. */
  abstract boolean hasMigrations(StoreSql sql) throws SQLException;

  /** Makes this the only session that migrates, until its transaction ends. */
  abstract void lockMigrations(StoreSql sql) throws SQLException;

  /** Checks a table of offsets that was there before, once all migrations ran. */
  abstract void checkAdopted(StoreSql sql) throws SQLException;

  /** Brings the tables up to date. */
  final void migrate() {
    try (JdbcSession session = new JdbcSession(this)) {
      new Migrations(this, session.transaction()).run();
    }
  }

  @Override
  public final StoreLocation location() {
    return location;
  }

  @Override
  public final boolean isWarehouse() {
    return location.isWarehouse();
  }

  @Override
  public final StoreSession session() {
    if (closed) {
      throw new KadbException(ErrorCode.CONNECTION_CLOSED, "the store is closed: " + location);
    }
    return new JdbcSession(this);
  }

  /** Returns an OID at or above the one wanted that this process never gave. */
  final long takeFtoid(long wanted) {
    return lastFtoid.accumulateAndGet(wanted, (last, least) -> Math.max(last + 1, least));
  }

  @Override
  public final void close() {
    closed = true;
  }

  @Override
  public final String toString() {
    return location.toString();
  }
}
