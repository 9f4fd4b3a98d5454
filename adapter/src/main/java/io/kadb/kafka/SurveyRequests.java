package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.kafka.ClusterSurvey.Partition;
import io.kadb.message.OffsetRange;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** The requests of a {@link ClusterSurvey} to an admin client. */
final class SurveyRequests {
  private final AdminCalls calls;
  private final KafkaErrors errors;

  SurveyRequests(ClientProperties client, AdminCalls calls) {
    this.calls = calls;
    this.errors = new KafkaErrors(client);
  }

  /** Answers to questions that were put at once, and the failures of single ones. */
  private record Answers<K, V>(Map<K, V> found, Map<K, Throwable> failed) {}

  private record Offsets(
      Answers<TopicPartition, Long> earliest, Answers<TopicPartition, Long> end) {}

  Map<String, Partial<SortedMap<Integer, Partition>>> topics(
      Collection<String> topics, Duration limit) {
    Answers<String, TopicDescription> described = describe(topics, limit);
    Map<String, Map<TopicPartition, OptionalInt>> leaders = new HashMap<>();
    List<TopicPartition> led = new ArrayList<>();
    described
        .found()
        .forEach(
            (topic, description) -> {
              Map<TopicPartition, OptionalInt> ofTopic = leaders(description);
              leaders.put(topic, ofTopic);
              ofTopic.forEach(
                  (partition, leader) -> leader.ifPresent(broker -> led.add(partition)));
            });
    Offsets offsets = offsets(led, limit);
    Map<String, Partial<SortedMap<Integer, Partition>>> surveyed = new HashMap<>();
    for (String topic : topics) {
      Throwable failure = described.failed().get(topic);
      surveyed.put(
          topic,
          failure != null
              ? new Partial<>(new TreeMap<>(), Optional.of(ofTopic(topic, failure)))
              : partitions(leaders.getOrDefault(topic, Map.of()), offsets));
    }
    return surveyed;
  }

  private static Map<TopicPartition, OptionalInt> leaders(TopicDescription topic) {
    Map<TopicPartition, OptionalInt> leaders = new LinkedHashMap<>();
    for (TopicPartitionInfo partition : topic.partitions()) {
      leaders.put(new TopicPartition(topic.name(), partition.partition()), leader(partition));
    }
    return leaders;
  }

  private Partial<SortedMap<Integer, Partition>> partitions(
      Map<TopicPartition, OptionalInt> leaders, Offsets offsets) {
    SortedMap<Integer, Partition> partitions = new TreeMap<>();
    List<KadbException> failures = new ArrayList<>();
    leaders.forEach(
        (partition, leader) -> {
          Long first = offsets.earliest().found().get(partition);
          Long after = offsets.end().found().get(partition);
          boolean known = first != null && after != null;
          // Retention may move the start between the two answers.
          partitions.put(
              partition.partition(),
              new Partition(
                  leader,
                  known
                      ? Optional.of(new OffsetRange(first, Math.max(first, after)))
                      : Optional.empty()));
          if (!known) {
            failures.add(noOffsets(partition, leader, offsets));
          }
        });
    return new Partial<>(partitions, failures.stream().findFirst());
  }

  private KadbException noOffsets(TopicPartition partition, OptionalInt leader, Offsets offsets) {
    String place = partition.topic() + "[" + partition.partition() + "]";
    Throwable why =
        offsets.earliest().failed().getOrDefault(partition, offsets.end().failed().get(partition));
    return leader.isEmpty() || why == null
        ? new KadbException(ErrorCode.BROKERS_UNREACHABLE, place + " has no leader")
        : errors.translate(why, "asking for the offsets of " + place);
  }

  private static OptionalInt leader(TopicPartitionInfo partition) {
    return partition.leader() == null || partition.leader().isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(partition.leader().id());
  }

  private KadbException ofTopic(String topic, Throwable failure) {
    return KafkaErrors.isNoSuchTopic(failure)
        ? KafkaErrors.noSuchTopic(topic, failure)
        : errors.translate(failure, "asking for topic " + topic);
  }

