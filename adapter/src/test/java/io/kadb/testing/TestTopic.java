package io.kadb.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A topic of a test cluster and what a test does to it. Every call waits until the broker has
 * acknowledged it.
 */
public final class TestTopic {
  private final KafkaCluster cluster;
  private final String name;

  /** A handle of a topic that exists or that the broker will create. */
  public TestTopic(KafkaCluster cluster, String name) {
    this.cluster = cluster;
    this.name = name;
  }

  /** The name in Kafka. */
  public String name() {
    return name;
  }

  /** Produces text values without a key, in this order. */
  public void send(int partition, String... values) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String value : values) {
      records.add(record(partition, null, value));
    }
    send(records);
  }

  /** Produces one message with a key; null stands for Kafka's null, key or value. */
  public void sendKeyed(int partition, @Nullable String key, @Nullable String value) {
    send(List.of(record(partition, key, value)));
  }

  /** Produces one message of bytes without a key. */
  public void sendBytes(int partition, byte @Nullable [] value) {
    send(List.of(new ProducerRecord<>(name, partition, null, value)));
  }

  /** Produces one text value with this creation time, in milliseconds since 1970. */
  public void sendAt(int partition, long timestampMs, String value) {
    send(List.of(new ProducerRecord<>(name, partition, timestampMs, null, bytes(value))));
  }

  /** Produces records of any form, in this order. */
  public void send(List<ProducerRecord<byte[], byte[]>> records) {
    Producer<byte[], byte[]> producer = cluster.clients().producer();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : records) {
      sent.add(producer.send(record));
    }
    producer.flush();
    sent.forEach(TestClients::await);
  }

  /** Produces text values in a transaction and commits it: one marker follows the values. */
  public void sendCommitted(int partition, String... values) {
    try (TestTransaction transaction = beginTransaction()) {
      transaction.send(partition, values).commit();
    }
  }

  /**
   * Produces text values in a transaction and aborts it: a reader of what is committed sees none.
   */
  public void sendAborted(int partition, String... values) {
    try (TestTransaction transaction = beginTransaction()) {
      transaction.send(partition, values).abort();
    }
  }

  /** Begins a transaction of a producer of its own; what is open holds back later messages. */
  public TestTransaction beginTransaction() {
    return new TestTransaction(
        cluster.clients().newProducer(Map.of("transactional.id", UniqueNames.next(name, '-'))),
        this);
  }

  /** Deletes all messages before this offset, as retention would. */
  public void deleteRecordsBefore(int partition, long offset) {
    TestClients.await(
        cluster
            .clients()
            .admin()
            .deleteRecords(Map.of(partition(partition), RecordsToDelete.beforeOffset(offset)))
            .all());
  }

  /** The offset of the oldest message that is kept. */
  public long earliestOffset(int partition) {
    return offset(partition, OffsetSpec.earliest());
  }

  /** The offset the next message will get. */
  public long endOffset(int partition) {
    return offset(partition, OffsetSpec.latest());
  }

  /** Deletes the topic. */
  public void delete() {
    cluster.clients().deleteTopic(name);
  }

  private long offset(int partition, OffsetSpec spec) {
    TopicPartition wanted = partition(partition);
    return TestClients.await(
            cluster.clients().admin().listOffsets(Map.of(wanted, spec)).partitionResult(wanted))
        .offset();
  }

  private TopicPartition partition(int partition) {
    return new TopicPartition(name, partition);
  }

  private ProducerRecord<byte[], byte[]> record(
      int partition, @Nullable String key, @Nullable String value) {
    return new ProducerRecord<>(name, partition, bytes(key), bytes(value));
  }

  static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
