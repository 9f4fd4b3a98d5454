package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that take longer than a client waits for a server that is silent. */
class LongAnswersIT extends KafkaServerFixture {
  /** Waits for messages until the table's time is over, then writes one row. */
  private static final String WRITE =
      "INSERT INTO kadb.offsets SELECT 99, 0, count(*) FROM t WHERE v >= 0";

  private static final String PATIENT = "k_stop_at_end 'false'";
  private static final String SLOW = "k_timeout_ms '2500'";
  private static final String CLIENT_LIMIT = "1000";

  @Override
  Duration silence() {
    return Duration.ofMillis(300);
  }

  private Connection connect(String client) throws SQLException {
    return connect(client, new Properties());
  }

  private Connection connect(String client, Properties properties) throws SQLException {
    String url =
        client.equals("kadb")
            ? "jdbc:kadb" + server.url().substring("http".length()) + "/?networkTimeout="
            : "jdbc:avatica:remote:url="
                + (server.url() + ";serialization=" + client + ";http_response_timeout=");
    return DriverManager.getConnection(url + CLIENT_LIMIT, properties);
  }

  private String written() throws SQLException {
    return String.join(",", sql.rows("SELECT off FROM kadb.offsets WHERE ftoid = 99"));
  }

  private void awaitNothingRuns() throws Exception {
    awaitIdle();
    await(
        () -> {
          try {
            // Its own statement is the one that is left.
            return sql.rows("SELECT query_id FROM kadb.queries").size() == 1;
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        "statements run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kadb", "json", "protobuf"})
  void anUpdateCountComesHoweverLongItTakes(String client) throws SQLException {
    numbers(3, PATIENT, SLOW);
    try (Connection connection = connect(client);
        Statement statement = connection.createStatement()) {
      long begun = System.nanoTime();
      assertThat(statement.executeUpdate(WRITE)).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(2));
      assertThat(statement.executeQuery("SELECT 1").next()).isTrue();
    }
    assertThat(written()).isEqualTo("3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kadb", "json", "protobuf"})
  void soDoesABatchAndAPreparedUpdate(String client) throws SQLException {
    numbers(3, PATIENT, "k_timeout_ms '1500'", "k_scan_mode 'peek'");
    try (Connection connection = connect(client);
        Statement statement = connection.createStatement();
        var prepared = connection.prepareStatement(WRITE.replace("0, count", "1, count"))) {
      statement.addBatch(WRITE);
      assertThat(statement.executeBatch()).containsExactly(1);
      assertThat(prepared.executeUpdate()).isEqualTo(1);
    }
    assertThat(written()).isEqualTo("3,3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kadb", "json", "protobuf"})
  void anErrorThatComesLateIsThrownAllTheSame(String client) throws SQLException {
    numbers(3, PATIENT);
    Properties properties = new Properties();
    properties.setProperty("queryTimeout", "2");
    try (Connection connection = connect(client, properties);
        Statement statement = connection.createStatement()) {
      long begun = System.nanoTime();
      assertThatThrownBy(() -> statement.executeUpdate(WRITE))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isGreaterThan(Duration.ofMillis(1900));
    }
    assertThat(written()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kadb", "json", "protobuf"})
  void metadataThatWaitForAnotherStatementCome(String client) throws Exception {
    numbers(3, PATIENT, SLOW);
    try (Connection connection = connect(client);
        Statement statement = connection.createStatement()) {
      connection.getMetaData().getTables(null, "public", "%", null).close();
      CompletableFuture<Integer> writing =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return statement.executeUpdate(WRITE);
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      await(() -> server.connections().openResultCount() == 1, "nothing runs");
      try (ResultSet tables = connection.getMetaData().getTables(null, "public", "%", null)) {
        assertThat(tables.next()).isTrue();
        assertThat(tables.getString("TABLE_NAME")).isEqualTo("t");
      }
      assertThat(writing.get()).isEqualTo(1);
    }
  }

  @Test
  void warningsOfALongStatementReachTheClient() throws SQLException {
    numbers(3, PATIENT, SLOW, "k_on_error 'reject'").send(0, "four");
    try (Connection connection = connect("kadb");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(WRITE)).isEqualTo(1);
      String all = "";
      for (SQLWarning next = statement.getWarnings(); next != null; next = next.getNextWarning()) {
        all += next.getMessage() + "\n";
      }
      assertThat(all).contains("1 message could not be turned into rows");
    }
  }

  /** Sends a request and reads nothing. */
  private Socket send(ObjectNode message, String header) throws IOException {
    byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
    Socket socket = new Socket("127.0.0.1", server.port());
    String head = "POST / HTTP/1.1\r\nHost: kadb\r\n" + header + "Content-Length: " + body.length;
    socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
    return socket;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X-Kadb-Request: one\r\n"})
  void aClientThatGoesAwayEndsItsStatement(String header) throws Exception {
    numbers(3, PATIENT);
    ThinMessages client = thin().open();
    int statement = client.createStatement();
    ObjectNode run = ThinMessages.withSql(client.request("prepareAndExecute"), statement, WRITE);
    long begun = System.nanoTime();
    try (Socket socket = send(run, header)) {
      await(() -> server.connections().openResultCount() == 1, "nothing runs");
      assertThat(socket.isConnected()).isTrue();
    }
    awaitNothingRuns();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    assertThat(written()).isEmpty();
    assertThat(client.run(statement, "SELECT 1").rows()).isEqualTo(1);
  }

  @Test
  void aClientThatComesBackGetsItsAnswer() throws Exception {
    numbers(3, PATIENT, "k_timeout_ms '4000'");
    ThinMessages client = thin().open();
    int statement = client.createStatement();
    ObjectNode run = ThinMessages.withSql(client.request("prepareAndExecute"), statement, WRITE);
    try (Socket socket = send(run, "X-Kadb-Request: one\r\n")) {
      await(() -> server.connections().openResultCount() == 1, "nothing runs");
      socket.setSoLinger(true, 0);
    }
    ThinMessages.Reply reply = client.post(run, "one", "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.result().path("updateCount").asInt()).isEqualTo(1);
    assertThat(written()).isEqualTo("3");
  }

  @Test
  void anErrorOfTheServersOwnCallsIsOneWhateverItsStatus() throws Exception {
    numbers(3, PATIENT, SLOW);
    ThinMessages client = thin().open();
    int statement = client.createStatement();
    CompletableFuture<ThinMessages.Reply> writing =
        CompletableFuture.supplyAsync(() -> client.run(statement, WRITE));
    await(() -> server.connections().openResultCount() == 1, "nothing runs");
    // It waits for the connection, then finds that there is no savepoint.
    ObjectNode release = client.own().put("verb", "set").put("name", "s");
    ThinMessages.Reply reply = client.kadb("savepoint", release);
    assertThat(reply.body().path("response").asText()).isEqualTo("error");
    assertThat(reply.sqlState()).isNotEmpty();
    assertThat(writing.get().result().path("updateCount").asInt()).isEqualTo(1);
  }
}
