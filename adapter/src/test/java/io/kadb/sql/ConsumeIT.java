package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestClients;
import io.kadb.testing.TestTopic;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;

/** Which messages one consuming SELECT takes, and when it ends. */
class ConsumeIT extends TwoStoresFixture {
  private TestTopic topicOf(int partitions, int messagesEach) {
    TestTopic topic = kafka.newTopic("consume", partitions);
    for (int p = 0; p < partitions; p++) {
      for (int m = 0; m < messagesEach; m++) {
        topic.send(p, p + "" + m);
      }
    }
    return topic;
  }

  private long taken(int... partitions) throws SQLException {
    long sum = 0;
    for (String row : offsets("t")) {
      String[] values = row.split("\\|");
      for (int partition : partitions) {
        sum += Integer.parseInt(values[0]) == partition ? Long.parseLong(values[1]) : 0;
      }
    }
    return sum;
  }

  @Test
  void takesAtMostABatchForEachSegmentAndEachMessageOnce() throws SQLException {
    table("t (v text)", topicOf(4, 5), "k_segments '2'", "k_seg_batch '3'");
    List<String> all = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();

    for (int i = 1; i <= 5; i++) {
      List<String> rows = sql.rows("SELECT v FROM t");
      sizes.add(rows.size());
      all.addAll(rows);
      assertThat(taken(0, 1)).isEqualTo(Math.min(10, 3 * i));
      assertThat(taken(2, 3)).isEqualTo(Math.min(10, 3 * i));
    }

    assertThat(sizes).containsExactly(6, 6, 6, 2, 0);
    assertThat(all).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void dealsPartitionsInContiguousBlocksOfAlmostTheSameSize() throws SQLException {
    table("t (v text)", topicOf(5, 2), "k_segments '3'", "k_seg_batch '1'");

    assertThat(sql.rows("SELECT v FROM t")).hasSize(3);

    assertThat(List.of(taken(0, 1), taken(2, 3), taken(4))).containsExactly(1L, 1L, 1L);
  }

  @Test
  void letsNoPartitionStarveAnother() throws SQLException {
    table("t (v text)", topicOf(3, 9), "k_seg_batch '9'");

    sql.rows("SELECT v FROM t");

    assertThat(offsets("t")).containsExactly("0|3", "1|3", "2|3");
  }

  @Test
  void givesTheMessagesOfAPartitionInTheirOrder() throws SQLException {
    table("t (v text)", topicOf(1, 9), "k_seg_batch '4'");

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("00", "01", "02", "03");
    assertThat(sql.rows("SELECT v FROM t")).containsExactly("04", "05", "06", "07");
    assertThat(sql.rows("SELECT v FROM t")).containsExactly("08");
  }

  @Test
  void writesOffsetsOfAllPartitionsAlsoOfThoseThatGaveNothing() throws SQLException {
    TestTopic topic = kafka.newTopic("consume", 3);
    topic.send(1, "a", "b");
    table("t (v text)", topic);

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("a", "b");

    assertThat(offsets("t")).containsExactly("0|0", "1|2", "2|0");
  }

  @Test
  void goesOnWhereAnotherConnectionStopped() throws SQLException {
    table("t (v text)", topicOf(1, 4), "k_seg_batch '3'");
    sql.rows("SELECT v FROM t");

    assertThat(connect().rows("SELECT v FROM t")).containsExactly("03");
  }

  @Test
  void aPreparedStatementTakesTheNextBatchEachTime() throws SQLException {
    table("t (v text)", topicOf(1, 5), "k_seg_batch '2'");
    try (PreparedStatement statement =
        sql.connection().prepareStatement("SELECT count(*), min(v) FROM t WHERE v <> ?")) {
      statement.setString(1, "01");
      assertThat(onlyRow(statement)).isEqualTo("1|00");
      assertThat(onlyRow(statement)).isEqualTo("2|02");
      alter("t", "SET k_seg_batch '1'");
      assertThat(onlyRow(statement)).isEqualTo("1|04");
      assertThat(onlyRow(statement)).isEqualTo("0|null");
    }
    assertThat(offsets("t")).containsExactly("0|5");
  }

  private static String onlyRow(PreparedStatement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      assertThat(result.next()).isTrue();
      return SqlClient.row(result);
    }
  }

