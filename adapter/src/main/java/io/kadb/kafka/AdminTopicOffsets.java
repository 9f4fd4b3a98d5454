package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.kafka.KnownTopics.Topic;
import io.kadb.message.OffsetRange;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.TimestampType;

/** Asks the brokers through an admin client. */
final class AdminTopicOffsets implements TopicOffsets {
  private final AdminCalls calls;
  private final KnownTopics known;

  AdminTopicOffsets(AdminCalls calls, KnownTopics known) {
    this.calls = calls;
    this.known = known;
  }

  @Override
  public List<String> topics(Duration limit) {
    ListTopicsOptions options = AdminCalls.within(limit, new ListTopicsOptions());
    return calls.ask(
        "asking for the topics",
        limit,
        admin ->
            admin
                .listTopics(options.listInternal(false))
                .names()
                .toCompletionStage()
                .thenApply(
                    names -> names.stream().filter(n -> !n.startsWith("__")).sorted().toList()));
  }

  @Override
  public List<Integer> partitions(String topic, Duration limit) {
    return ask(
        "asking for the partitions of topic ",
        topic,
        limit,
        admin -> describe(admin, topic, limit).thenApply(Topic::partitions));
  }

  private <T> T ask(
      String doing, String topic, Duration limit, Function<Admin, CompletionStage<T>> question) {
    try {
      return calls.ask(doing + topic, limit, question);
    } catch (KadbException e) {
      throw e.code() == ErrorCode.NO_SUCH_TOPIC ? KafkaErrors.noSuchTopic(topic, e.getCause()) : e;
    }
  }

  private static CompletionStage<Topic> describe(Admin admin, String topic, Duration limit) {
    DescribeTopicsOptions options = AdminCalls.within(limit, new DescribeTopicsOptions());
    return admin
        .describeTopics(List.of(topic), options)
        .topicNameValues()
        .get(topic)
        .toCompletionStage()
        .thenApply(Topic::of);
  }

  @Override
  public Available available(String topic, IntPredicate wanted, Duration limit) {
    Guessed guessed =
        ask(
            "asking for the partitions and offsets of topic ",
            topic,
            limit,
            admin -> guess(admin, topic, wanted, limit));
    List<Integer> partitions = wanted(guessed.topic(), wanted);
    return new Available(
        partitions, guessed.watermarks().orElseGet(() -> watermarks(topic, partitions, limit)));
  }

  private static List<Integer> wanted(Topic topic, IntPredicate wanted) {
    return topic.partitions().stream().filter(wanted::test).toList();
  }

  /**
   * What was found out about a topic.
   *
   * @param watermarks of the wanted partitions, if they were asked for and there was an answer
   */
  private record Guessed(Topic topic, Optional<Watermarks> watermarks) {}

  /**
   * Asks for the partitions and, guessing that they are the same as before, at the same time for
   * the offsets. If the topic has other partitions now, or was created again, the offsets are left
   * to be asked for: of what was guessed some partition may be gone, and never be answered.
   */
  private CompletionStage<Guessed> guess(
      Admin admin, String topic, IntPredicate wanted, Duration limit) {
    Optional<Topic> before = known.get(admin, topic);
    CompletionStage<Topic> now = describe(admin, topic, limit);
    CompletionStage<Optional<Watermarks>> offsets =
        before
            .map(same -> wanted(same, wanted))
            .filter(partitions -> !partitions.isEmpty())
            .map(partitions -> listed(admin, topic, partitions, limit))
            .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    return now.thenCompose(
        described -> {
          known.note(admin, topic, described);
          return before.equals(Optional.of(described))
              ? offsets.thenApply(found -> new Guessed(described, found))
              : CompletableFuture.completedFuture(new Guessed(described, Optional.empty()));
        });
  }

  /** Silence has taken its time; other failures have their reasons told when asked again. */
  private CompletionStage<Optional<Watermarks>> listed(
      Admin admin, String topic, List<Integer> partitions, Duration limit) {
    return list(admin, topic, partitions, limit)
        .handle(
            (found, failure) -> {
              if (failure != null && KafkaErrors.unwrap(failure) instanceof TimeoutException late) {
                throw new CompletionException(
                    calls.noAnswer(askingOffsets(topic, partitions), limit, late));
              }
              return Optional.ofNullable(found);
            });
  }

