package io.kadb.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The baseline: consumers on threads of their own, to which the partitions are dealt in turn.
 *
 * @param brokers where to connect
 * @param topic the topic's name
 * @param partitions how many the topic has
 * @param threads how many threads there are at most; none is without a partition
 * @param readers makes what reads the messages, for each thread
 */
record BareConsumers(
    String brokers, String topic, int partitions, int threads, Supplier<MessageReader> readers) {
  private static final int THREADS = 2;
  private static final Duration POLL = Duration.ofMillis(100);

  /** Two of them, for a topic of {@link BenchmarkTopic#PARTITIONS} partitions. */
  BareConsumers(String brokers, String topic, Supplier<MessageReader> readers) {
    this(brokers, topic, BenchmarkTopic.PARTITIONS, THREADS, readers);
  }

  /** Consumers that touch each byte of a topic. */
  static BareConsumers touching(String brokers, TopicShape topic, int threads) {
    return new BareConsumers(
        brokers,
        topic.name(),
        topic.partitions(),
        threads,
        () -> MessageReader.touching(topic.form().orders()));
  }

  /** Reads the whole topic and returns the number of rows. */
  long read() throws InterruptedException, ExecutionException {
    int working = Math.min(threads, partitions);
    ExecutorService pool = Executors.newFixedThreadPool(working);
    try {
      List<Future<Long>> counts = new ArrayList<>();
      for (int thread = 0; thread < working; thread++) {
        int first = thread;
        counts.add(pool.submit(() -> read(first, working)));
      }
      long rows = 0;
      for (Future<Long> count : counts) {
        rows += count.get();
      }
      return rows;
    } finally {
      pool.shutdown();
    }
  }

  private long read(int first, int step) {
    List<TopicPartition> mine =
        IntStream.iterate(first, partition -> partition < partitions, p -> p + step)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    MessageReader reader = readers.get();
    long rows = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties(brokers), bytes, bytes)) {
      consumer.assign(mine);
      consumer.seekToBeginning(mine);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(mine));
      Set<TopicPartition> open = new HashSet<>(mine);
      open.removeIf(partition -> ends.get(partition) == 0);
      while (!open.isEmpty()) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> message : records) {
          rows += reader.read(message.value());
        }
        for (TopicPartition partition : records.partitions()) {
          if (consumer.position(partition) >= ends.get(partition)) {
            open.remove(partition);
          }
        }
      }
    }
    if (rows > 0 && reader.digest() == 0) {
      throw new IllegalStateException("the messages are empty");
    }
    return rows;
  }

  /** The settings of a bare consumer. */
  static Map<String, Object> properties(String brokers) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", brokers);
    properties.put("enable.auto.commit", "false");
    properties.put("fetch.max.wait.ms", "10");
    return properties;
  }
}
