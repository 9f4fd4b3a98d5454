package io.kadb.server.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Captured;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestClients;
import io.kadb.testing.UniqueNames;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kadb produce} writes into topics of a real broker. */
@KafkaTest
class ProduceIT {
  @TempDir Path home;
  private KafkaCluster kafka;
  private String topic;

  @BeforeEach
  void createTopic(KafkaCluster cluster) {
    kafka = cluster;
    topic = UniqueNames.next("Produced", '-');
    kafka.clients().createTopic(topic, 3, Map.of());
  }

  private Captured produce(String input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      List<String> line = new ArrayList<>(List.of("produce", "-u", "jdbc:kadb:?kadb.home=" + home));
      line.addAll(List.of(arguments));
      return Captured.run(line.toArray(String[]::new));
    } finally {
      System.setIn(before);
    }
  }

  private Captured produceToTopic(String input, String... arguments) {
    List<String> line =
        new ArrayList<>(List.of("--brokers", kafka.bootstrapServers(), "--topic", topic));
    line.addAll(List.of(arguments));
    return produce(input, line.toArray(String[]::new));
  }

  private List<String> read(String columns) throws Exception {
    try (SqlClient sql =
        SqlClient.connect(
            Map.of("kadb.home", home.toString(), "brokers", kafka.bootstrapServers()))) {
      return sql.rows(
          "SELECT " + columns + " FROM topics.\"" + topic + "\" ORDER BY _partition, _offset");
    }
  }

  private String one(String columns) throws Exception {
    try (SqlClient sql =
        SqlClient.connect(
            Map.of("kadb.home", home.toString(), "brokers", kafka.bootstrapServers()))) {
      return sql.rows("SELECT " + columns + " FROM topics.\"" + topic + "\"").get(0);
    }
  }

  @Test
  void writesLinesInTheirOrderToThePartitionGiven() throws Exception {
    Captured run = produceToTopic("a\nb\n\nc\n", "--partition", "2");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output()).isEmpty();
    assertThat(run.errors()).contains("4 messages in ");
    assertThat(read("_partition, _offset, \"value\""))
        .containsExactly("2|0|a", "2|1|b", "2|2|null", "2|3|c");
  }

  @Test
  void givesMessagesOfOneKeyToOnePartition() throws Exception {
    StringBuilder csv = new StringBuilder("id,name\n");
    for (int i = 0; i < 60; i++) {
      csv.append(i % 6).append(",\"n\n").append(i).append("\"\n");
    }
    Captured run = produceToTopic(csv.toString(), "--format", "csv", "--header", "--key", "id");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(one("COUNT(*), COUNT(DISTINCT _key), COUNT(DISTINCT _partition) > 1"))
        .isEqualTo("60|6|true");
  }

  @Test
  void writesTombstonesWithTheirKeys() throws Exception {
    Captured run = produceToTopic("k:v\nk:-\n", "--key-separator", ":", "--null", "-");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(read("_tombstone, _key IS NULL, _value IS NULL"))
        .containsExactly("false|false|false", "true|false|true");
  }

  @Test
  void usesTopicAndBrokersOfAForeignTable() throws Exception {
    try (SqlClient sql = SqlClient.connect(Map.of("kadb.home", home.toString()))) {
      sql.update(
          "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + kafka.bootstrapServers()
              + "')");
      sql.update(
          "CREATE FOREIGN TABLE \"Orders\" (j TEXT) SERVER k OPTIONS (k_topic '" + topic + "')");
    }
    Captured run = produce("{\"a\":1}{\"a\":2}", "--table", "\"Orders\"", "--format", "json");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(read("\"value\"")).contains("{\"a\":1}", "{\"a\":2}").hasSize(2);
  }

  @Test
  void keepsToTheRate() {
    long began = System.nanoTime();
    Captured run = produceToTopic("a\nb\nc\nd\n", "--rate", "10");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(300_000_000L);
  }

  @Test
  void saysWhereTheInputIsBadAndHowMuchHasArrived() throws Exception {
    Captured run = produceToTopic("{\"a\":1}\n{\"a\":2}\n{", "--format", "json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("JSON text 3").contains("2 messages have arrived");
    assertThat(read("\"value\"")).hasSize(2);
  }

  @Test
  void doesNotCreateATopic() {
    Captured run =
        produce("a\n", "--brokers", kafka.bootstrapServers(), "--topic", "nosuch-" + topic);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("nosuch-" + topic);
    assertThat(TestClients.await(kafka.clients().admin().listTopics().names()))
        .doesNotContain("nosuch-" + topic);
  }

  @Test
  void refusesAPartitionThatIsNotThere() {
    Captured run = produceToTopic("a\n", "--partition", "3");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("no partition 3").contains("0 messages have arrived");
  }

  @Test
  void refusesAWrongCommandLine() {
    assertThat(produce("a\n", "--topic", topic).exitCode()).isEqualTo(64);
    assertThat(produce("a\n", "--table", "t", "--key", "1").exitCode()).isEqualTo(64);
  }
}