  @Test
  void countsMessagesNotRows() throws SQLException {
    TestTopic topic = kafka.newTopic("consume", 1);
    topic.send(0, "1\n2\n3", "4\n5", "6");
    table("t (v int)", topic, "k_seg_batch '2'");

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("1", "2", "3", "4", "5");
    assertThat(offsets("t")).containsExactly("0|2");
    assertThat(sql.rows("SELECT v FROM t")).containsExactly("6");
  }

  @Test
  void readsPartitionsThatWereAddedMeanwhile() throws SQLException {
    TestTopic topic = topicOf(1, 1);
    table("t (v text)", topic);
    sql.rows("SELECT v FROM t");

    TestClients.await(
        kafka
            .clients()
            .admin()
            .createPartitions(Map.of(topic.name(), NewPartitions.increaseTo(3)))
            .all());
    topic.send(2, "new");

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("new");
    assertThat(offsets("t")).containsExactly("0|1", "1|0", "2|1");
    assertThat(sql.warnings())
        .hasSize(2)
        .allMatch(w -> w.startsWith("00000 " + topic.name()))
        .anyMatch(w -> w.contains("[1]"))
        .anyMatch(w -> w.contains("[2]"));
  }

  @Test
  void stopsAtTheEndLongBeforeItsTime() throws Throwable {
    table("t (v text)", topicOf(2, 3), "k_timeout_ms '60000'");

    assertThat(time(() -> assertThat(sql.rows("SELECT v FROM t")).hasSize(6)))
        .isLessThan(Duration.ofSeconds(10));
    assertThat(time(() -> assertThat(sql.rows("SELECT v FROM t")).isEmpty()))
        .isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void stopsAsSoonAsTheBatchIsFull() throws Throwable {
    table(
        "t (v text)", topicOf(1, 3), "k_stop_at_end 'off', k_timeout_ms '60000', k_seg_batch '3'");

    assertThat(time(() -> assertThat(sql.rows("SELECT v FROM t")).hasSize(3)))
        .isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void waitsUntilItsTimeIsOver() throws Throwable {
    table("t (v text)", topicOf(2, 1), "k_stop_at_end 'off', k_timeout_ms '400'");

    Duration taken = time(() -> assertThat(sql.rows("SELECT v FROM t")).hasSize(2));

    assertThat(taken).isBetween(Duration.ofMillis(390), Duration.ofSeconds(5));
    assertThat(offsets("t")).containsExactly("0|1", "1|1");
  }

  @Test
  void takesMessagesThatComeWhileItWaits() throws Exception {
    TestTopic topic = topicOf(1, 0);
    table("t (v text)", topic, "k_stop_at_end 'off', k_timeout_ms '30000', k_seg_batch '2'");

    Future<List<String>> rows = inBackground(() -> sql.rows("SELECT v FROM t"));
    await(() -> KafkaClients.shared().borrowed() > 0, "no segment reads");
    topic.send(0, "late", "later");

    assertThat(soon(rows)).containsExactly("late", "later");
  }

  @Test
  void takesWhatIsThereWhenItMayNotWait() throws Throwable {
    table("t (v text)", topicOf(2, 3), "k_stop_at_end 'off', k_timeout_ms '0'");

    assertThat(sql.rows("SELECT v FROM t")).hasSize(6);
    assertThat(time(() -> assertThat(sql.rows("SELECT v FROM t")).isEmpty()))
        .isLessThan(Duration.ofSeconds(5));
    assertThat(offsets("t")).containsExactly("0|3", "1|3");
  }

  @Test
  void doesNotCreateATopicThatDoesNotExist() throws Exception {
    String name = kafka.newTopic("consume", 1).name() + "-missing";
    table("t (v text)", new TestTopic(kafka, name));

    String error = refused("HV00R", () -> sql.rows("SELECT v FROM t"));

    assertThat(error).contains(name);
    assertThat(TestClients.await(kafka.clients().admin().listTopics().names()))
        .doesNotContain(name);
    assertThat(offsets("t")).isEmpty();
  }
}
