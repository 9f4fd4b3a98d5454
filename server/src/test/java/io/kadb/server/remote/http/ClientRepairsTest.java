package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/**
 * What Avatica's own driver gets wrong and ours does not, both at our server. Each test makes the
 * same statement about both: it must hold for ours and fail for Avatica's.
 */
class ClientRepairsTest extends ServerFixture {
  private static final int FRAME = 100;

  /** What must hold of a driver. */
  @FunctionalInterface
  private interface Claim {
    void on(String url) throws Exception;
  }

  private void repaired(Claim claim) throws Exception {
    String place = server.url().substring(server.url().indexOf("://"));
    claim.on("jdbc:kadb" + place + "/");
    assertThat(catchThrowable(() -> claim.on("jdbc:avatica:remote:url=" + server.url())))
        .as("the claim must fail for Avatica's own driver")
        .isNotNull();
  }

  /** Reads a row of a result of many frames. */
  private static ResultSet begin(PreparedStatement statement) throws SQLException {
    statement.setFetchSize(FRAME);
    ResultSet rows = statement.executeQuery();
    assertThat(rows.next()).isTrue();
    return rows;
  }

  @Test
  void closingAResultReachesTheServer() throws Exception {
    repaired(
        url -> {
          try (Connection connection = DriverManager.getConnection(url);
              PreparedStatement statement =
                  connection.prepareStatement(StockClientTest.manyRows())) {
            ResultSet rows = begin(statement);
            assertThat(server.connections().openResultCount()).isEqualTo(1);
            rows.close();
            assertThat(server.connections().openResultCount()).isZero();
          }
        });
  }

  @Test
  void closingOnAnInterruptedThreadReachesTheServer() throws Exception {
    repaired(
        url -> {
          Connection connection = DriverManager.getConnection(url);
          begin(connection.prepareStatement(StockClientTest.manyRows()));
          assertThat(server.connections().count()).isEqualTo(1);
          Throwable failure = closeInterrupted(connection);
          assertThat(server.connections().count()).as("failure: %s", failure).isZero();
          assertThat(failure).isNull();
        });
  }

  private static Throwable closeInterrupted(Connection connection) {
    Thread.currentThread().interrupt();
    try {
      return catchThrowable(connection::close);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void isValidAsksTheServer() throws Exception {
    repaired(
        url -> {
          Connection connection = DriverManager.getConnection(url);
          connection.createStatement().close();
          assertThat(connection.isValid(5)).isTrue();
          // As a restart of the server does.
          server.connections().close();
          assertThat(connection.isValid(5)).isFalse();
        });
  }

  @Test
  void valuesComeAsTheClassThatIsAskedForToTheMicrosecond() throws Exception {
    repaired(
        url -> {
          try (Connection connection = DriverManager.getConnection(url);
              Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery("SELECT TIMESTAMP '2024-02-29 12:34:56.123456'")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getObject(1, LocalDateTime.class))
                .isEqualTo("2024-02-29T12:34:56.123456");
          }
        });
  }

  @Test
  void timestampsKeepTheirMicroseconds() throws Exception {
    repaired(
        url -> {
          try (Connection connection = DriverManager.getConnection(url);
              Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery("SELECT TIMESTAMP '2024-02-29 12:34:56.123456'")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getTimestamp(1).getNanos())
                .isEqualTo((int) Duration.ofNanos(123_456_000).toNanos());
          }
        });
  }

  @Test
  void warningsOfAStatementArrive() throws Exception {
    repaired(
        url -> {
          try (Connection connection = DriverManager.getConnection(url);
              Statement statement = connection.createStatement()) {
            String name = url.startsWith("jdbc:kadb") ? "one" : "two";
            statement.executeUpdate(
                "CREATE SERVER " + name + " FOREIGN DATA WRAPPER kadb_fdw OPTIONS (nonsense '1')");
            assertThat((Throwable) statement.getWarnings()).isNotNull();
          }
        });
  }
}
