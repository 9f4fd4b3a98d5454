package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.sql.SQLException;
import java.sql.Savepoint;

/** A savepoint: one that the program named, or one with a number. */
final class RemoteSavepoint implements Savepoint {
  private final String name;
  private final int number;
  private final boolean named;

  RemoteSavepoint(String name, int number, boolean named) {
    this.name = name;
    this.number = number;
    this.named = named;
  }

  /** Returns the name that the server knows it by. */
  String name() {
    return name;
  }

  @Override
  public int getSavepointId() throws SQLException {
    if (named) {
      throw SqlExceptions.of("the savepoint has a name, not a number", States.NO_SUCH_SAVEPOINT);
    }
    return number;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (!named) {
      throw SqlExceptions.of("the savepoint has a number, not a name", States.NO_SUCH_SAVEPOINT);
    }
    return name;
  }
}
