package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements that wait for messages: frames on their way, cancel, time limits, other requests. */
class WaitingIT extends KafkaServerFixture {
  private static final String PATIENT = "k_stop_at_end 'false'";

  private ThinMessages client;
  private int statement;

  @BeforeEach
  void open() {
    client = thin().open();
    statement = client.createStatement();
  }

  @Test
  void sendsAnEmptyFrameWhenNoRowsCome() throws SQLException {
    numbers(0, PATIENT, "k_timeout_ms '20000'");
    long begun = System.nanoTime();
    ThinMessages.Reply reply = client.run(statement, "SELECT v FROM t");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    assertThat(reply.rows()).isZero();
    assertThat(reply.done()).isFalse();
    assertThat(reply.result().path("signature").path("columns").size()).isEqualTo(1);
    client.closeStatement(statement);
    awaitIdle();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(11));
    assertThat(stored()).isEmpty();
  }

  @Test
  void sendsTheRowsThatAreThereWhileOthersAreAwaited() throws SQLException {
    TestTopic topic = numbers(3, PATIENT);
    long begun = System.nanoTime();
    ThinMessages.Reply first = client.run(statement, "SELECT v FROM t");
    long offset = first.rows();
    while (offset < 2) {
      offset += client.fetch(statement, offset, 0).rows();
    }
    // One row is held back by reading ahead, until it is known not to be the last.
    topic.send(0, "3");
    while (offset < 3) {
      offset += client.fetch(statement, offset, 0).rows();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void cancelReachesAStatementThatWaits() throws Exception {
    numbers(0, PATIENT);
    CompletableFuture<ThinMessages.Reply> waiting =
        CompletableFuture.supplyAsync(() -> client.run(statement, "SELECT v FROM t"));
    await(() -> server.connections().openResultCount() == 1, "nothing runs");
    ObjectNode cancel = client.own().put("statementId", statement);
    long begun = System.nanoTime();
    // A cancel that comes before the statement runs does nothing, as everywhere in JDBC.
    while (!waiting.isDone()) {
      assertThat(client.kadb("cancel", cancel).status()).isEqualTo(200);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    assertThat(waiting.get().sqlState()).isEqualTo("57014");
    awaitIdle();
    assertThat(client.run(statement, "SELECT 1").rows()).isEqualTo(1);
  }

  @Test
  void aTimeLimitEndsAStatementThatWaits() throws SQLException {
    numbers(0, PATIENT);
    client.kadb("options", client.own().put("statementId", statement).put("queryTimeout", 1));
    long begun = System.nanoTime();
    assertThat(client.run(statement, "SELECT v FROM t").sqlState()).isEqualTo("57014");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void closingTheConnectionEndsAStatementThatWaits() throws Exception {
    numbers(0, PATIENT);
    CompletableFuture<ThinMessages.Reply> waiting =
        CompletableFuture.supplyAsync(() -> client.run(statement, "SELECT v FROM t"));
    await(() -> server.connections().openResultCount() == 1, "nothing runs");
    long begun = System.nanoTime();
    assertThat(client.post(client.request("closeConnection")).status()).isEqualTo(200);
    assertThat(waiting.get().status()).isEqualTo(500);
    awaitIdle();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    assertThat(server.connections().count()).isZero();
  }

  @Test
  void aConnectionThatWaitsIsValid() throws Exception {
    numbers(0, PATIENT, "k_timeout_ms '3000'");
    CompletableFuture<ThinMessages.Reply> waiting =
        CompletableFuture.supplyAsync(() -> client.run(statement, "SELECT v FROM t"));
    await(() -> server.connections().openResultCount() == 1, "nothing runs");
    assertThat(
            client
                .kadb("valid", client.own().put("timeoutMillis", 1000))
                .body()
                .path("valid")
                .asBoolean())
        .isTrue();
    assertThat(waiting.get().done()).isTrue();
  }

  @Test
  void theSameRequestWaitsForTheOneThatIsServed() throws Exception {
    TestTopic topic = numbers(0, PATIENT, "k_timeout_ms '3000'");
    topic.send(0, "1");
    ObjectNode run =
        ThinMessages.withSql(
            client.request("prepareAndExecute"), statement, "SELECT count(*) FROM t");
    CompletableFuture<ThinMessages.Reply> first =
        CompletableFuture.supplyAsync(() -> client.post(run, "same", ""));
    await(() -> server.connections().openResultCount() == 1, "nothing runs");
    assertThat(client.post(run, "same", "").body()).isEqualTo(first.get().body());
    assertThat(first.get().done()).isTrue();
    client.end(statement);
    assertThat(stored()).isEqualTo("1");
  }

  @Test
  void aServerThatStopsGivesUpStatementsThatWait() throws Exception {
    numbers(0, PATIENT);
    CompletableFuture<ThinMessages.Reply> waiting =
        CompletableFuture.supplyAsync(() -> client.run(statement, "SELECT v FROM t"));
    await(() -> server.connections().openResultCount() == 1, "nothing runs");
    server.close();
    assertThat(waiting.handle((reply, failure) -> true).get()).isTrue();
    awaitIdle();
    assertThat(stored()).isEmpty();
  }

  @Test
  void aServerThatStopsLetsStatementsEnd() throws Exception {
    TestTopic topic = numbers(0, PATIENT, "k_timeout_ms '2000'");
    topic.send(0, "1");
    CompletableFuture<ThinMessages.Reply> waiting =
        CompletableFuture.supplyAsync(() -> client.run(statement, "SELECT count(*) FROM t"));
    await(() -> server.connections().openResultCount() == 1, "nothing runs");
    server.close();
    assertThat(waiting.get().done()).isTrue();
    assertThat(stored()).isEmpty();
  }
}
