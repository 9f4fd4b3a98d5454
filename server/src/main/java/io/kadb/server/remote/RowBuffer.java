package io.kadb.server.remote;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.calcite.avatica.Meta;

/** The rows of a frame in the form they are sent in. One thread at a time. */
interface RowBuffer {
  /** Adds the row that a result stands on. */
  void add(ResultSet row) throws SQLException;

  /** Returns the number of rows. */
  int rows();

  /** Returns about how many bytes they have. */
  int bytes();

  /** Returns the rows as a frame of Avatica's protocol. */
  Meta.Frame frame(long offset, boolean done);
}
