package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.OutgoingMessage;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages to a topic that exists, in the order they are given for each partition. Each is
 * acknowledged by all replicas in sync, and retries double nothing. Not thread-safe.
 *
 * <p>Messages travel in the background: an error may belong to an earlier message than the one just
 * given. After an error only {@link #close} may follow; which of the messages that were not yet
 * {@link #flush}ed have arrived is unknown then.
 */
public final class TopicWriter implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final List<Integer> partitions;
  private final Duration limit;
  private final KafkaErrors errors;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final AtomicLong acknowledged = new AtomicLong();

  private TopicWriter(
      Producer<byte[], byte[]> producer,
      String topic,
      List<Integer> partitions,
      Duration limit,
      KafkaErrors errors) {
    this.producer = producer;
    this.topic = topic;
    this.partitions = partitions;
    this.limit = limit;
    this.errors = errors;
  }

  /**
   * Opens a topic for writing; it is not created.
   *
   * @param limit the time a metadata request may take, and brokers may be silent
   * @throws KadbException HV00R if there is no such topic, 08001 if the brokers cannot be reached,
   *     28000, 42501
   */
  public static TopicWriter open(
      KafkaClients clients, ClientProperties client, String topic, Duration limit) {
    List<Integer> partitions = clients.offsets(client).partitions(topic, limit);
    KafkaErrors errors = new KafkaErrors(client);
    try {
      Producer<byte[], byte[]> producer =
          clients
              .inBackground("kadb-producer", () -> ClientSettings.newProducer(client, limit))
              .join();
      return new TopicWriter(producer, topic, partitions, limit, errors);
    } catch (RuntimeException e) {
      throw errors.translate(e, "starting a Kafka client");
    }
  }

  /** Returns the topic's partitions. */
  public List<Integer> partitions() {
    return partitions;
  }

  /**
   * Gives a message to be written; waits while too many are on their way.
   *
   * @throws KadbException if this or an earlier message cannot be written
   */
  public void write(OutgoingMessage message) {
    check();
    message.partition().ifPresent(this::requirePartition);
    ProducerRecord<byte[], byte[]> written = OutgoingRecord.of(topic, message);
    try {
      producer.send(
          written,
          (where, thrown) -> {
            if (thrown == null) {
              acknowledged.incrementAndGet();
            } else {
              failure.compareAndSet(null, thrown);
            }
          });
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
      check();
    }
  }

  private void requirePartition(int partition) {
    if (!partitions.contains(partition)) {
      throw new KadbException(
          ErrorCode.BAD_PARAMETER,
          "topic " + topic + " has no partition " + partition + ", it has " + shownPartitions());
    }
  }

  private String shownPartitions() {
    return AdminCalls.shown(partitions);
  }

  /**
   * Waits until all messages have arrived.
   *
   * @return how many messages arrived since this was opened
   * @throws KadbException if one cannot be written
   */
  public long flush() {
    try {
      producer.flush();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
    check();
    return acknowledged.get();
  }

  /** Returns how many messages have arrived so far. */
  public long arrived() {
    return acknowledged.get();
  }

  private void check() {
    Exception thrown = failure.get();
    if (thrown != null) {
      throw WriteErrors.writing(topic, thrown, errors);
    }
  }

  /** Closes the writer without waiting for long; messages that were not flushed may be lost. */
  @Override
  public void close() {
    try {
      producer.close(failure.get() == null ? limit : Duration.ZERO);
    } catch (RuntimeException e) {
      // What was written is known from flush; nothing more can be said here.
    }
  }
}
