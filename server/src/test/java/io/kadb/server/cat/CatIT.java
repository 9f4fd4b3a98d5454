package io.kadb.server.cat;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Kadb;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import io.kadb.testing.UniqueNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kadb cat} as a process of its own, with a real broker and a real pipe. */
@KafkaTest
@Timeout(120)
class CatIT {
  private static final String TABLE = "public.lines";

  @TempDir Path folder;
  private KafkaCluster kafka;
  private TestTopic topic;
  private SqlClient sql;

  @BeforeEach
  void defineTable(KafkaCluster cluster) throws SQLException {
    kafka = cluster;
    topic = new TestTopic(kafka, UniqueNames.next("Cat", '-'));
    kafka.clients().createTopic(topic.name(), 5, Map.of());
    sql = SqlClient.connect(Map.of("kadb.home", folder.toString()));
    sql.update(
        "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + kafka.bootstrapServers()
            + "', k_consumer_group 'g', k_seg_batch '100000', k_timeout_ms '20000', k_stop_at_end"
            + " 'true', k_latency_ms '20000', format 'csv')");
    sql.update(
        "CREATE FOREIGN TABLE "
            + TABLE
            + " (id INTEGER, t TEXT, at TIMESTAMP, b BYTEA) SERVER k OPTIONS (k_topic '"
            + topic.name()
            + "')");
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  /** One run of the program: its exit code and what it said. */
  private record Run(int exitCode, String output, String errors) {}

  private Run cat(String... arguments) throws Exception {
    return shell("", arguments);
  }

  /**
   * Runs the program in a shell; its own exit code comes back, not that of what reads it.
   *
   * @param into where its output goes, such as {@code | head -n 1}
   */
  private Run shell(String into, String... arguments) throws Exception {
    Path output = Files.createTempFile(folder, "out", "");
    Path errors = Files.createTempFile(folder, "err", "");
    List<String> java =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Kadb.class.getName(),
                "cat",
                "-u",
                "jdbc:kadb:?kadb.home=" + folder));
    java.addAll(List.of(arguments));
    String command =
        java.stream()
            .map(a -> "'" + a.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    Process process =
        new ProcessBuilder("bash", "-c", command + " " + into + "\nexit ${PIPESTATUS[0]}")
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), Files.readString(output), Files.readString(errors));
  }

  private List<String> stored() throws SQLException {
    return sql.rows("SELECT prt, off FROM kadb.offsets ORDER BY prt");
  }

  private void sendToAll(int each) {
    for (int partition = 0; partition < 5; partition++) {
      int p = partition;
      topic.send(
          partition,
          IntStream.range(0, each).mapToObj(i -> (p * each + i) + ",x").toArray(String[]::new));
    }
  }

  @Test
  void writesRowsAsCopyReadsThem() throws Exception {
    topic.send(
        0, "1,\"a,\"\"b\"\"\",2024-02-29 12:00:00.123456,\\x00ff", "2,c\\d,,", ",\"two\nlines\",,");
    Run csv = cat(TABLE);
    assertThat(csv.errors()).doesNotContain("Exception");
    assertThat(csv.exitCode()).as(csv.errors()).isZero();
    assertThat(csv.output())
        .isEqualTo(
            "1,\"a,\"\"b\"\"\",2024-02-29 12:00:00.123456,\\x00ff\n"
                + "2,c\\d,,\n,\"two\nlines\",,\n");
    assertThat(stored()).containsExactly("0|3", "1|0", "2|0", "3|0", "4|0");
    sql.update("DELETE FROM kadb.offsets");
    Run text = cat(TABLE, "--format", "text", "--columns", "t, _offset, b");
    assertThat(text.output())
        .isEqualTo("a,\"b\"\t0\t\\\\x00ff\nc\\\\d\t1\t\\N\ntwo\\nlines\t2\t\\N\n");
  }

  @Test
  void givesEachMessageToOneSegmentAndToNoneAgain() throws Exception {
    sendToAll(20);
    List<String> ids = new ArrayList<>();
    for (int segment = 0; segment < 3; segment++) {
      Run run = cat(TABLE, "--columns", "id", "--segment", "" + segment, "--segments", "3");
      assertThat(run.exitCode()).as(run.errors()).isZero();
      ids.addAll(run.output().lines().toList());
    }
    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 100).mapToObj(String::valueOf).toList());
    assertThat(cat(TABLE).output()).isEmpty();
  }

  @Test
  void readsNothingForASegmentWithoutPartitions() throws Exception {
    sendToAll(1);
    Run run = cat(TABLE, "--segment", "6", "--segments", "8");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output()).isEmpty();
    assertThat(stored()).isEmpty();
  }

  @Test
  void movesNothingWhenItsReaderGoesAway() throws Exception {
    sendToAll(20_000);
    Run run = shell("| head -n 1", TABLE);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("kadb: ");
    assertThat(stored()).isEmpty();
  }

  @Test
  void movesNothingWhenOutputIsFull() throws Exception {
    sendToAll(1);
    Run run = shell("> /dev/full", TABLE);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(stored()).isEmpty();
  }

  @Test
  void movesNothingWhenAMessageIsBad() throws Exception {
    topic.send(0, "1,a", "x,b");
    Run run = cat(TABLE);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains(topic.name() + "[0]@1").contains("id");
    assertThat(stored()).isEmpty();
  }

  @Test
  void keepsOffsetsInAConsumerGroup() throws Exception {
    sendToAll(2);
    String group = UniqueNames.next("cat", '-');
    Run first = cat(TABLE, "--columns", "id", "--group", group);
    assertThat(first.exitCode()).as(first.errors()).isZero();
    assertThat(first.output().lines()).hasSize(10);
    topic.send(3, "77,new");
    assertThat(cat(TABLE, "--columns", "id", "--group", group).output()).isEqualTo("77\n");
    assertThat(cat(TABLE, "--columns", "id", "--group", group).output()).isEmpty();
    assertThat(stored()).isEmpty();
    Run failed = shell("> /dev/full", TABLE, "--group", group + "-2");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(cat(TABLE, "--group", group + "-2").output().lines()).hasSize(11);
  }

  @Test
  void keepsToABatchAlsoInAConsumerGroup() throws Exception {
    sql.update("ALTER SERVER k OPTIONS (SET k_seg_batch '3')");
    topic.send(0, "1,a", "2,b", "3,c", "4,d");
    String group = UniqueNames.next("cat", '-');
    assertThat(cat(TABLE, "--columns", "id", "--group", group).output()).isEqualTo("1\n2\n3\n");
    assertThat(cat(TABLE, "--columns", "id", "--group", group).output()).isEqualTo("4\n");
  }

  @Test
  void saysWhatTheGroupMissed() throws Exception {
    topic.send(0, "1,a", "2,b", "3,c");
    String group = UniqueNames.next("cat", '-');
    assertThat(cat(TABLE, "--group", group).exitCode()).isZero();
    topic.send(0, "4,d", "5,e");
    topic.deleteRecordsBefore(0, 4);
    Run run = cat(TABLE, "--columns", "id", "--group", group);
    assertThat(run.output()).isEqualTo("5\n");
    assertThat(run.errors()).contains("stands at offset 3, the earliest that Kafka has is 4");
  }

  @Test
  void refusesAGroupWhereMessagesWouldBePutAside() throws Exception {
    sql.update("ALTER FOREIGN TABLE " + TABLE + " OPTIONS (ADD k_on_error 'reject')");
    topic.send(0, "x,bad");
    String group = UniqueNames.next("cat", '-');
    Run run = cat(TABLE, "--group", group);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("k_on_error");
    Run stored = cat(TABLE);
    assertThat(stored.exitCode()).as(stored.errors()).isZero();
    assertThat(sql.value("SELECT count(*) FROM kadb.rejects")).isEqualTo("1");
  }

  @Test
  void readsATopicWithoutADefinition() throws Exception {
    topic.send(0, "plain, text");
    Run run = cat("--brokers", kafka.bootstrapServers(), "--topic", topic.name());
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output()).isEqualTo("\"plain, text\"\n");
  }

  @Test
  void refusesAWrongCommandLine() throws Exception {
    assertThat(cat().exitCode()).isEqualTo(64);
    assertThat(cat(TABLE, "--segment", "1").exitCode()).isEqualTo(64);
    assertThat(cat(TABLE, "--segment", "3", "--segments", "3").exitCode()).isEqualTo(64);
    Run unknown = cat("public.nosuch");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.output()).isEmpty();
  }
}
