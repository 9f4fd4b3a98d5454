package io.kadb.kafka;

import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A consumer in the hands of one segment. It belongs to the segment's thread, except for {@link
 * #wake}.
 *
 * <p>A consumer remembers a wake-up until its next poll. So a wake-up that came too late to end a
 * poll is taken out before the consumer is given back, and none is sent afterwards.
 */
final class ConsumerLease {
  private static final Duration MOMENT = Duration.ofMillis(500);

  private ClientProperties client;

  /** Guarded by this where the thread is not the segment's. */
  private Consumer<byte[], byte[]> consumer;

  private final IdlePool<Consumer<byte[], byte[]>> pool;

  /** Guarded by this, as is {@link #over}. */
  private boolean woken;

  private boolean over;

  /** Of the segment's thread: the consumer's memory of the wake-up is gone. */
  private boolean wakeSeen;

  ConsumerLease(
      ClientProperties client,
      Consumer<byte[], byte[]> consumer,
      IdlePool<Consumer<byte[], byte[]>> pool) {
    this.client = client;
    this.consumer = consumer;
    this.pool = pool;
  }

  Consumer<byte[], byte[]> consumer() {
    return consumer;
  }

  /** Polls; returns nothing at once when woken. */
  ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    try {
      return consumer.poll(timeout);
    } catch (WakeupException e) {
      wakeSeen = true;
      return ConsumerRecords.empty();
    }
  }

  /** Asks whether a topic is gone; brokers that do not answer at once leave the question open. */
  boolean isGone(String topic) {
    try {
      return consumer.partitionsFor(topic, MOMENT).isEmpty();
    } catch (RuntimeException e) {
      return false;
    }
  }

  /**
   * Goes on with a consumer that unpacks fewer records in a poll; it has no assignment yet.
   *
   * @return whether there is one
   */
  boolean takeFewer() {
    Optional<ClientProperties> fewer = ClientSettings.withFewerRecords(client);
    if (fewer.isEmpty()) {
      return false;
    }
    Consumer<byte[], byte[]> next = pool.borrow(fewer.get());
    ConsumerLease former;
    synchronized (this) {
      if (woken) {
        pool.giveBack(fewer.get(), next);
        return false;
      }
      former = new ConsumerLease(client, consumer, pool);
      client = fewer.get();
      consumer = next;
    }
    former.giveBack(true);
    return true;
  }

  /** Ends the poll under way, or else the next one. From any thread. */
  synchronized void wake() {
    if (!over && !woken) {
      woken = true;
      consumer.wakeup();
    }
  }

  /**
   * Gives the consumer back.
   *
   * @param healthy whether it may serve again
   */
  void giveBack(boolean healthy) {
    synchronized (this) {
      over = true;
    }
    if (healthy && reset()) {
      pool.giveBack(client, consumer);
    } else {
      pool.retire(consumer);
    }
  }

  /** Makes the consumer as good as new; returns whether that succeeded. */
  private boolean reset() {
    try {
      if (woken && !wakeSeen) {
        poll(Duration.ZERO);
      }
      consumer.unsubscribe();
      return !woken || wakeSeen;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
