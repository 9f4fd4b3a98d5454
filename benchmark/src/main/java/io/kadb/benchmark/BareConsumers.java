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
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The baseline: two consumers on two threads, half of the partitions each, that look at every byte
 * and do nothing with it.
 *
 * @param brokers where to connect
 */
record BareConsumers(String brokers) {
  private static final int THREADS = 2;
  private static final Duration POLL = Duration.ofMillis(100);

  /** Reads the whole topic and returns the number of messages. */
  long read() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Long>> counts = new ArrayList<>();
      int share = CsvTopic.PARTITIONS / THREADS;
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread * share;
        counts.add(threads.submit(() -> read(first, first + share)));
      }
      long messages = 0;
      for (Future<Long> count : counts) {
        messages += count.get();
      }
      return messages;
    } finally {
      threads.shutdown();
    }
  }

  private long read(int first, int end) {
    List<TopicPartition> partitions =
        IntStream.range(first, end).mapToObj(p -> new TopicPartition(CsvTopic.NAME, p)).toList();
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    long messages = 0;
    long sum = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties(), bytes, bytes)) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      Set<TopicPartition> open = new HashSet<>(partitions);
      while (!open.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          messages++;
          for (byte b : record.value()) {
            sum += b;
          }
        }
        open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
      }
    }
    // Used, so that the compiler cannot leave the loop over the bytes out.
    if (sum == 0) {
      throw new IllegalStateException("the messages are empty");
    }
    return messages;
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", brokers);
    properties.put("enable.auto.commit", "false");
    properties.put("fetch.max.wait.ms", "10");
    return properties;
  }
}
