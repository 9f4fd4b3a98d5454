package io.kadb.sql;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.OpenSockets;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a scan that ended before its time leaves behind: no thread, no client in use, and, once idle
 * clients are closed, no connection. kadb's connections, and no others, come through the proxy.
 */
@KafkaTest(own = true)
class ReleaseIT extends TableFixture {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final String WAITS = "SELECT v FROM t WHERE v = 'never'";

  private TestTopic topic;
  private SqlClient client;
  private Statement statement;

  @BeforeAll
  static void lookForSockets() {
    assumeTrue(OpenSockets.known(), "no /proc");
  }

  @BeforeEach
  void createTable() throws SQLException {
    KafkaClients.shared().closeIdle();
    await(() -> connections() == 0 && threads("kadb-segment-").isEmpty(), "not clean");
    sql.update("ALTER SERVER k OPTIONS (SET k_brokers '" + kafka.proxiedBootstrapServers() + "')");
    topic = kafka.newTopic("release", 4);
    topic.send(0, "a", "b");
    topic.send(3, "c");
    table("t (v text)", topic, "k_stop_at_end 'off'", "k_timeout_ms '60000'", "k_segments '2'");
    client = connect();
    statement = client.connection().createStatement();
  }

  private long connections() {
    return OpenSockets.to(kafka.proxy().port());
  }

  private static List<String> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  /** Runs a statement that waits for messages, on another thread, until its segments read. */
  private Future<Throwable> waiting() {
    Future<Throwable> failure =
        inBackground(() -> catchThrowable(() -> statement.executeQuery(WAITS)));
    await(() -> threads("kadb-segment-" + topic.name()).size() == 2, "no segments read");
    await(() -> KafkaClients.shared().borrowed() == 2, "no clients read");
    await(() -> connections() > 0, "nobody is connected");
    return failure;
  }

  /** Ends what waits, and checks that the failure comes soon. */
  private void endsSoon(ThrowingCallable how) throws Throwable {
    Future<Throwable> failure = waiting();
    Duration taken =
        time(
            () -> {
              how.call();
              refused(
                  "57014",
                  () -> {
                    throw soon(failure);
                  });
            });
    assertThat(taken).isLessThan(SOON);
  }

  private void nothingIsLeft() throws Throwable {
    Duration taken =
        time(
            () ->
                await(
                    () ->
                        threads("kadb-segment-").isEmpty() && KafkaClients.shared().borrowed() == 0,
                    "segments or clients are in use"));
    assertThat(taken).isLessThan(SOON);
    assertThat(offsets("t")).isEmpty();
    KafkaClients.shared().closeIdle();
    await(() -> connections() == 0, "connections stay open");
    await(() -> threads("kafka-admin-client-thread | kadb").isEmpty(), "client threads stay");
  }

  @Test
  void cancelLeavesNothingBehind() throws Throwable {
    endsSoon(statement::cancel);

    nothingIsLeft();
  }

  @Test
  void aTimeLimitLeavesNothingBehind() throws Throwable {
    statement.setQueryTimeout(2);

    Duration taken = time(() -> refused("57014", () -> statement.executeQuery(WAITS)));

    assertThat(taken).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    nothingIsLeft();
  }

  @Test
  void closingTheConnectionFromAnotherThreadLeavesNothingBehind() throws Throwable {
    endsSoon(() -> client.connection().close());

    nothingIsLeft();
  }

  @Test
  void closingTheStatementFromAnotherThreadLeavesNothingBehind() throws Throwable {
    endsSoon(statement::close);

    nothingIsLeft();
  }

  @Test
  void closingTheStatementBeforeItsLastRowLeavesNothingBehind() throws Throwable {
    ResultSet result = statement.executeQuery("SELECT v FROM t");
    assertThat(result.next()).isTrue();

    assertThat(time(statement::close)).isLessThan(SOON);

    nothingIsLeft();
  }

  @Test
  void aMessageThatCannotBeReadLeavesNothingBehind() throws Throwable {
    table("n (v int)", topic, "k_stop_at_end 'off'", "k_timeout_ms '60000'", "k_segments '2'");

    refused("22P02", () -> statement.executeQuery("SELECT v FROM n"));

    nothingIsLeft();
  }

  @Test
  void aCancelWhileTheBrokerIsSilentLeavesNothingBehind() throws Throwable {
    Future<Throwable> failure = waiting();
    kafka.pause();
    try {
      assertThat(
              time(
                  () -> {
                    statement.cancel();
                    assertThat(soon(failure)).isInstanceOf(SQLException.class);
                  }))
          .isLessThan(SOON);

      nothingIsLeft();
    } finally {
      kafka.resume();
    }
  }

  @Test
  void aTimeLimitEndsAWaitForASilentBroker() throws Throwable {
    kafka.pause();
    try {
      statement.setQueryTimeout(2);

      Duration taken = time(() -> refused("57014", () -> statement.executeQuery(WAITS)));

      assertThat(taken).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
      nothingIsLeft();
    } finally {
      kafka.resume();
    }
  }

  @Test
  void aCancelEndsAJoinThatHasReadEverythingAndOnlyComputes() throws Throwable {
    alter("t", "SET k_stop_at_end 'on'");
    topic.send(1, IntStream.range(0, 40_000).mapToObj(i -> "n" + i).collect(joining("\n")));
    Future<Throwable> failure =
        inBackground(
            () ->
                catchThrowable(
                    () ->
                        statement.executeQuery("SELECT count(*) FROM t a JOIN t b ON a.v < b.v")));
    await(() -> !threads("kadb-segment-" + topic.name()).isEmpty(), "no segments read");
    await(() -> threads("kadb-segment-" + topic.name()).isEmpty(), "segments go on");
    assertThat(failure.isDone()).isFalse();

    Duration taken =
        time(
            () -> {
              statement.cancel();
              assertThat(soon(failure)).isInstanceOf(SQLException.class);
            });

    assertThat(taken).isLessThan(SOON);
    nothingIsLeft();
  }

  @Test
  void manyStatementsShareAFewClients() throws Exception {
    alter("t", "SET k_stop_at_end 'on'");
    for (int i = 0; i < 30; i++) {
      topic.send(i % 4, "m" + i);
      assertThat(client.rows("SELECT v FROM t WHERE v = 'm" + i + "'")).hasSize(1);
    }

    awaitIdle();
    assertThat(KafkaClients.shared().idle()).isLessThanOrEqualTo(3);
    // Each client may have one connection to the broker as bootstrap server and one as itself.
    assertThat(connections()).isBetween(1L, 6L);
  }
}
