package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * PostgreSQL's errors as kadb reports them: with PostgreSQL's SQLState, without secrets, and with
 * no long values.
 */
final class PostgresErrors {
  private static final String CANNOT_CONNECT = "08001";

  /** PostgreSQL puts the value it refuses in quotes at the end, in its whole length. */
  private static final Pattern VALUE_AT_END = Pattern.compile(": \"(.*)\"$", Pattern.DOTALL);

  /** The detail of a broken key: {@code Key (a, b)=(1, x) already exists.} */
  private static final Pattern KEY = Pattern.compile("\\)=\\((.*)\\)(.*)$", Pattern.DOTALL);

  private static final Pattern SECRET =
      Pattern.compile("((?:ssl)?password=)[^&;\\s]+", Pattern.CASE_INSENSITIVE);

  /** User and password before a host; the driver takes all of it for the name of the host. */
  private static final Pattern USER_INFO = Pattern.compile("[^\\s/:@]+:[^\\s/@]+@");

  private final StoreLocation location;

  PostgresErrors(StoreLocation location) {
    this.location = location;
  }

  /** Returns an error that arose while connecting. */
  KadbException connecting(SQLException e) {
    String state = Objects.requireNonNullElse(e.getSQLState(), CANNOT_CONNECT);
    String text = withoutSecrets("cannot connect to the store " + location + ": " + text(e));
    // The driver's own text may repeat the URL, and with it a password.
    KadbException failure =
        holdsSecret(e)
            ? new KadbException(code(state), text)
            : new KadbException(code(state), text, e);
    return failure.withForeignState(state);
  }

  /** Returns any other error. */
  KadbException of(SQLException e) {
    SQLException first = e;
    if (e instanceof BatchUpdateException && e.getNextException() != null) {
      first = e.getNextException();
    }
    String state = Objects.requireNonNullElse(first.getSQLState(), "");
    KadbException failure =
        new KadbException(code(state), withoutSecrets("the store: " + text(first)), e);
    return state.length() == 5 ? failure.withForeignState(state) : failure;
  }

  private static ErrorCode code(String state) {
    if (state.startsWith("28")) {
      return ErrorCode.AUTHENTICATION_FAILED;
    }
    return switch (state) {
      case "42501" -> ErrorCode.NOT_AUTHORIZED;
      case "57014" -> ErrorCode.CANCELLED;
      default -> ErrorCode.STORE_FAILED;
    };
  }

  private static String text(SQLException e) {
    ServerErrorMessage server =
        e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    if (server == null || server.getMessage() == null) {
      return String.valueOf(e.getMessage());
    }
    StringBuilder text = new StringBuilder(withShortValue(server.getMessage()));
    // Other details repeat whole rows.
    if (server.getDetail() != null && "23505".equals(server.getSQLState())) {
      text.append(" (").append(withShortKey(server.getDetail())).append(')');
    }
    return text.toString();
  }

  private static String withShortValue(String message) {
    Matcher value = VALUE_AT_END.matcher(message);
    return value.find()
        ? message.substring(0, value.start()) + ": " + KadbException.shown(value.group(1))
        : KadbException.withShortValues(message);
  }

  private static String withShortKey(String detail) {
    Matcher key = KEY.matcher(detail);
    return key.find()
        ? detail.substring(0, key.start()) + ")=" + KadbException.shown(key.group(1)) + key.group(2)
        : detail;
  }

  /** The server never shows a password; the driver may show a URL, with all that is in it. */
  private static String withoutSecrets(String text) {
    return USER_INFO.matcher(SECRET.matcher(text).replaceAll("$1***")).replaceAll("***@");
  }

  private static boolean holdsSecret(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (!withoutSecrets(message).equals(message)) {
        return true;
      }
    }
    return false;
  }
}
