package io.kadb.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.kadb.testing.TestTopic;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls and the SQL of PXF's JDBC profile, partitioned by {@code _partition} and not. */
class PxfReplayIT extends ClientFixture {
  private static final int SEGMENTS = 3;
  private static final int POOL = 15;

  private static final String EVERYTHING = "SELECT id, name FROM public.t";

  private PxfReader reader(String... sessionProperties) {
    return new PxfReader(
        pool(POOL),
        List.of(sessionProperties),
        List.of(row -> row.getInt("id"), row -> row.getString("name")));
  }

  /** Returns the N+3 queries of {@code PARTITION_BY=_partition:int&RANGE=0:N&INTERVAL=1}. */
  private static List<String> fragments(int partitions) {
    List<String> queries =
        new ArrayList<>(
            List.of(
                EVERYTHING + " WHERE _partition < 0",
                EVERYTHING + " WHERE _partition >= " + partitions));
    for (int p = 0; p < partitions; p++) {
      queries.add(EVERYTHING + " WHERE _partition >= " + p + " AND _partition < " + (p + 1));
    }
    queries.add(EVERYTHING + " WHERE _partition IS NULL");
    return queries;
  }

  private TestTopic numbers(int... counts) throws SQLException {
    TestTopic topic = table("t", "id int, name text", counts.length);
    int first = 0;
    for (int p = 0; p < counts.length; p++) {
      sendNumbers(topic, p, first, first + counts[p]);
      first += counts[p];
    }
    return topic;
  }

  private static void sendNumbers(TestTopic topic, int partition, int from, int to) {
    topic.send(
        partition, IntStream.range(from, to).mapToObj(i -> i + ",n" + i).toArray(String[]::new));
  }

  /** Reads the fragments, dealt to the segments in turn, each segment in a thread of its own. */
  private static List<List<@Nullable Object>> readOnSegments(PxfReader reader, List<String> queries)
      throws Exception {
    ExecutorService segments = Executors.newFixedThreadPool(SEGMENTS);
    try {
      List<Future<List<List<@Nullable Object>>>> parts = new ArrayList<>();
      for (int segment = 0; segment < SEGMENTS; segment++) {
        int first = segment;
        parts.add(
            segments.submit(
                () -> {
                  List<List<@Nullable Object>> rows = new ArrayList<>();
                  for (int i = first; i < queries.size(); i += SEGMENTS) {
                    rows.addAll(reader.read(queries.get(i)));
                  }
                  return rows;
                }));
      }
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (Future<List<List<@Nullable Object>>> part : parts) {
        rows.addAll(part.get());
      }
      return rows;
    } finally {
      segments.shutdownNow();
    }
  }

  private static List<List<@Nullable Object>> expected(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Arrays.<@Nullable Object>asList(i, "n" + i))
        .toList();
  }

  @Test
  void readsEachMessageOnceByPartitions() throws Exception {
    TestTopic topic = numbers(2_500, 1_000, 1, 0);
    PxfReader reader = reader("kadb.scan_mode = consume");

    assertThat(readOnSegments(reader, fragments(4)))
        .containsExactlyInAnyOrderElementsOf(expected(0, 3_501));
    assertThat(stored()).containsExactly("0|2500", "1|1000", "2|1", "3|0");

    assertThat(readOnSegments(reader, fragments(4))).isEmpty();
    sendNumbers(topic, 3, 3_501, 3_504);
    assertThat(readOnSegments(reader, fragments(4)))
        .containsExactlyInAnyOrderElementsOf(expected(3_501, 3_504));
    awaitNoScan();
  }

  @Test
  void readsEachMessageOnceWithoutPartitions() throws Exception {
    numbers(1_500, 700);
    PxfReader reader = reader();

    assertThat(reader.read(EVERYTHING)).containsExactlyInAnyOrderElementsOf(expected(0, 2_200));
    assertThat(stored()).containsExactly("0|1500", "1|700");
    assertThat(reader.read(EVERYTHING)).isEmpty();
    awaitNoScan();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_partition < 0", "_partition >= 2", "_partition IS NULL"})
  void fragmentsOutsideTheRangeMoveNothing(String range) throws SQLException {
    numbers(10, 10);

    assertThat(reader().read(EVERYTHING + " WHERE " + range)).isEmpty();
    assertThat(stored()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_partition < 0", "_partition IS NULL"})
  void fragmentsThatCannotHaveRowsWorkWithKafkaDown(String range) throws SQLException {
    createServer("down", "127.0.0.1:1");
    observer.update(
        "CREATE FOREIGN TABLE t (id int, name text) SERVER down OPTIONS (k_topic 'gone')");

    assertThat(reader().read(EVERYTHING + " WHERE " + range)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 2_500})
  void aPartitionThatFailsMovesOnlyTheOthers(int goodRows) throws Exception {
    TestTopic topic = numbers(5, goodRows, 5);
    topic.send(1, "x,bad");
    PxfReader reader = reader();

    List<List<@Nullable Object>> rows = new ArrayList<>();
    List<List<@Nullable Object>> beforeTheFailure = new ArrayList<>();
    for (String query : fragments(3)) {
      if (query.contains(">= 1 ")) {
        assertThatThrownBy(() -> reader.read(query, beforeTheFailure::add))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P02"));
      } else {
        rows.addAll(reader.read(query));
      }
    }

    assertThat(beforeTheFailure).isEqualTo(expected(5, 5 + beforeTheFailure.size()));
    assertThat(rows)
        .hasSize(10)
        .containsAll(expected(0, 5))
        .containsAll(expected(5 + goodRows, 10 + goodRows));
    assertThat(stored()).containsExactly("0|5", "2|5");
    awaitNoScan();
  }

  /** Only what fails before the first row does Greenplum show to its user. */
  @Test
  void aMessageThatFailsBeforeTheFirstRowFailsTheExecution() throws SQLException {
    numbers(0).send(0, "x,bad", "1,good");
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery(EVERYTHING))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(e.getMessage()).contains("x").doesNotContain("\n"));
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void aLimitThatInterruptsTheReaderMovesNothing() throws Exception {
    numbers(5_000);
    HikariDataSource pool = pool(1);
    PxfReader reader =
        new PxfReader(
            pool, List.of(), List.of(row -> row.getInt("id"), row -> row.getString("name")));

    for (int run = 0; run < 3; run++) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  reader.read(
                      EVERYTHING,
                      row -> {
                        rows.add(row);
                        if (rows.size() == 1_200) {
                          Thread.currentThread().interrupt();
                          throw new SQLException("the reader has enough");
                        }
                      }))
          .hasMessage("the reader has enough");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(rows).isEqualTo(expected(0, 1_200));
      assertThat(server.connections().openResultCount()).isZero();
      assertThat(server.connections().statementCount()).isZero();
      assertThat(stored()).isEmpty();
    }
    awaitNoScan();
    assertThat(server.connections().count()).as("the pool keeps its connection").isEqualTo(1);

    assertThat(reader.read(EVERYTHING)).isEqualTo(expected(0, 5_000));
    assertThat(stored()).containsExactly("0|5000");
  }

  @Test
  void sessionPropertiesAreSetOnEachConnection() throws SQLException {
    numbers(3);
    PxfReader reader = reader("kadb.scan_mode = 'snapshot'", "search_path = public");

    for (int run = 0; run < 2; run++) {
      assertThat(reader.read("SELECT id, name FROM t")).isEqualTo(expected(0, 3));
    }
    assertThat(stored()).isEmpty();
  }
}
