package io.kadb.server.remote.http;

import io.kadb.server.remote.RemoteConnections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether the store and the brokers of the foreign tables answer. Asked again only after a while,
 * whoever asks. Safe for many threads.
 */
final class Health {
  private static final int TIMEOUT_SECONDS = 5;

  private final RemoteConnections connections;
  private final long freshNanos;
  private @Nullable Report last;
  private long lastNanos;

  /**
   * Creates the watch.
   *
   * @param fresh how long an answer counts
   */
  Health(RemoteConnections connections, Duration fresh) {
    this.connections = connections;
    this.freshNanos = fresh.toNanos();
  }

  /**
   * How things stand, in words that give nothing away.
   *
   * @param store whether the store answers
   * @param brokers whether all brokers answer
   */
  record Report(boolean store, boolean brokers) {
    /** Returns whether the server can serve: metadata and settings need no broker. */
    boolean ok() {
      return store;
    }

    String json() {
      return "{\"status\":\""
          + (ok() ? "ok" : "failed")
          + "\",\"store\":\""
          + word(store)
          + "\",\"brokers\":\""
          + word(brokers)
          + "\"}\n";
    }

    private static String word(boolean answers) {
      return answers ? "ok" : "unreachable";
    }
  }

  /** Returns how things stand. */
  synchronized Report report() {
    Report known = last;
    if (known == null || System.nanoTime() - lastNanos > freshNanos) {
      known = ask();
      last = known;
      lastNanos = System.nanoTime();
    }
    return known;
  }

  private Report ask() {
    try (Connection connection = connections.openOwn()) {
      return new Report(connection.isValid(TIMEOUT_SECONDS), brokersAnswer(connection));
    } catch (SQLException e) {
      return new Report(false, false);
    }
  }

  /** A view gives NULLs and a warning for brokers that do not answer. */
  private static boolean brokersAnswer(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      try (ResultSet rows = statement.executeQuery("SELECT prt FROM kadb.partitions")) {
        while (rows.next()) {
          if (rows.getObject(1) == null) {
            return false;
          }
        }
        return rows.getWarnings() == null;
      }
    } catch (SQLException e) {
      return false;
    }
  }
}
