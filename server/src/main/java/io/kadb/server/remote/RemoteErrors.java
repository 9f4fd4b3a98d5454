package io.kadb.server.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kadb.error.KadbException;
import java.sql.SQLException;

/** What goes wrong between a remote client and the server, and how anything thrown reaches it. */
public final class RemoteErrors {
  static final String NO_CONNECTION = "08003";
  static final String BAD_MESSAGE = "08P01";
  static final String NO_STATEMENT = "26000";
  static final String NOT_MOVED = "40001";
  static final String NOT_ALLOWED = "42501";
  static final String LIMIT = "53400";
  static final String STOPPING = "57P01";
  static final String UNSUPPORTED = "0A000";
  static final String DEFECT = "XX000";

  private RemoteErrors() {}

  /** Returns the error for a connection that is not there. */
  static SQLException noConnection() {
    return new SQLException(
        "the server does not know this connection: it was closed, was idle for too long, or the"
            + " server was restarted (hint: open a new connection)",
        NO_CONNECTION);
  }

  /** Returns the error for a statement that is not there, or whose result is not. */
  static SQLException noStatement(String what) {
    return new SQLException(what + " (hint: run the statement again)", NO_STATEMENT);
  }

  /** Returns the error for rows that were sent by a socket that broke, and may have got lost. */
  static SQLException mayBeLost() {
    return new SQLException(
        "the socket broke that the last rows were sent by: the server cannot know that they"
            + " arrived, and has moved no offset for them (hint: run the statement again instead)",
        NOT_MOVED);
  }

  /** Returns the error for a message that breaks the protocol. */
  public static SQLException badMessage(String what) {
    return new SQLException(what, BAD_MESSAGE);
  }

  /** Returns the error for a user who may not do something. */
  public static SQLException notAllowed(String what) {
    return new SQLException(what, NOT_ALLOWED);
  }

  /** Returns the error for a limit of the configuration. */
  public static SQLException limit(String what, String option) {
    return new SQLException(what + " (hint: the server's option " + option + ")", LIMIT);
  }

  /** Returns the error for a request that comes while the server stops. */
  static SQLException stopping() {
    return new SQLException("the server is stopping", STOPPING);
  }

  static SQLException unsupported(String what) {
    return new SQLException("kadb server does not support " + what, UNSUPPORTED);
  }

  /** Returns what a client gets for anything that was thrown. */
  public static SQLException of(Throwable failure) {
    if (failure instanceof SQLException exception) {
      return exception;
    }
    if (failure instanceof KadbException exception) {
      return new SQLException(exception.getMessage(), exception.sqlState(), exception);
    }
    if (failure instanceof JsonProcessingException exception) {
      return badMessage("the message cannot be read: " + exception.getOriginalMessage());
    }
    String name = failure.getClass().getSimpleName();
    String text = failure.getMessage();
    return new SQLException(
        "internal error: " + (text == null ? name : name + ": " + oneLine(text)), DEFECT, failure);
  }

  /** Returns whether an error is a defect, whose stack trace belongs into the server's log. */
  public static boolean isDefect(SQLException failure) {
    return DEFECT.equals(failure.getSQLState());
  }

  /** Returns the text of an error on one line. */
  static String text(SQLException failure) {
    String text = failure.getMessage();
    return text == null ? "unknown error" : oneLine(text);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}
