package io.kadb.driver.error;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransactionRollbackException;
import org.jspecify.annotations.Nullable;

/** Makes exceptions of the class that JDBC has for their state. */
public final class SqlExceptions {
  /** The most characters of a value that a text shows. */
  private static final int MAX_SHOWN = 64;

  private SqlExceptions() {}

  /** Returns an exception that arose in the driver. */
  public static SQLException of(String text, String state) {
    return of(text, state, 0, null);
  }

  /** Returns an exception that arose in the driver from something else that was thrown. */
  public static SQLException of(String text, String state, @Nullable Throwable cause) {
    return of(text, state, 0, cause);
  }

  /** Returns an exception of the class that JDBC has for the first two characters of the state. */
  public static SQLException of(String text, String state, int code, @Nullable Throwable cause) {
    switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08":
        return new SQLNonTransientConnectionException(text, state, code, cause);
      case "0A":
        return new SQLFeatureNotSupportedException(text, state, code, cause);
      case "22":
        return new SQLDataException(text, state, code, cause);
      case "23":
        return new SQLIntegrityConstraintViolationException(text, state, code, cause);
      case "28":
        return new SQLInvalidAuthorizationSpecException(text, state, code, cause);
      case "40":
        return new SQLTransactionRollbackException(text, state, code, cause);
      case "42":
        return new SQLSyntaxErrorException(text, state, code, cause);
      default:
        return new SQLException(text, state, code, cause);
    }
  }

  /** Returns the exception of a JDBC method that kadb does not have. */
  public static SQLException unsupported(String method) {
    return of("kadb does not support " + method, States.UNSUPPORTED);
  }

  /** Returns the exception of using a statement or result after it was closed. */
  public static SQLException closed(String what) {
    return of("this " + what + " is closed", States.OBJECT_CLOSED);
  }

  /** Returns an exception with the column it concerns before its text. */
  public static SQLException inColumn(SQLException failure, String label) {
    SQLException named =
        of(
            "column " + label + ": " + failure.getMessage(),
            failure.getSQLState(),
            failure.getErrorCode(),
            failure.getCause());
    named.setStackTrace(failure.getStackTrace());
    return named;
  }

  /** Returns a value as errors show it: in quotes, cut off after 64 characters. */
  public static String shown(CharSequence value) {
    boolean cut = value.length() > MAX_SHOWN;
    StringBuilder text = new StringBuilder("\"");
    value
        .subSequence(0, cut ? MAX_SHOWN : value.length())
        .chars()
        .forEach(c -> text.append(Character.isISOControl(c) ? '·' : (char) c));
    return text.append(cut ? "…\"" : "\"").toString();
  }
}