  private Answers<String, TopicDescription> describe(Collection<String> topics, Duration limit) {
    DescribeTopicsOptions options = AdminCalls.within(limit, new DescribeTopicsOptions());
    return calls.ask(
        "asking for " + topics.size() + " topics",
        limit,
        client ->
            collected(
                client.describeTopics(topics, options).topicNameValues(),
                failure ->
                    KafkaErrors.isNoSuchTopic(failure)
                        || failure instanceof TopicAuthorizationException));
  }

  private Offsets offsets(List<TopicPartition> partitions, Duration limit) {
    return calls.ask(
        "asking for the offsets of " + partitions.size() + " partitions",
        limit,
        client ->
            list(client, partitions, OffsetSpec.earliest(), limit)
                .thenCombine(list(client, partitions, OffsetSpec.latest(), limit), Offsets::new));
  }

  private CompletionStage<Answers<TopicPartition, Long>> list(
      Admin client, List<TopicPartition> partitions, OffsetSpec spec, Duration limit) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, spec));
    ListOffsetsResult result =
        client.listOffsets(
            wanted, AdminCalls.within(limit, new ListOffsetsOptions(calls.isolation())));
    Map<TopicPartition, KafkaFuture<Long>> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      offsets.put(
          partition,
          result
              .partitionResult(partition)
              .thenApply(ListOffsetsResult.ListOffsetsResultInfo::offset));
    }
    return collected(offsets, failure -> true);
  }

  Map<String, Partial<Map<String, Map<Integer, Long>>>> committed(
      Map<String, Map<String, Collection<Integer>>> wanted, Duration limit) {
    Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
    wanted.forEach(
        (group, topics) -> {
          List<TopicPartition> partitions = new ArrayList<>();
          topics.forEach(
              (topic, ps) -> ps.forEach(p -> partitions.add(new TopicPartition(topic, p))));
          specs.put(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions));
        });
    ListConsumerGroupOffsetsOptions options =
        AdminCalls.within(limit, new ListConsumerGroupOffsetsOptions());
    Answers<String, Map<TopicPartition, OffsetAndMetadata>> answers =
        calls.ask(
            "asking for the committed offsets of " + wanted.size() + " groups",
            limit,
            client -> {
              ListConsumerGroupOffsetsResult result =
                  client.listConsumerGroupOffsets(specs, options);
              Map<String, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>>> groups =
                  new HashMap<>();
              specs.keySet().forEach(g -> groups.put(g, result.partitionsToOffsetAndMetadata(g)));
              return collected(groups, failure -> true);
            });
    Map<String, Partial<Map<String, Map<Integer, Long>>>> committed = new HashMap<>();
    for (String group : wanted.keySet()) {
      Throwable failure = answers.failed().get(group);
      committed.put(
          group,
          new Partial<>(
              byTopic(answers.found().getOrDefault(group, Map.of())),
              Optional.ofNullable(failure)
                  .map(f -> errors.translate(f, "asking for what group " + group + " committed"))));
    }
    return committed;
  }

  private static Map<String, Map<Integer, Long>> byTopic(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<String, Map<Integer, Long>> byTopic = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          if (offset != null) {
            byTopic
                .computeIfAbsent(partition.topic(), t -> new HashMap<>())
                .put(partition.partition(), offset.offset());
          }
        });
    return byTopic;
  }

  /** Which failures concern one question only. */
  private interface Single {
    boolean test(Throwable failure);
  }

  /** Waits for all answers; a failure that concerns more than one question is that of all. */
  private static <K, V> CompletionStage<Answers<K, V>> collected(
      Map<K, KafkaFuture<V>> questions, Single single) {
    Map<K, V> found = new ConcurrentHashMap<>();
    Map<K, Throwable> failed = new ConcurrentHashMap<>();
    List<CompletableFuture<?>> all = new ArrayList<>();
    questions.forEach(
        (key, answer) ->
            all.add(
                answer
                    .toCompletionStage()
                    .toCompletableFuture()
                    .handle(
                        (value, failure) -> {
                          Throwable cause = failure == null ? null : KafkaErrors.unwrap(failure);
                          if (cause == null) {
                            found.put(key, value);
                          } else if (single.test(cause)) {
                            failed.put(key, cause);
                          } else {
                            throw new java.util.concurrent.CompletionException(cause);
                          }
                          return key;
                        })));
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(done -> new Answers<>(found, failed));
  }
}
