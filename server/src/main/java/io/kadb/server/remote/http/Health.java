package io.kadb.server.remote.http;

import io.kadb.server.remote.RemoteConnections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Whether the store and the brokers of the foreign tables answer. They are asked in the background,
 * again only after a while, whoever wants to know; a store that is silent does not answer. Safe for
 * many threads.
 */
final class Health {
  private static final int TIMEOUT_SECONDS = 5;
  private static final Duration KEPT_LONGER = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final RemoteConnections connections;
  private final Refreshed<Report> report;

  /**
   * Creates the watch.
   *
   * @param fresh how long an answer counts
   */
  Health(RemoteConnections connections, Duration fresh) {
    this.connections = connections;
    this.report =
        new Refreshed<>(
            "kadb-health",
            this::ask,
            new Refreshed.Times(fresh, fresh.plus(KEPT_LONGER), PATIENCE),
            System::nanoTime);
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

  /** Returns how things stand, within seconds. */
  Report report() {
    return report.value().orElse(new Report(false, false));
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
