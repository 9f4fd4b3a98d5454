package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of a session: opened when it is first needed, and again after it broke. Not
 * thread-safe, except {@link #cancel}.
 */
final class StoreConnection {
  /** How many there are in this process. */
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final JdbcStore store;

  /** Guards the connection against being closed while another thread cancels on it. */
  private final Object guard = new Object();

  private @Nullable Connection connection;
  private @Nullable StreamingCopy copy;
  private volatile boolean cancelled;

  StoreConnection(JdbcStore store) {
    this.store = store;
  }

  /** Returns the connection, free for a statement. */
  Connection get() {
    cancelled = false;
    if (copyIsOpen()) {
      throw new KadbException(
          ErrorCode.OBJECT_IN_USE, "the connection to the store is busy with a COPY");
    }
    Connection used = connection;
    if (used == null) {
      used = store.connect();
      OPEN.incrementAndGet();
      synchronized (guard) {
        connection = used;
      }
    }
    return used;
  }

  /** Returns how many connections to stores there are in this process. */
  static int open() {
    return OPEN.get();
  }

  /** Returns whether there is a connection, working or not. */
  boolean isOpen() {
    return connection != null;
  }

  /** Returns whether the connection broke in the hands of somebody who borrowed it. */
  boolean isBroken() {
    try {
      return connection != null && connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /** Remembers the COPY that the connection is busy with until it ends. */
  StreamingCopy begin(StreamingCopy opened) {
    copy = opened;
    return opened;
  }

  /** Returns whether a COPY is going on. */
  boolean copyIsOpen() {
    return copy != null && copy.isOpen();
  }

  /** Ends the COPY, if one is going on. */
  void abortCopy() {
    if (copy != null) {
      copy.abort();
      copy = null;
    }
  }

  /** Cancels the call that goes on, if one does. */
  void cancel() {
    synchronized (guard) {
      cancelled = true;
      if (connection != null) {
        try {
          store.cancel(connection);
        } catch (SQLException e) {
          throw store.failure(e);
        }
      }
    }
  }

  /** Returns whether the call that goes on was cancelled. */
  boolean isCancelled() {
    return cancelled;
  }

  /** Closes the connection, whatever state it is in. */
  void close() {
    synchronized (guard) {
      Connection used = connection;
      connection = null;
      if (used != null) {
        OPEN.decrementAndGet();
        try {
          used.close();
        } catch (SQLException e) {
          // It is of no more use, closed or not.
        }
      }
    }
  }
}
