package io.kadb.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Shows that a cluster does what {@link KafkaCluster} promises, and survives what it has to. */
@KafkaTest(own = true)
class KafkaClusterIT {
  private final KafkaCluster kafka;

  KafkaClusterIT(KafkaCluster kafka) {
    this.kafka = kafka;
  }

  @Test
  void returnsWhatWasProduced() {
    TestTopic topic = kafka.newTopic("read-back", 2);
    topic.send(0, "a", "b");
    topic.send(1, "c");

    assertThat(read(topic, 0, kafka.bootstrapServers())).containsExactly("a", "b");
    assertThat(read(topic, 1, kafka.bootstrapServers())).containsExactly("c");
  }

  @Test
  void keepsDataAndAddressWhenItIsKilled() {
    TestTopic topic = kafka.newTopic("killed", 1);
    topic.send(0, "before");
    String address = kafka.bootstrapServers();

    kafka.kill();
    kafka.start();

    assertThat(kafka.bootstrapServers()).isEqualTo(address);
    topic.send(0, "after");
    assertThat(read(topic, 0, address)).containsExactly("before", "after");
  }

  @Test
  void keepsDataWhenItIsStopped() {
    TestTopic topic = kafka.newTopic("stopped", 1);
    topic.send(0, "before");

    kafka.stop();
    kafka.start();

    assertThat(read(topic, 0, kafka.bootstrapServers())).containsExactly("before");
  }

  @Test
  void answersNobodyWhileItIsPaused() throws Exception {
    TestTopic topic = kafka.newTopic("paused", 1);
    topic.send(0, "x");

    kafka.pause();
    try {
      assertThatThrownBy(() -> clusterId(kafka.bootstrapServers(), Duration.ofSeconds(1)))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    } finally {
      kafka.resume();
    }

    assertThat(read(topic, 0, kafka.bootstrapServers())).containsExactly("x");
  }

  @Test
  void showsCommittedTransactionsOnlyAndKeepsTheirMarkers() {
    TestTopic topic = kafka.newTopic("transactions", 1);
    topic.sendCommitted(0, "a", "b", "c");
    topic.sendAborted(0, "lost", "lost");
    topic.sendCommitted(0, "d");

    assertThat(read(topic, 0, kafka.bootstrapServers())).containsExactly("a", "b", "c", "d");
    assertThat(topic.endOffset(0)).isEqualTo(9);
  }

  @Test
  void deletesRecordsAsRetentionDoes() {
    TestTopic topic = kafka.newTopic("deleted", 1);
    topic.send(0, "a", "b", "c");

    topic.deleteRecordsBefore(0, 2);

    assertThat(topic.earliestOffset(0)).isEqualTo(2);
    assertThat(read(topic, 0, kafka.bootstrapServers())).containsExactly("c");
  }

  @Test
  void leadsProxiedClientsThroughTheProxyForAllTheyDo() throws Exception {
    TestTopic topic = kafka.newTopic("proxied", 1);
    topic.send(0, "a");
    String proxied = kafka.proxiedBootstrapServers();
    assertThat(read(topic, 0, proxied)).containsExactly("a");

    kafka.proxy().refuse();
    try {
      assertThatThrownBy(() -> clusterId(proxied, Duration.ofSeconds(1)))
          .hasCauseInstanceOf(TimeoutException.class);
      assertThat(clusterId(kafka.bootstrapServers(), Duration.ofSeconds(30))).isNotEmpty();
    } finally {
      kafka.proxy().restore();
    }

    assertThat(read(topic, 0, proxied)).containsExactly("a");
  }

  private static String clusterId(String bootstrapServers, Duration deadline) throws Exception {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("default.api.timeout.ms", (int) deadline.toMillis());
    properties.put("request.timeout.ms", (int) deadline.toMillis());
    try (Admin admin = Admin.create(properties)) {
      return admin.describeCluster().clusterId().get(60, TimeUnit.SECONDS);
    }
  }

  /** The values between the earliest offset and the end at the time of the call. */
  private static List<String> read(TestTopic topic, int partition, String bootstrapServers) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("fetch.max.wait.ms", 10);
    TopicPartition from = new TopicPartition(topic.name(), partition);
    List<String> values = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(from));
      consumer.seekToBeginning(List.of(from));
      long end = consumer.endOffsets(List.of(from)).get(from);
      while (consumer.position(from) < end) {
        assertThat(System.nanoTime()).as("deadline of reading %s", from).isLessThan(deadline);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          values.add(new String(record.value(), StandardCharsets.UTF_8));
        }
      }
    }
    return values;
  }
}
