package io.kadb.server.cat;

import java.sql.SQLException;

/** What is to be read, and what is to be done once all of it has been written. */
interface CatRead {
  /** Returns the query's conditions, with {@code WHERE}; empty for none. */
  String where();

  /** Moves the offsets past what was read. */
  void commit() throws SQLException;
}
