package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.TestClients;
import io.kadb.testing.TestTopic;
import io.kadb.testing.TestTransaction;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Topics that change while they are read, or between one statement and the next. */
@KafkaTest(
    own = true,
    server = {"log.cleaner.backoff.ms=100"})
@Timeout(120)
class ChangingTopicIT extends TableFixture {
  private static final String WAITS = "k_stop_at_end 'off', k_timeout_ms '60000'";
  private static final int MANY = 6_000;
  private static final Duration LONG_BEFORE = Duration.ofSeconds(15);

  private TestTopic topic;

  private void topic(int partitions, String... messagesEach) {
    topic = kafka.newTopic("changing", partitions);
    sendToEach(partitions, messagesEach);
  }

  private void sendToEach(int partitions, String... messages) {
    for (int p = 0; p < partitions; p++) {
      topic.send(p, messages);
    }
  }

  /** More than segments hold ahead of a reader, so that the rest is not fetched yet. */
  private void sendMany() {
    byte[] value = "x".repeat(8_000).getBytes(StandardCharsets.US_ASCII);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      records.add(new ProducerRecord<>(topic.name(), 0, null, value));
    }
    topic.send(records);
  }

  private static void readOn(ResultSet rows) throws SQLException {
    while (rows.next()) {
      assertThat(rows.getString(1)).hasSize(8_000);
    }
  }

  private void recreate(int partitions, String... messagesEach) {
    topic.delete();
    await(() -> !topicExists(), "the topic is still there");
    kafka.clients().createTopic(topic.name(), partitions, Map.of());
    sendToEach(partitions, messagesEach);
  }

  private boolean topicExists() {
    return TestClients.await(kafka.clients().admin().listTopics().names()).contains(topic.name());
  }

  private Future<List<String>> reading(String query) {
    Future<List<String>> rows = inBackground(() -> sql.rows(query));
    await(this::segmentReads, "no segment reads");
    return rows;
  }

  /** Returns what a statement gave, or throws what it threw. */
  private static List<String> outcome(Future<List<String>> rows) throws Throwable {
    try {
      return soon(rows);
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  private boolean segmentReads() {
    return KafkaClients.shared().borrowed() > 0
        && Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().startsWith("kadb-segment-" + topic.name()));
  }

  private void addPartitions(int total) {
    TestClients.await(
        kafka
            .clients()
            .admin()
            .createPartitions(Map.of(topic.name(), NewPartitions.increaseTo(total)))
            .all());
  }

  // What becomes of messages

  @Test
  void refusesToLeaveOutMessagesThatRetentionTookWhileAStatementRead() throws SQLException {
    topic(1);
    sendMany();
    table("t (v text)", topic, "k_seg_batch '10000'");
    String error;
    try (Statement statement = sql.connection().createStatement();
        ResultSet rows = statement.executeQuery("SELECT v FROM t")) {
      assertThat(rows.next()).isTrue();
      topic.deleteRecordsBefore(0, MANY - 1);
      error = refused("55000", () -> readOn(rows));
    }

    assertThat(error).contains(topic.name() + "[0]@");
    assertThat(offsets("t")).isEmpty();
    assertThat(sql.rows("SELECT _offset FROM t")).containsExactly("" + (MANY - 1));
    assertThat(sql.warnings()).anyMatch(w -> w.contains("raised to the earliest offset"));
    assertThat(offsets("t")).containsExactly("0|" + MANY);
  }

  /**
   * The reading client cannot connect before the messages are gone; the asking one is connected.
   */
  @Test
  void refusesToLeaveOutMessagesThatRetentionTookBetweenPlanningAndReading() throws Exception {
    topic(1, "a", "b", "c");
    table("t (v text)", topic);
    alter("t", "ADD k_brokers '" + kafka.proxiedBootstrapServers() + "'");
    KafkaClients.shared().closeIdle();
    assertThat(sql.rows("SELECT v FROM t WHERE _partition = 1")).isEmpty();
    assertThat(KafkaClients.shared().idle()).isEqualTo(1);

    kafka.proxy().refuseNew();
    Future<List<String>> rows = reading("SELECT v FROM t");
    topic.deleteRecordsBefore(0, 2);
    kafka.proxy().restore();

    String error = refused("55000", () -> outcome(rows));
    assertThat(error).contains(topic.name() + "[0]@0");
    assertThat(offsets("t")).isEmpty();
    assertThat(sql.rows("SELECT v FROM t")).containsExactly("c");
  }

  @Test
  void passesOverTheGapsThatCompactionLeaves() throws SQLException {
    topic =
        kafka.newTopic(
            "compacted",
            1,
            Map.of(
                "cleanup.policy", "compact",
                "segment.ms", "100",
                "min.cleanable.dirty.ratio", "0.01"));
    for (int i = 0; i < 20; i++) {
      topic.sendKeyed(0, "same", "v" + i);
    }
    table("t (v text)", topic);
    table("look (v text)", topic, "k_scan_mode 'snapshot'");
    // A later message begins a new log segment, which lets the broker compact the one before.
    await(
        () -> {
          topic.sendKeyed(0, "roll", "r");
          return countOf("look", "v19") == 1 && countOf("look", "v0") == 0;
        },
        "no compaction");

    storeOffset("t", 0, 3);
    assertThat(sql.rows("SELECT v FROM t WHERE v = 'v19'")).containsExactly("v19");
    assertThat(offsets("t")).containsExactly("0|" + topic.endOffset(0));
    moveOffsets("t", 5);
    alter("t", "ADD k_seg_batch '1'");
    assertThat(sql.rows("SELECT _offset FROM t")).containsExactly("19");
  }

  private long countOf(String table, String value) {
    try {
      return Long.parseLong(sql.value("SELECT count(*) FROM " + table + " WHERE v = ?", value));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void endsAtAnAbortedTransactionThatIsTheEndOfAPartition() throws Throwable {
    topic(2, "a");
    topic.sendAborted(0, "x", "y");
    table("t (v text)", topic, "k_timeout_ms '60000'");

    Duration taken = time(() -> assertThat(sql.rows("SELECT v FROM t")).containsExactly("a", "a"));

    assertThat(taken).isLessThan(LONG_BEFORE);
    assertThat(offsets("t")).containsExactly("0|4", "1|1");
  }

  @Test
  void endsBeforeATransactionThatIsOpenAndReadsItOnceItIsCommitted() throws Throwable {
    topic(1, "a");
    table("t (v text)", topic, "k_timeout_ms '60000'");
    try (TestTransaction open = topic.beginTransaction().send(0, "b")) {
      assertThat(time(() -> assertThat(sql.rows("SELECT v FROM t")).containsExactly("a")))
          .isLessThan(LONG_BEFORE);
      assertThat(time(() -> assertThat(sql.rows("SELECT v FROM t")).isEmpty()))
          .isLessThan(LONG_BEFORE);
      open.commit();
    }

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("b");
    assertThat(offsets("t")).containsExactly("0|3");
  }

  // What becomes of partitions and topics

  @Test
  void doesNotReadPartitionsThatAreAddedWhileItRuns() throws Exception {
    topic(1);
    table("t (v text)", topic, WAITS, "k_seg_batch '2'");
    Future<List<String>> rows = reading("SELECT v FROM t");

    addPartitions(3);
    topic.send(2, "elsewhere");
    topic.send(0, "a", "b");

    assertThat(soon(rows)).containsExactly("a", "b");
    assertThat(offsets("t")).containsExactly("0|2");
    alter("t", "SET k_stop_at_end 'on'");
    assertThat(sql.rows("SELECT v FROM t")).containsExactly("elsewhere");
    assertThat(offsets("t")).containsExactly("0|2", "1|0", "2|1");
  }

  @Test
  void refusesATopicThatWasCreatedAgainAndIsShorter() throws SQLException {
    topic(2, "a", "b", "c");
    table("t (v text)", topic);
    sql.rows("SELECT v FROM t");

    recreate(2, "d");

    String error = refused("55000", () -> sql.rows("SELECT v FROM t"));
    assertThat(error).contains(topic.name() + "[").contains("offset 3").contains("end offset 1");
    assertThat(offsets("t")).containsExactly("0|3", "1|3");
    moveOffsets("t", 0);
    assertThat(sql.rows("SELECT v FROM t")).containsExactly("d", "d");
    assertThat(offsets("t")).containsExactly("0|1", "1|1");
  }

  @Test
  void goesOnInATopicThatWasCreatedAgainAndHasFewerPartitions() throws SQLException {
    topic(3, "a");
    table("t (v text)", topic);
    sql.rows("SELECT v FROM t");

    recreate(1, "d", "e");

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("e");
    assertThat(offsets("t")).containsExactly("0|2", "1|1", "2|1");
  }

  @Test
  void takesASnapshotOfATopicThatWasCreatedAgainAfterItsClientsReadTheFormerOne()
      throws SQLException {
    topic(2, "a", "b", "c");
    table("t (v text)", topic, "k_scan_mode 'snapshot'");
    for (String letter : List.of("d", "e", "f")) {
      assertThat(sql.rows("SELECT v FROM t")).isNotEmpty();

      recreate(2, letter);

      assertThat(sql.rows("SELECT v FROM t")).containsExactly(letter, letter);
    }
  }

  @Test
  void endsAtItsDeadlineWhenTheTopicIsDeletedWhileItWaits() throws Throwable {
    topic(2);
    table("t (v text)", topic, "k_stop_at_end 'off', k_timeout_ms '4000'");
    long started = System.nanoTime();
    Future<List<String>> rows = reading("SELECT v FROM t");

    topic.delete();

    assertThat(soon(rows)).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(7));
    refused("HV00R", () -> sql.rows("SELECT v FROM t"));
  }

  @Test
  void saysThatTheTopicIsGoneWhenItIsDeletedInTheMiddleOfItsRange() throws Exception {
    topic(1, "a", "b", "c");
    table("t (v text)", topic, "k_latency_ms '2000'");
    alter("t", "ADD k_brokers '" + kafka.proxiedBootstrapServers() + "'");
    KafkaClients.shared().closeIdle();
    assertThat(sql.rows("SELECT v FROM t WHERE _partition = 1")).isEmpty();

    kafka.proxy().refuseNew();
    Future<List<String>> rows = reading("SELECT v FROM t");
    topic.delete();
    await(() -> !topicExists(), "the topic is still there");
    kafka.proxy().restore();

    String error = refused("HV00R", () -> outcome(rows));
    assertThat(error).contains(topic.name());
    assertThat(offsets("t")).isEmpty();
  }

  // What becomes of brokers

  @Test
  void saysWithinItsPatienceThatABrokerWentSilent() throws Throwable {
    topic(1);
    sendMany();
    table("t (v text)", topic, "k_latency_ms '1500'", "k_seg_batch '10000'");
    try (Statement statement = sql.connection().createStatement();
        ResultSet rows = statement.executeQuery("SELECT v FROM t")) {
      rows.next();
      kafka.pause();
      Duration taken =
          time(
              () -> {
                String error = refused("08001", () -> readOn(rows));
                assertThat(error).contains("nothing came for", topic.name() + "-0@");
              });
      assertThat(taken).isLessThan(Duration.ofSeconds(20));
    } finally {
      kafka.resume();
    }
    assertThat(offsets("t")).isEmpty();
    assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("" + MANY);
  }
}
