package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import org.jspecify.annotations.Nullable;

/** The one translation of kadb's errors into the exceptions of JDBC. */
final class SqlExceptions {
  /** The state of a statement or result that is used after it was closed. */
  static final String OBJECT_CLOSED = "55000";

  /** The state of a result that does not stand on a row. */
  static final String NO_CURRENT_ROW = "24000";

  /** The state of {@code executeQuery} for a statement that gives no rows. */
  static final String NO_RESULT = "02000";

  /** The state of {@code executeUpdate} for a statement that gives rows. */
  static final String UNEXPECTED_RESULT = "0100E";

  private SqlExceptions() {}

  /** Returns what a JDBC client gets for anything that was thrown; a SQLException as it is. */
  static SQLException of(Throwable failure) {
    if (failure instanceof SQLException exception) {
      return exception;
    }
    if (failure instanceof KadbException exception) {
      return of(exception.getMessage(), exception.sqlState(), exception);
    }
    return of(describe(failure), ErrorCode.INTERNAL.sqlState(), failure);
  }

  /** Returns the exception for a statement that ran past its time limit. */
  static SQLException timeout(KadbException failure) {
    return new SQLTimeoutException(failure.getMessage(), failure.sqlState(), failure);
  }

  /** Returns an exception of the class that JDBC has for the state. */
  static SQLException of(String text, String state, @Nullable Throwable cause) {
    if (state.length() < 2) {
      return new SQLException(text, state, cause);
    }
    return switch (state.substring(0, 2)) {
      case "08" -> new SQLNonTransientConnectionException(text, state, cause);
      case "0A" -> new SQLFeatureNotSupportedException(text, state, cause);
      case "22" -> new SQLDataException(text, state, cause);
      case "23" -> new SQLIntegrityConstraintViolationException(text, state, cause);
      case "28" -> new SQLInvalidAuthorizationSpecException(text, state, cause);
      case "40" -> new SQLTransactionRollbackException(text, state, cause);
      case "42" -> new SQLSyntaxErrorException(text, state, cause);
      default -> new SQLException(text, state, cause);
    };
  }

  /** Returns an exception of a kind of error. */
  static SQLException of(ErrorCode code, String text) {
    return of(text, code.sqlState(), null);
  }

  /** Returns the exception of a JDBC method that kadb does not have. */
  static SQLException unsupported(String method) {
    return of(ErrorCode.UNSUPPORTED, "kadb does not support " + method);
  }

  /** Returns the exception of using a statement or result after it was closed. */
  static SQLException closed(String what) {
    return of("this " + what + " is closed", OBJECT_CLOSED, null);
  }

  private static String describe(Throwable failure) {
    if (failure instanceof StackOverflowError) {
      return "internal error: the statement is nested too deeply (StackOverflowError)";
    }
    if (failure instanceof OutOfMemoryError) {
      return "internal error: out of memory (" + failure.getMessage() + ")";
    }
    String name = failure.getClass().getSimpleName();
    String text = failure.getMessage();
    return "internal error: " + (text == null ? name : name + ": " + text);
  }
}
