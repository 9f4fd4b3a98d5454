package io.kadb.server.load.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A producer that sends message after message, numbered from 0, {@code id,version,amount,note}:
 * message n is version n of id n / 2, and now and then it is one that cannot be decoded.
 */
final class MessageStream implements AutoCloseable {
  /** Message n is bad if n % BAD is BAD_AT. */
  static final int BAD = 997;

  static final int BAD_AT = 5;
  private static final Duration SLICE = Duration.ofMillis(20);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final int partitions;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile long limit;
  private volatile long sent;

  /**
   * Starts it.
   *
   * @param limit how many messages it sends at most
   * @param perSecond about how many it sends in a second
   */
  MessageStream(TwoBrokers brokers, String topic, int partitions, long limit, int perSecond) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", brokers.bootstrapServers());
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    properties.put("linger.ms", 5);
    properties.put("request.timeout.ms", 5_000);
    properties.put("delivery.timeout.ms", 180_000);
    properties.put("max.block.ms", 180_000);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.topic = topic;
    this.partitions = partitions;
    this.limit = limit;
    int perSlice = (int) Math.max(1, perSecond * SLICE.toMillis() / 1000);
    thread = new Thread(() -> run(perSlice), "message-stream");
    thread.setDaemon(true);
    thread.start();
  }

  static boolean isBad(long number) {
    return number % BAD == BAD_AT;
  }

  private void run(int perSlice) {
    long next = System.nanoTime();
    while (sent < limit) {
      for (int i = 0; i < perSlice && sent < limit; i++) {
        send(sent);
        sent++;
      }
      next = Math.max(next + SLICE.toNanos(), System.nanoTime() - SLICE.toNanos());
      Waits.pass(Duration.ofNanos(next - System.nanoTime()));
    }
  }

  private void send(long number) {
    String text =
        (number / 2)
            + ","
            + number
            + (isBad(number) ? ",twelve," : "," + (number % 1000) + ".25,")
            + "message "
            + number;
    // Both versions of an id are in one partition, in their order.
    int partition = (int) (number / 2 % partitions);
    producer.send(
        new ProducerRecord<>(topic, partition, null, text.getBytes(StandardCharsets.UTF_8)),
        (metadata, problem) -> {
          if (problem != null) {
            failure.compareAndSet(null, problem);
          } else {
            acknowledged.incrementAndGet();
          }
        });
  }

  /** How many messages it has sent. */
  long sent() {
    return sent;
  }

  /** Sends no more; returns how many there are when the brokers have all of them. */
  long stop() {
    limit = Math.min(limit, sent);
    return awaitEnd();
  }

  /** Waits until everything is sent and the brokers have it; returns how many there are. */
  long awaitEnd() {
    Waits.until(() -> !thread.isAlive(), Duration.ofMinutes(20), () -> "the producer ends");
    producer.flush();
    Exception problem = failure.get();
    if (problem != null) {
      throw new AssertionError("a message was not sent", problem);
    }
    if (acknowledged.get() != sent) {
      throw new AssertionError(acknowledged + " of " + sent + " messages were acknowledged");
    }
    return sent;
  }

  @Override
  public void close() {
    limit = 0;
    producer.close(Duration.ZERO);
  }
}
