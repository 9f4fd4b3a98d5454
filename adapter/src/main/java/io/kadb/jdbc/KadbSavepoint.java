package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * A savepoint.
 *
 * @param name the name the session knows it by
 * @param number a number within the connection
 * @param named whether the client gave the name
 */
record KadbSavepoint(String name, int number, boolean named) implements Savepoint {
  @Override
  public int getSavepointId() throws SQLException {
    if (named) {
      throw SqlExceptions.of(
          ErrorCode.BAD_PARAMETER, "savepoint " + name + " has a name, no number");
    }
    return number;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (!named) {
      throw SqlExceptions.of(ErrorCode.BAD_PARAMETER, "savepoint " + number + " has no name");
    }
    return name;
  }
}
