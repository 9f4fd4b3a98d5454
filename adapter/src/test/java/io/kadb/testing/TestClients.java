package io.kadb.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The admin client and the producers with which a test sets its stage, made on first use and shared
 * by all tests of one cluster. Safe for use by several threads.
 */
public final class TestClients implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 60;

  private final Map<String, Object> properties;
  private @Nullable Admin admin;
  private @Nullable Producer<byte[], byte[]> producer;

  TestClients(Map<String, Object> properties) {
    this.properties = Map.copyOf(properties);
  }

  /** The admin client; it belongs to the cluster, do not close it. */
  public synchronized Admin admin() {
    if (admin == null) {
      admin = Admin.create(properties);
    }
    return admin;
  }

  /** A plain producer of bytes; it belongs to the cluster, do not close it. */
  public synchronized Producer<byte[], byte[]> producer() {
    if (producer == null) {
      producer = newProducer(Map.of());
    }
    return producer;
  }

  /** A producer with further properties, for example a {@code transactional.id}; close it. */
  public Producer<byte[], byte[]> newProducer(Map<String, Object> more) {
    Map<String, Object> all = new LinkedHashMap<>(properties);
    all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // Of several requests to a partition made just now, a broker may refuse the first and take the
    // second; the first then waits for ever.
    all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    all.putAll(more);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Creates a topic with one replica and waits until its partitions answer: of the batches a
   * producer has under way, a broker that is about to lead a partition may take a later one first.
   */
  public void createTopic(String name, int partitions, Map<String, String> configs) {
    NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!isCreated(topic)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no broker would take topic " + name);
      }
    }
    while (!isKnown(name)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("topic " + name + " was created and is not there");
      }
    }
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
    }
    await(admin().listOffsets(ends).all());
  }

  /** A broker that was stopped for a while may not yet be one again to its controller. */
  private boolean isCreated(NewTopic topic) {
    try {
      await(admin().createTopics(List.of(topic)).all());
      return true;
    } catch (AssertionError e) {
      if (e.getCause() instanceof InvalidReplicationFactorException) {
        return false;
      }
      throw e;
    }
  }

  private boolean isKnown(String topic) {
    try {
      await(admin().describeTopics(List.of(topic)).allTopicNames());
      return true;
    } catch (AssertionError e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  /** Deletes a topic. */
  public void deleteTopic(String name) {
    await(admin().deleteTopics(List.of(name)).all());
  }

  /** What a call to the cluster yields, within a minute; its failure as {@link AssertionError}. */
  public static <T> T await(Future<T> future) {
    try {
      return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the cluster refused: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer from the cluster in " + DEADLINE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the cluster", e);
    }
  }

  @Override
  public synchronized void close() {
    // Without patience: the broker may be gone or paused.
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
    if (admin != null) {
      admin.close(Duration.ZERO);
      admin = null;
    }
  }
}
