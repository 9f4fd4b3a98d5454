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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The baseline: two consumers on two threads, half of the partitions each.
 *
 * @param brokers where to connect
 * @param topic the topic's name
 * @param readers makes what reads the messages, for each thread
 */
record BareConsumers(String brokers, String topic, Supplier<MessageReader> readers) {
  private static final int THREADS = 2;
  private static final Duration POLL = Duration.ofMillis(100);

  /** Reads the whole topic and returns the number of rows. */
  long read() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Long>> counts = new ArrayList<>();
      int share = BenchmarkTopic.PARTITIONS / THREADS;
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread * share;
        counts.add(threads.submit(() -> read(first, first + share)));
      }
      long rows = 0;
      for (Future<Long> count : counts) {
        rows += count.get();
      }
      return rows;
    } finally {
      threads.shutdown();
    }
  }

  private long read(int first, int end) {
    List<TopicPartition> partitions =
        IntStream.range(first, end).mapToObj(p -> new TopicPartition(topic, p)).toList();
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    MessageReader reader = readers.get();
    long rows = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties(), bytes, bytes)) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      Set<TopicPartition> open = new HashSet<>(partitions);
      while (!open.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          rows += reader.read(record.value());
        }
        open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
      }
    }
    if (reader.digest() == 0) {
      throw new IllegalStateException("the messages are empty");
    }
    return rows;
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", brokers);
    properties.put("enable.auto.commit", "false");
    properties.put("fetch.max.wait.ms", "10");
    return properties;
  }
}