  private static String askingOffsets(String topic, Collection<Integer> partitions) {
    return "asking for the offsets of topic "
        + topic
        + ", partitions "
        + AdminCalls.shown(partitions);
  }

  @Override
  public Watermarks watermarks(String topic, Collection<Integer> partitions, Duration limit) {
    if (partitions.isEmpty()) {
      return new Watermarks(Map.of());
    }
    return calls.ask(
        askingOffsets(topic, partitions), limit, admin -> list(admin, topic, partitions, limit));
  }

  private CompletionStage<Watermarks> list(
      Admin admin, String topic, Collection<Integer> partitions, Duration limit) {
    return list(admin, each(topic, partitions, OffsetSpec.earliest()), limit)
        .thenCombine(
            list(admin, each(topic, partitions, OffsetSpec.latest()), limit),
            AdminTopicOffsets::watermarks);
  }

  private static Map<TopicPartition, OffsetSpec> each(
      String topic, Collection<Integer> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
    partitions.forEach(partition -> specs.put(new TopicPartition(topic, partition), spec));
    return specs;
  }

  private CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> list(
      Admin admin, Map<TopicPartition, OffsetSpec> specs, Duration limit) {
    ListOffsetsOptions options =
        AdminCalls.within(limit, new ListOffsetsOptions(calls.isolation()));
    return admin.listOffsets(specs, options).all().toCompletionStage();
  }

  private static Watermarks watermarks(
      Map<TopicPartition, ListOffsetsResultInfo> earliest,
      Map<TopicPartition, ListOffsetsResultInfo> end) {
    Map<Integer, OffsetRange> ranges = new HashMap<>();
    earliest.forEach(
        (partition, first) -> {
          long start = first.offset();
          // Retention may move the start between the two answers.
          long after = Math.max(start, end.get(partition).offset());
          ranges.put(partition.partition(), new OffsetRange(start, after));
        });
    return new Watermarks(ranges);
  }

  @Override
  public SortedMap<Integer, Long> since(
      String topic, Collection<Integer> partitions, long timestampMs, Duration limit) {
    if (partitions.isEmpty()) {
      return new TreeMap<>();
    }
    // Below zero Kafka takes the number for something else, such as "the end".
    OffsetSpec spec = OffsetSpec.forTimestamp(Math.max(0, timestampMs));
    Map<TopicPartition, OffsetSpec> specs = each(topic, partitions, spec);
    return calls.ask(
        "asking for the offsets by time of topic "
            + topic
            + ", partitions "
            + AdminCalls.shown(partitions),
        limit,
        admin -> list(admin, specs, limit).thenApply(AdminTopicOffsets::found));
  }

  /** An offset below zero says that there is no such message. */
  private static SortedMap<Integer, Long> found(
      Map<TopicPartition, ListOffsetsResultInfo> answers) {
    SortedMap<Integer, Long> found = new TreeMap<>();
    answers.forEach(
        (partition, answer) -> {
          if (answer.offset() >= 0) {
            found.put(partition.partition(), answer.offset());
          }
        });
    return found;
  }

  @Override
  public boolean stampsWhenAppending(String topic, Duration limit) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    DescribeConfigsOptions options = AdminCalls.within(limit, new DescribeConfigsOptions());
    try {
      return calls.ask(
          "asking for the configuration of topic " + topic,
          limit,
          admin ->
              admin
                  .describeConfigs(List.of(resource), options)
                  .values()
                  .get(resource)
                  .toCompletionStage()
                  .thenApply(AdminTopicOffsets::stampsWhenAppending));
    } catch (KadbException e) {
      if (e.code() == ErrorCode.NOT_AUTHORIZED) {
        return false;
      }
      throw e;
    }
  }

  private static boolean stampsWhenAppending(Config topic) {
    ConfigEntry type = topic.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    return type != null && TimestampType.LOG_APPEND_TIME.name.equals(type.value());
  }
}
