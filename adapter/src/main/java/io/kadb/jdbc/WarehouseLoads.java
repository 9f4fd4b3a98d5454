package io.kadb.jdbc;

import io.kadb.load.LoadWatch;
import io.kadb.load.LoadedBatch;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Loads into the warehouse within a connection's transaction: what a load needs beyond {@code
 * INSERT INTO pg.… SELECT …}. {@code Connection.unwrap} gives it. Autocommit has to be off; {@code
 * commit} and {@code rollback} of the connection end the transaction, and offsets, rejected
 * messages, history and everything done here are one transaction of the database. Not safe for
 * several threads at once.
 */
public interface WarehouseLoads {
  /**
   * Runs an {@code INSERT INTO pg.… SELECT …}. A failing one is undone, and the transaction goes
   * on.
   *
   * @param insert the statement, without parameters; the schema {@code pg.pg_temp} is that of the
   *     session's temporary tables
   * @param target what {@code kadb.loads} names as the load's target, such as {@code pg.public.t}:
   *     where rows that go into a table of the batch end
   * @param watch is told how far it has come
   */
  LoadedBatch insert(String insert, String target, LoadWatch watch) throws SQLException;

  /**
   * Runs statements of the warehouse's own SQL in the transaction. If they fail, what they did is
   * undone, and the transaction goes on; the error keeps the warehouse's SQLState.
   *
   * @param work takes the connection, which it must not commit, roll back or close
   */
  <T> T inWarehouse(Work<T> work) throws SQLException;

  /** Statements of the warehouse. */
  @FunctionalInterface
  interface Work<T> {
    /** Runs them. */
    T on(Connection warehouse) throws SQLException;
  }
}
