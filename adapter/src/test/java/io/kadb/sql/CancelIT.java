package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ways to end a SELECT that would wait for a minute: soon, with its clients given back. */
class CancelIT extends TwoStoresFixture {
  private static final Duration SOON = Duration.ofSeconds(1);

  private TestTopic topic;
  private Statement statement;

  @BeforeEach
  void createTable() throws SQLException {
    topic = kafka.newTopic("cancel", 2);
    topic.send(0, "1", "2");
    table("t (v int)", topic, "k_stop_at_end 'false'", "k_timeout_ms '60000'");
    statement = sql.connection().createStatement();
  }

  /** Runs a query to its end on another thread, and returns when its segments read. */
  private Future<Integer> waiting(String query) {
    Future<Integer> rows =
        inBackground(
            () -> {
              int count = 0;
              try (ResultSet result = statement.executeQuery(query)) {
                while (result.next()) {
                  count++;
                }
              }
              return count;
            });
    await(() -> KafkaClients.shared().borrowed() > 0, "no segment reads");
    return rows;
  }

  private static String failure(String state, Future<?> future) throws Exception {
    try {
      Object given = soon(future);
      throw new AssertionError("no failure but " + given);
    } catch (ExecutionException e) {
      return refused(
          state,
          () -> {
            throw e.getCause();
          });
    }
  }

  private void assertEndsSoon(String state, Future<?> waiting, ThrowingCallable how)
      throws Throwable {
    Duration taken =
        time(
            () -> {
              how.call();
              failure(state, waiting);
            });
    assertThat(taken).isLessThan(SOON);
    awaitIdle();
    assertThat(offsets("t")).isEmpty();
  }

  private void assertUsable(Statement used) throws SQLException {
    alter("t", "SET k_stop_at_end 'true'");
    try (ResultSet result = used.executeQuery("SELECT count(*) FROM t")) {
      result.next();
      assertThat(result.getInt(1)).isEqualTo(2);
    }
    assertThat(offsets("t")).containsExactly("0|2", "1|0");
  }

  @Test
  void cancelEndsAStatementThatWaitsForItsFirstRow() throws Throwable {
    Future<Integer> waiting = waiting("SELECT v FROM t WHERE v > 100");

    assertEndsSoon("57014", waiting, statement::cancel);

    assertUsable(statement);
  }

  @Test
  void cancelEndsAStatementThatWaitsForFurtherRows() throws Throwable {
    Future<Integer> waiting = waiting("SELECT v FROM t");

    assertEndsSoon("57014", waiting, statement::cancel);

    assertUsable(statement);
  }

  @Test
  void cancelEndsAnAggregate() throws Throwable {
    Future<Integer> waiting = waiting("SELECT count(*) FROM t a JOIN t b ON a.v < b.v");

    assertEndsSoon("57014", waiting, statement::cancel);

    assertUsable(statement);
  }

  @Test
  void cancelWithoutAStatementThatRunsDoesNothing() throws SQLException {
    statement.cancel();

    assertUsable(statement);
  }

  @Test
  void aTimeLimitEndsAStatement() throws Throwable {
    statement.setQueryTimeout(1);

    Duration taken =
        time(() -> refused("57014", () -> statement.executeQuery("SELECT v FROM t WHERE v > 100")));

    assertThat(taken).isBetween(Duration.ofMillis(900), Duration.ofSeconds(2));
    awaitIdle();
    assertThat(offsets("t")).isEmpty();
    statement.setQueryTimeout(0);
    assertUsable(statement);
  }

  @Test
  void closingTheConnectionEndsItsStatement() throws Throwable {
    SqlClient other = connect();
    statement = other.connection().createStatement();
    Future<Integer> waiting = waiting("SELECT v FROM t WHERE v > 100");

    assertEndsSoon("57014", waiting, () -> other.connection().close());

    assertThat(other.connection().isClosed()).isTrue();
  }

  @Test
  void closingTheStatementEndsIt() throws Throwable {
    Future<Integer> waiting = waiting("SELECT v FROM t WHERE v > 100");

    assertEndsSoon("57014", waiting, () -> statement.close());
  }

  @Test
  void closingAResultEarlyDoesNotWaitForMessages() throws Throwable {
    ResultSet result = statement.executeQuery("SELECT v FROM t");
    // The first row is handed out while the second is known: nothing is waited for yet.
    assertThat(result.next()).isTrue();

    assertThat(time(result::close)).isLessThan(SOON);

    awaitIdle();
    assertThat(offsets("t")).isEmpty();
    assertUsable(statement);
  }

  @Test
  void cancelEndsAStatementThatWaitsForBrokers() throws Throwable {
    server("dead", NOBODY);
    sql.update("CREATE FOREIGN TABLE d (v int) SERVER dead OPTIONS (k_topic 'x')");
    Future<ResultSet> waiting = inBackground(() -> statement.executeQuery("SELECT v FROM d"));
    await(() -> KafkaClients.shared().borrowed() > 0, "nobody asks the brokers");

    assertThat(
            time(
                () -> {
                  statement.cancel();
                  failure("57014", waiting);
                }))
        .isLessThan(SOON);
  }
}
