package io.kadb.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An open Kafka transaction of a producer of its own. Closing it without commit or abort leaves it
 * open in the broker, as a crashed producer does.
 */
public final class TestTransaction implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Producer<byte[], byte[]> producer;
  private final TestTopic topic;
  private final Set<Integer> partitions = new HashSet<>();

  TestTransaction(Producer<byte[], byte[]> producer, TestTopic topic) {
    this.producer = producer;
    this.topic = topic;
    producer.initTransactions();
    producer.beginTransaction();
  }

  /** Produces text values without a key; they are in the log when this returns. */
  public TestTransaction send(int partition, String... values) {
    partitions.add(partition);
    for (String value : values) {
      producer.send(new ProducerRecord<>(topic.name(), partition, null, TestTopic.bytes(value)));
    }
    producer.flush();
    return this;
  }

  /** Commits: a marker stands behind the values when this returns. */
  public void commit() {
    end(producer::commitTransaction);
  }

  /** Aborts: a marker that makes the values void stands behind them when this returns. */
  public void abort() {
    end(producer::abortTransaction);
  }

  /** The producer returns once the end is decided; the markers are written after that. */
  private void end(Runnable decision) {
    Map<Integer, Long> before = new HashMap<>();
    partitions.forEach(partition -> before.put(partition, topic.endOffset(partition)));
    decision.run();
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    before.forEach(
        (partition, end) -> {
          while (topic.endOffset(partition) <= end) {
            if (System.nanoTime() > deadline) {
              throw new AssertionError("no marker in partition " + partition);
            }
          }
        });
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
