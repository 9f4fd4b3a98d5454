package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.OffsetRange;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * Finds out behind which offsets a topic has no old messages any more. Times that producers give
 * may come in any order; those that brokers give when they append ascend, apart from the
 * differences of the brokers' clocks.
 */
public final class AppendTimes {
  /** By so much the clocks of brokers may differ when one takes over from another. */
  static final Duration CLOCKS = Duration.ofMinutes(1);

  private final TopicOffsets offsets;
  private final FirstMessages firstMessages;
  private final KafkaClients clients;

  AppendTimes(TopicOffsets offsets, FirstMessages firstMessages, KafkaClients clients) {
    this.offsets = offsets;
    this.firstMessages = firstMessages;
    this.clients = clients;
  }

  /**
   * Returns for partitions an offset from which on no message is older than a moment; where there
   * is none, or nobody can say, it is left out.
   *
   * <p>The topic must be set to append times now, and the message at the offset must have one: a
   * topic that was changed to append times begins with others.
   *
   * @param available for each partition its earliest and its end offset
   * @param millis the moment
   * @param limit how long each of up to three questions may take
   */
  public SortedMap<Integer, Long> noneOlderFrom(
      String topic, Map<Integer, OffsetRange> available, long millis, Duration limit) {
    SortedMap<Integer, Long> from = new TreeMap<>();
    if (available.isEmpty() || !offsets.stampsWhenAppending(topic, limit)) {
      return from;
    }
    long later = millis > Long.MAX_VALUE - CLOCKS.toMillis() ? millis : millis + CLOCKS.toMillis();
    from.putAll(offsets.since(topic, available.keySet(), later, limit));
    from.entrySet().removeIf(e -> e.getValue() >= available.get(e.getKey()).end());
    Map<Integer, OffsetRange> rest = new TreeMap<>();
    from.forEach(
        (partition, offset) ->
            rest.put(partition, new OffsetRange(offset, available.get(partition).end())));
    Map<Integer, TimestampType> types = types(topic, rest, limit);
    from.keySet().removeIf(p -> types.get(p) != TimestampType.LOG_APPEND_TIME);
    return from;
  }

  private Map<Integer, TimestampType> types(
      String topic, Map<Integer, OffsetRange> ranges, Duration limit) {
    if (ranges.isEmpty()) {
      return Map.of();
    }
    CompletableFuture<Partial<Map<String, Map<Integer, TimestampType>>>> read =
        clients.inBackground(
            "kadb-append-times",
            () -> firstMessages.read(Map.of(topic, ranges), limit, ConsumerRecord::timestampType));
    try {
      return read.get().found().getOrDefault(topic, Map.of());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KadbException error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KadbException(ErrorCode.CANCELLED, "reading first messages was interrupted", e);
    }
  }
}
