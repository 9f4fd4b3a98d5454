package io.kadb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.ChildJvm;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch that is many times larger than the heap, and a reader that does not keep up. */
@KafkaTest
@Timeout(150)
class MemoryIT {
  private static final int PARTITIONS = 4;
  private static final long GIBIBYTE = 1L << 30;

  private final KafkaCluster kafka;
  @TempDir private Path directory;

  MemoryIT(KafkaCluster kafka) {
    this.kafka = kafka;
  }

  @ParameterizedTest
  @CsvSource({"8192, none", "65536, lz4", "524288, zstd"})
  void readsAGibibyteInASmallHeap(int messageBytes, String compression) throws SQLException {
    TestTopic topic = kafka.newTopic("memory", PARTITIONS);
    long messages = GIBIBYTE / messageBytes;
    send(topic, messages, messageBytes, compression);
    define(topic);

    String said;
    try (ChildJvm reader = start((int) (messages / 8))) {
      assertThat(reader.awaitEnd()).as(reader::output).isZero();
      said = reader.output();
    }

    assertThat(said).contains(SlowReader.PAUSED + " 2");
    assertThat(said).contains(SlowReader.READ + " " + messages + " " + messages * messageBytes);
    try (SqlClient sql = SqlClient.connect(Map.of("kadb.home", directory.toString()))) {
      assertThat(sql.rows("SELECT prt, off FROM kadb.offsets ORDER BY prt"))
          .containsExactly(
              "0|" + messages / PARTITIONS,
              "1|" + messages / PARTITIONS,
              "2|" + messages / PARTITIONS,
              "3|" + messages / PARTITIONS);
    }
    topic.delete();
  }

  private ChildJvm start(int stretch) {
    return ChildJvm.start(
        directory,
        SlowReader.class,
        List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError"),
        directory.toString(),
        Integer.toString(stretch));
  }

  private void define(TestTopic topic) throws SQLException {
    try (SqlClient sql = SqlClient.connect(Map.of("kadb.home", directory.toString()))) {
      sql.update(
          "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + kafka.bootstrapServers()
              + "', k_consumer_group 'g', k_seg_batch '10000000', k_timeout_ms '600000',"
              + " k_latency_ms '20000', k_stop_at_end 'true', k_segments '2', format 'text')");
      sql.update(
          "CREATE FOREIGN TABLE t (v text) SERVER k OPTIONS (k_topic '" + topic.name() + "')");
    }
  }

  private void send(TestTopic topic, long messages, int bytes, String compression) {
    byte[] value = "kadb".repeat(bytes / 4).getBytes(StandardCharsets.US_ASCII);
    try (Producer<byte[], byte[]> producer =
        kafka
            .clients()
            .newProducer(
                Map.of(
                    "compression.type", compression,
                    "batch.size", "900000",
                    "linger.ms", "50",
                    "max.request.size", "1000000"))) {
      for (long i = 0; i < messages; i++) {
        producer.send(new ProducerRecord<>(topic.name(), (int) (i % PARTITIONS), null, value));
      }
    }
    for (int p = 0; p < PARTITIONS; p++) {
      assertThat(topic.endOffset(p)).isEqualTo(messages / PARTITIONS);
    }
  }
}
