package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kadb.testing.TestTopic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Joins that have read all their messages and would go on for hours in memory: 3000 rows, all with
 * the same key, joined with themselves twice.
 */
class CancelJoinsIT extends TableFixture {
  private static final Duration SOON = Duration.ofSeconds(1);

  @BeforeEach
  void createTable() throws SQLException {
    TestTopic topic = kafka.newTopic("joins", 1);
    topic.send(
        0, IntStream.range(0, 3000).mapToObj(i -> i + ",1").collect(Collectors.joining("\n")));
    table("t (v int, k int)", topic);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM t a JOIN t b ON a.k = b.k JOIN t c ON c.k = b.k",
        "SELECT count(*) FROM t a, t b, t c",
        "SELECT a.v FROM t a JOIN (t b CROSS JOIN t c) ON a.v + b.v + c.v < 0",
        "SELECT count(*) FROM t a LEFT JOIN (SELECT b.v FROM t b, t c) x ON a.v + x.v < 0",
        "SELECT count(*) FROM t a RIGHT JOIN (SELECT b.v FROM t b, t c) x ON a.v + x.v < 0",
        "SELECT count(*) FROM t a FULL JOIN (SELECT b.v FROM t b, t c) x ON a.v + x.v < 0",
        "SELECT count(*) FROM t a WHERE EXISTS"
            + " (SELECT 1 FROM t b, t c WHERE a.v + b.v + c.v < 0)",
        "SELECT (SELECT count(*) FROM t b, t c WHERE a.v < b.v + c.v) FROM t a",
        "SELECT t.v FROM t JOIN (WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r)"
            + " SELECT n FROM r) x ON t.v = x.n",
      })
  void endWhenTheyAreCancelled(String query) throws Throwable {
    try (Statement statement = sql.connection().createStatement()) {
      Future<Throwable> failure = inBackground(() -> catchThrowable(() -> drain(statement, query)));
      awaitComputing(query);

      Duration taken =
          time(
              () -> {
                statement.cancel();
                refused(
                    "57014",
                    () -> {
                      throw soon(failure);
                    });
              });

      assertThat(taken).isLessThan(SOON);
    }
    awaitIdle();
    assertThat(offsets("t")).isEmpty();
  }

  private static void drain(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        assertThat(result.getObject(1)).isNotNull();
      }
    }
  }

  /** Waits until the statement runs, has clients of Kafka no more, and works in the engine. */
  private static void awaitComputing(String query) {
    await(
        () ->
            RunningQuery.all().stream().anyMatch(running -> running.shownSql().equals(query))
                && Thread.getAllStackTraces().values().stream()
                    .flatMap(Arrays::stream)
                    .anyMatch(frame -> frame.getClassName().equals(CheckedRows.class.getName())),
        "does not compute");
  }

  @Test
  void endWhenTheirTimeIsOver() throws Throwable {
    try (Statement statement = sql.connection().createStatement()) {
      statement.setQueryTimeout(2);

      Duration taken =
          time(
              () -> refused("57014", () -> drain(statement, "SELECT count(*) FROM t a, t b, t c")));

      assertThat(taken).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }
    assertThat(offsets("t")).isEmpty();
  }

  @Test
  void giveTheSameRowsAsEver() throws SQLException {
    assertThat(sql.rows("SELECT a.v FROM t a JOIN t b ON a.v = b.v + 2998"))
        .containsExactlyInAnyOrder("2998", "2999");
    assertThat(offsets("t")).containsExactly("0|1");
  }
}
