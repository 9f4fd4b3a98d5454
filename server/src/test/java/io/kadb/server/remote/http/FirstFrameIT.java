package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.testing.TestTopic;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that the server meets before it has sent a row are errors of running the statement. */
class FirstFrameIT extends KafkaServerFixture {
  private static final String QUERY = "SELECT v FROM t";

  /** More than any client's first frame has. */
  private static final int ROWS = 2500;

  private Connection connect(String client) throws SQLException {
    return client.equals("kadb")
        ? DriverManager.getConnection("jdbc:kadb" + server.url().substring("http".length()) + "/")
        : stock(client);
  }

  private static void assertFails(ThrowingCallable run, String state) {
    assertThatThrownBy(run)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kadb", "json", "protobuf"})
  void anErrorWithinTheFirstRowsFailsTheStatement(String client) throws SQLException {
    String[] values = new String[17];
    Arrays.fill(values, "1");
    values[16] = "seventeen";
    numbers(0).send(0, values);
    try (Connection connection = connect(client);
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement(QUERY)) {
      assertFails(() -> statement.executeQuery(QUERY), "22P02");
      assertFails(() -> statement.execute(QUERY), "22P02");
      assertFails(prepared::executeQuery, "22P02");
      try (ResultSet rows = statement.executeQuery("SELECT 1")) {
        assertThat(rows.next()).isTrue();
      }
    }
    assertThat(stored()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kadb", "json", "protobuf"})
  void anErrorBehindTheFirstRowsComesAfterThem(String client) throws SQLException {
    numbers(ROWS).send(0, "the last");
    try (Connection connection = connect(client);
        Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery(QUERY);
      List<Integer> values = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  values.add(rows.getInt(1));
                }
              })
          .hasMessageContaining("the last");
      // Avatica's driver asks for the next frame before it gives the last row of a frame away.
      int held = client.equals("kadb") ? 0 : 1;
      assertThat(values)
          .isEqualTo(IntStream.range(0, ROWS - held).boxed().collect(Collectors.toList()));
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void rowsThatWereSentEarlyStayAndTheErrorFollows() throws SQLException {
    TestTopic topic = numbers(3, "k_stop_at_end 'false'", "k_timeout_ms '8000'");
    try (Connection connection = connect("kadb");
        Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery(QUERY);
      assertThat(rows.next()).isTrue();
      topic.send(0, "four");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
      assertFails(
          () -> {
            while (rows.next()) {
              assertThat(rows.getInt(1)).isEqualTo(2);
            }
          },
          "22P02");
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void aCancelBeforeTheFirstFrameFailsTheStatement() throws Exception {
    numbers(1, "k_stop_at_end 'false'");
    try (Connection connection = connect("kadb");
        Statement statement = connection.createStatement()) {
      CompletableFuture<String> state =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return "rows: " + statement.executeQuery("SELECT count(*) FROM t").next();
                } catch (SQLException e) {
                  return e.getSQLState();
                }
              });
      await(() -> server.connections().openResultCount() == 1, "nothing runs");
      while (!state.isDone()) {
        statement.cancel();
      }
      assertThat(state.get()).isEqualTo("57014");
    }
    assertThat(stored()).isEmpty();
  }
}
