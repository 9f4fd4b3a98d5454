package io.kadb.benchmark;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Questions that any client puts to brokers before or while it reads a topic. */
final class BareRequests implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(10);
  private static final long STRIDE = 37;

  private final Admin admin;
  private final String topic;
  private final TopicPartition first;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final long messages;
  private long offset;

  /**
   * Opens a consumer.
   *
   * @param messages how many messages the first partition has
   */
  BareRequests(Admin admin, String brokers, String topic, long messages) {
    this.messages = messages;
    this.admin = admin;
    this.topic = topic;
    this.first = new TopicPartition(topic, 0);
    Map<String, Object> properties = new HashMap<>(BareConsumers.properties(brokers));
    properties.put("max.poll.records", "1");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    consumer = new KafkaConsumer<>(properties, bytes, bytes);
    consumer.assign(List.of(first));
  }

  List<Latency> latencies() {
    return List.of(
        new Latency("bare: describe the topic", BenchmarkTopic.PARTITIONS, this::describe),
        new Latency(
            "bare: describe, then earliest and end offsets",
            BenchmarkTopic.PARTITIONS,
            this::offsets),
        new Latency("bare: a kept consumer reads the message at an offset", 1, this::message));
  }

  private long describe() throws ExecutionException, InterruptedException {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  private long offsets() throws ExecutionException, InterruptedException {
    long partitions = describe();
    Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
    Map<TopicPartition, OffsetSpec> end = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      earliest.put(new TopicPartition(topic, partition), OffsetSpec.earliest());
      end.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    var ofEarliest = admin.listOffsets(earliest, committed).all();
    var ofEnd = admin.listOffsets(end, committed).all();
    ofEarliest.get();
    return ofEnd.get().size();
  }

  /** One elsewhere each time, so that what the consumer holds is of no use to it. */
  private long message() {
    consumer.seek(first, offset);
    offset = (offset + STRIDE) % messages;
    return consumer.poll(POLL).count();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
