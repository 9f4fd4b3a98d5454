package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Checks of arguments that several classes make. */
final class Checks {
  private Checks() {}

  /** Returns a number that may not be below zero. */
  static int notNegative(String what, int number) throws SQLException {
    if (number < 0) {
      throw SqlExceptions.of(
          what + ": found " + number + ", wanted 0 or more", States.BAD_PARAMETER);
    }
    return number;
  }

  /** Returns a count as the older methods give it: those too large as the largest. */
  static int atMostInt(long count) {
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  /** Returns an argument that may not be null. */
  static <T> T notNull(String what, @Nullable T value) throws SQLException {
    if (value == null) {
      throw SqlExceptions.of(what + " is null", States.BAD_PARAMETER);
    }
    return value;
  }

  /** Returns the exception for a column number outside of a result. */
  static SQLException noSuchColumn(int column, int count) {
    return SqlExceptions.of(
        "there is no column " + column + ": the result has columns 1 to " + count,
        States.BAD_PARAMETER);
  }

  /** Returns the exception for a parameter number outside of a statement. */
  static SQLException noSuchParameter(int parameter, int count) {
    return SqlExceptions.of(
        "there is no parameter " + parameter + ": the statement has " + count,
        States.BAD_PARAMETER);
  }

  /** Returns an object as one of its own classes. */
  static <T> T unwrap(Object object, @Nullable Class<T> wanted) throws SQLException {
    if (wanted != null && wanted.isInstance(object)) {
      return wanted.cast(object);
    }
    throw SqlExceptions.of(
        object.getClass().getSimpleName()
            + " is not a "
            + (wanted == null ? null : wanted.getName()),
        States.BAD_PARAMETER);
  }
}
