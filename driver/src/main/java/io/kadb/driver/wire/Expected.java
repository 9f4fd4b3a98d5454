package io.kadb.driver.wire;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;

/**
 * What a program expects of a statement: the server refuses another one before it does anything.
 */
public enum Expected {
  ROWS("rows"),
  COUNT("count"),
  ANYTHING("");

  private static final String HEADER = "X-Kadb-Wanted";

  private final Map<String, String> headers;

  Expected(String value) {
    this.headers =
        value.isEmpty() ? Collections.emptyMap() : Collections.singletonMap(HEADER, value);
  }

  Map<String, String> headers() {
    return headers;
  }

  /** Refuses an outcome of the other kind. */
  public void check(boolean rows) throws SQLException {
    if (this == ROWS && !rows) {
      throw SqlExceptions.of(
          "the statement gives no rows: use execute or executeUpdate", States.NO_RESULT);
    }
    if (this == COUNT && rows) {
      throw SqlExceptions.of(
          "the statement gives rows: use execute or executeQuery", States.UNEXPECTED_RESULT);
    }
  }
}
