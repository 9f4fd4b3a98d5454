package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.OffsetRange;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Reads the first message of ranges of offsets, many partitions at the same time. */
final class FirstMessages {
  private static final Duration SLICE = Duration.ofMillis(50);

  /** A poll gives one message, and a fetch little more than a batch of each partition. */
  private static final Map<String, String> LITTLE =
      Map.of(
          ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
          "1",
          ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
          Integer.toString(64 << 10));

  private final KafkaClients clients;
  private final ClientProperties client;
  private final BooleanSupplier cancelled;
  private final KafkaErrors errors;
  private final List<KadbException> failures = new ArrayList<>();

  FirstMessages(KafkaClients clients, ClientProperties client, BooleanSupplier cancelled) {
    Map<String, String> values = new HashMap<>(client.values());
    values.putAll(LITTLE);
    this.clients = clients;
    this.client = new ClientProperties(values);
    this.cancelled = cancelled;
    this.errors = new KafkaErrors(client);
  }

  /**
   * Returns something of each of the messages, by topic and partition.
   *
   * @param of gives what is wanted of a message
   */
  <T> Partial<Map<String, Map<Integer, T>>> read(
      Map<String, Map<Integer, OffsetRange>> ranges,
      Duration limit,
      Function<ConsumerRecord<byte[], byte[]>, T> of) {
    Map<TopicPartition, OffsetRange> open = new HashMap<>();
    ranges.forEach(
        (topic, partitions) ->
            partitions.forEach(
                (partition, range) -> {
                  if (!range.isEmpty()) {
                    open.put(new TopicPartition(topic, partition), range);
                  }
                }));
    Map<String, Map<Integer, T>> found = new HashMap<>();
    if (open.isEmpty()) {
      return new Partial<>(found, Optional.empty());
    }
    ConsumerLease lease = clients.lendConsumer(client);
    boolean healthy = false;
    try {
      search(lease, open, first -> put(found, first, of), System.nanoTime() + limit.toNanos());
      healthy = open.isEmpty();
    } catch (RuntimeException e) {
      throw errors.translate(e, "reading first messages");
    } finally {
      lease.giveBack(healthy);
    }
    return new Partial<>(
        found,
        failures.stream()
            .findFirst()
            .or(
                () ->
                    open.keySet().stream()
                        .findFirst()
                        .map(p -> errors.noAnswer("reading " + place(p), limit, null))));
  }

  private static <T> void put(
      Map<String, Map<Integer, T>> found,
      ConsumerRecord<byte[], byte[]> first,
      Function<ConsumerRecord<byte[], byte[]>, T> of) {
    found
        .computeIfAbsent(first.topic(), topic -> new HashMap<>())
        .put(first.partition(), of.apply(first));
  }

  private static String place(TopicPartition partition) {
    return partition.topic() + "[" + partition.partition() + "]";
  }

  /** Reads until nothing is open or the time is over. */
  private void search(
      ConsumerLease lease,
      Map<TopicPartition, OffsetRange> open,
      Consumer<ConsumerRecord<byte[], byte[]>> found,
      long endNanos) {
    var consumer = lease.consumer();
    consumer.assign(open.keySet());
    open.forEach((partition, range) -> consumer.seek(partition, range.start()));
    while (!open.isEmpty() && System.nanoTime() < endNanos) {
      if (cancelled.getAsBoolean()) {
        throw new KadbException(ErrorCode.CANCELLED, "reading first messages was cancelled");
      }
      for (TopicPartition partition : poll(lease, open, found)) {
        open.remove(partition);
        consumer.pause(List.of(partition));
      }
    }
  }

  /** Polls once and returns the partitions that are done with. */
  private List<TopicPartition> poll(
      ConsumerLease lease,
      Map<TopicPartition, OffsetRange> open,
      Consumer<ConsumerRecord<byte[], byte[]>> found) {
    try {
      for (ConsumerRecord<byte[], byte[]> first : lease.poll(SLICE)) {
        TopicPartition partition = new TopicPartition(first.topic(), first.partition());
        OffsetRange range = open.get(partition);
        if (range != null && first.offset() < range.end()) {
          found.accept(first);
          return List.of(partition);
        }
      }
      // Markers and what transactions took back move the position, but are no messages.
      return open.keySet().stream()
          .filter(p -> lease.consumer().position(p, SLICE) >= open.get(p).end())
          .toList();
    } catch (OffsetOutOfRangeException gone) {
      return List.copyOf(gone.partitions());
    } catch (TopicAuthorizationException refused) {
      failures.add(errors.translate(refused, "reading first messages"));
      return open.keySet().stream()
          .filter(p -> refused.unauthorizedTopics().contains(p.topic()))
          .toList();
    }
  }
}
