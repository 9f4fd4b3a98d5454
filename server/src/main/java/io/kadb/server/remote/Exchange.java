package io.kadb.server.remote;

import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** One request while it is served: who sent it, and what it turned out to be about. */
final class Exchange implements AutoCloseable {
  private final Caller caller;
  private volatile @Nullable RemoteConnection connection;
  private volatile @Nullable RemoteStatement statement;

  Exchange(Caller caller) {
    this.caller = caller;
    caller.departure().then(this::departed);
  }

  /** The client is gone: what runs for it is given up, unless it has sent the request again. */
  private void departed() {
    RemoteConnection present = connection;
    if (present != null) {
      caller.requestId().ifPresentOrElse(present.answers()::leave, this::giveUp);
    }
  }

  /** Gives up what runs for this request. Does not wait for it. */
  void giveUp() {
    RemoteConnection used = connection;
    RemoteStatement run = statement;
    if (used != null && run != null) {
      used.producers().execute(() -> run.giveUp("the client went away"));
    }
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
    RemoteStatement run = statement;
    RemoteConnection used = connection;
    try {
      SQLWarning next = null;
      if (run != null) {
        next = run.warnings();
      } else if (used != null && !used.jdbc().isClosed()) {
        next = used.warnings();
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
    caller.departure().over();
    RemoteStatement run = statement;
    if (run != null) {
      run.use().end();
    }
    RemoteConnection used = connection;
    if (used != null) {
      used.use().end();
    }
  }
}
