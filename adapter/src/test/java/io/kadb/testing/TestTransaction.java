package io.kadb.testing;

import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An open Kafka transaction of a producer of its own. Closing it without commit or abort leaves it
 * open in the broker, as a crashed producer does.
 */
public final class TestTransaction implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final String topic;

  TestTransaction(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
    producer.initTransactions();
    producer.beginTransaction();
  }

  /** Produces text values without a key; they are in the log when this returns. */
  public TestTransaction send(int partition, String... values) {
    for (String value : values) {
      producer.send(new ProducerRecord<>(topic, partition, null, TestTopic.bytes(value)));
    }
    producer.flush();
    return this;
  }

  /** Commits: writes a marker behind the values. */
  public void commit() {
    producer.commitTransaction();
  }

  /** Aborts: writes a marker behind the values that makes them void. */
  public void abort() {
    producer.abortTransaction();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
