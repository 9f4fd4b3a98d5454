package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Checks of arguments that several classes make. */
final class Checks {
  private Checks() {}

  /** Returns a number that may not be below zero. */
  static int notNegative(String what, int number) throws SQLException {
    if (number < 0) {
      throw SqlExceptions.of(
          ErrorCode.BAD_PARAMETER, what + ": found " + number + ", wanted 0 or more");
    }
    return number;
  }

  /** Returns the exception for a column number outside of a result. */
  static SQLException noSuchColumn(int column, int count) {
    return SqlExceptions.of(
        ErrorCode.BAD_PARAMETER,
        "there is no column " + column + ": the result has columns 1 to " + count);
  }

  /** Returns an object as one of its own classes. */
  static <T> T unwrap(Object object, @Nullable Class<T> wanted) throws SQLException {
    if (wanted != null && wanted.isInstance(object)) {
      return wanted.cast(object);
    }
    throw SqlExceptions.of(
        ErrorCode.BAD_PARAMETER,
        object.getClass().getSimpleName()
            + " is not a "
            + (wanted == null ? null : wanted.getName()));
  }
}
