package io.kadb.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Statements of the warehouse's own SQL that belong together. */
@FunctionalInterface
public interface WarehouseCall<T> {
  /** Runs them on the connection of the transaction, which stays as it is. */
  T on(Connection warehouse) throws SQLException;
}
