package io.kadb.kafka;

import io.kadb.error.KadbException;
import io.kadb.message.OffsetRange;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Questions to one cluster about many topics at once, each put as one batched request. What is
 * wrong with one topic or group does not keep the others from being answered.
 *
 * <p>Safe for several threads. Each method throws {@link KadbException} if nothing at all can be
 * found out: the brokers do not answer within the limit, refuse the credentials, or nobody wants to
 * know any more.
 */
public final class ClusterSurvey {
  private final KafkaClients clients;
  private final ClientProperties client;
  private final BooleanSupplier cancelled;
  private final SurveyRequests requests;

  ClusterSurvey(
      KafkaClients clients, ClientProperties client, BooleanSupplier cancelled, AdminCalls calls) {
    this.clients = clients;
    this.client = client;
    this.cancelled = cancelled;
    this.requests = new SurveyRequests(client, calls);
  }

  /**
   * A partition.
   *
   * @param leader the id of the broker that leads it; empty if none does at the moment
   * @param range from the earliest to the end offset; empty if it could not be found out
   */
  public record Partition(OptionalInt leader, Optional<OffsetRange> range) {}

  /** Returns for each topic its partitions. */
  public Map<String, Partial<SortedMap<Integer, Partition>>> topics(
      Collection<String> topics, Duration limit) {
    return requests.topics(topics, limit);
  }

  /**
   * Returns the offsets that groups committed, by group, topic and partition; one that was never
   * committed is left out.
   *
   * @param wanted for each group topics and their partitions
   */
  public Map<String, Partial<Map<String, Map<Integer, Long>>>> committed(
      Map<String, Map<String, Collection<Integer>>> wanted, Duration limit) {
    return requests.committed(wanted, limit);
  }

  /**
   * Returns the times of the first messages in ranges of offsets, in milliseconds since 1970, by
   * topic and partition; a range without a message is left out. Reads a few messages of each
   * partition; call it on a thread of {@link KafkaClients#inBackground}.
   *
   * @param ranges bounded ranges by topic and partition
   */
  public Partial<Map<String, Map<Integer, Long>>> firstTimestamps(
      Map<String, Map<Integer, OffsetRange>> ranges, Duration limit) {
    return new FirstMessages(clients, client, cancelled)
        .read(ranges, limit, ConsumerRecord::timestamp);
  }
}
