package io.kadb.jdbc;

import java.sql.SQLException;

/**
 * How somebody between a program and this driver, such as a server, ends a result: what {@code
 * java.sql} has no methods for. {@code ResultSet.unwrap} gives it.
 */
public interface ResultEnd {
  /**
   * Returns whether the current row is known to be the last, or a result without rows to have none.
   * It is known for every result of a query: the driver reads one row ahead.
   */
  boolean atEnd();

  /**
   * Ends the result without success, even on its last row: no offset moves. May be called from any
   * thread, also while another waits for a row. A second call does nothing.
   */
  void abandon() throws SQLException;
}
