package io.kadb.store;

/**
 * A store: the database where definitions and offsets live.
 *
 * <p>Thread-safe. Open it once for a location and share it; each user takes a session.
 */
public interface Store extends AutoCloseable {
  /**
   * Opens a store and brings its tables up to date, under a lock, so that several processes may do
   * so at once.
   *
   * @throws io.kadb.error.KadbException if the location is not one of a store, if the database
   *     cannot be reached (its own SQLState is kept), or if the store is newer than this program
   */
  static Store open(StoreLocation location) {
    JdbcStore store =
        location.isWarehouse() ? new PostgresStore(location) : new SqliteStore(location);
    store.migrate();
    return store;
  }

  /** Returns how many connections to stores this process has open. */
  static int connections() {
    return StoreConnection.open();
  }

  /** Returns where the store is. */
  StoreLocation location();

  /** Returns a new session, which connects when it is first used. */
  StoreSession session();

  /** Returns whether the store is PostgreSQL or Greenplum, so that rows can be loaded into it. */
  boolean isWarehouse();

  /** Ends the store: no further sessions. Sessions already open stay until they are closed. */
  @Override
  void close();
}
