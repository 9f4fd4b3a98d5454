package io.kadb.jdbc;

import io.kadb.sql.Prepared;
import java.sql.SQLException;

/** What a program expects of a statement that it runs. */
enum Wanted {
  ROWS,
  COUNT,
  ANYTHING;

  /** Refuses a statement of the wrong kind before it has any effect. */
  void check(Prepared.Kind kind) throws SQLException {
    if (this == ROWS && kind == Prepared.Kind.DML) {
      throw noRows();
    }
    if (this == COUNT && kind == Prepared.Kind.QUERY) {
      throw unwantedRows();
    }
  }

  /** Returns the exception for rows that were wanted and not given. */
  static SQLException noRows() {
    return SqlExceptions.of(
        "the statement gives no rows: use execute or executeUpdate", SqlExceptions.NO_RESULT, null);
  }

  /** Returns the exception for rows that were given and not wanted. */
  static SQLException unwantedRows() {
    return SqlExceptions.of(
        "the statement gives rows: use execute or executeQuery",
        SqlExceptions.UNEXPECTED_RESULT,
        null);
  }
}
