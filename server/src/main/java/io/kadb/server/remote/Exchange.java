package io.kadb.server.remote;

import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** One request while it is served: who sent it, and what it turned out to be about. */
final class Exchange implements AutoCloseable {
  private final Caller caller;
  private @Nullable RemoteConnection connection;
  private @Nullable RemoteStatement statement;

  Exchange(Caller caller) {
    this.caller = caller;
  }

  Caller caller() {
    return caller;
  }

  /** Notes the connection that the request is about. */
  void about(RemoteConnection found) {
    connection = found;
    found.use().begin();
  }

  /** Notes the statement that the request is about, and returns it. */
  RemoteStatement about(RemoteStatement found) {
    if (statement == null) {
      found.use().begin();
      statement = found;
    }
    return found;
  }

  /** Returns how many warnings wait for the client. */
  int warnings() {
    try {
      SQLWarning next = null;
      if (statement != null) {
        next = statement.warnings();
      } else if (connection != null && !connection.jdbc().isClosed()) {
        next = connection.warnings();
      }
      int count = 0;
      for (; next != null; next = next.getNextWarning()) {
        count++;
      }
      return count;
    } catch (SQLException e) {
      // Closed meanwhile: nothing waits any more.
      return 0;
    }
  }

  @Override
  public void close() {
    if (statement != null) {
      statement.use().end();
    }
    if (connection != null) {
      connection.use().end();
    }
  }
}
