package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.OffsetRange;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks through an admin client. A consumer would not do: what it says about partitions may be
 * minutes old, and one missing partition makes all its answers time out.
 */
final class AdminTopicOffsets implements TopicOffsets {
  /** How often somebody who waits looks whether the answer is still wanted. */
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** The client's own end of a call comes first, because it knows the reason. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int MAX_SHOWN = 8;

  private final IdlePool<Admin> admins;
  private final ClientProperties client;
  private final BooleanSupplier cancelled;
  private final KafkaErrors errors;

  AdminTopicOffsets(IdlePool<Admin> admins, ClientProperties client, BooleanSupplier cancelled) {
    this.admins = admins;
    this.client = client;
    this.cancelled = cancelled;
    this.errors = new KafkaErrors(client);
  }

  @Override
  public List<String> topics(Duration limit) {
    ListTopicsOptions options = new ListTopicsOptions().timeoutMs(millis(limit));
    return ask(
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
    DescribeTopicsOptions options = new DescribeTopicsOptions().timeoutMs(millis(limit));
    try {
      return ask(
          "asking for the partitions of topic " + topic,
          limit,
          admin ->
              admin
                  .describeTopics(List.of(topic), options)
                  .topicNameValues()
                  .get(topic)
                  .toCompletionStage()
                  .thenApply(AdminTopicOffsets::partitions));
    } catch (KadbException e) {
      throw e.code() == ErrorCode.NO_SUCH_TOPIC ? KafkaErrors.noSuchTopic(topic, e.getCause()) : e;
    }
  }

  private static List<Integer> partitions(TopicDescription topic) {
    return topic.partitions().stream().map(TopicPartitionInfo::partition).toList();
  }

  @Override
  public Watermarks watermarks(String topic, Collection<Integer> partitions, Duration limit) {
    if (partitions.isEmpty()) {
      return new Watermarks(Map.of());
    }
    Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition : partitions) {
      starts.put(new TopicPartition(topic, partition), OffsetSpec.earliest());
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    ListOffsetsOptions options = new ListOffsetsOptions(isolation());
    options.timeoutMs(millis(limit));
    return ask(
        "asking for the offsets of topic " + topic + ", partitions " + shown(partitions),
        limit,
        admin -> {
          CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> earliest =
              admin.listOffsets(starts, options).all().toCompletionStage();
          CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> end =
              admin.listOffsets(ends, options).all().toCompletionStage();
          return earliest.thenCombine(end, AdminTopicOffsets::watermarks);
        });
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

  private IsolationLevel isolation() {
    String level = client.values().get(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
    return IsolationLevel.READ_UNCOMMITTED.toString().equalsIgnoreCase(level)
        ? IsolationLevel.READ_UNCOMMITTED
        : IsolationLevel.READ_COMMITTED;
  }

  /** Puts a question through a client of the pool and waits for the answer. */
  private <T> T ask(String doing, Duration limit, Function<Admin, CompletionStage<T>> question) {
    long end = System.nanoTime() + limit.toNanos() + GRACE_NANOS;
    Admin admin = borrow(doing, limit, end);
    boolean healthy = false;
    try {
      T answer = await(question.apply(admin).toCompletableFuture(), doing, limit, end);
      healthy = true;
      return answer;
    } catch (KadbException e) {
      healthy = e.code() == ErrorCode.NO_SUCH_TOPIC || e.code() == ErrorCode.NOT_AUTHORIZED;
      throw e;
    } finally {
      if (healthy) {
        admins.giveBack(client, admin);
      } else {
        admins.retire(admin);
      }
    }
  }

  /**
   * Returns a client. A new one is made on a thread of its own: it looks up names and may log in to
   * Kerberos, and nobody can interrupt that.
   */
  private Admin borrow(String doing, Duration limit, long end) {
    CompletableFuture<Admin> borrowed =
        CompletableFuture.supplyAsync(
            () -> admins.borrow(client),
            work -> KafkaClients.daemon("kadb-kafka-start", work).start());
    boolean arrived = false;
    try {
      Admin admin = await(borrowed, doing, limit, end);
      arrived = true;
      return admin;
    } finally {
      if (!arrived) {
        borrowed.thenAccept(late -> admins.giveBack(client, late));
      }
    }
  }

  private <T> T await(CompletableFuture<T> answer, String doing, Duration limit, long end) {
    while (true) {
      if (cancelled.getAsBoolean()) {
        throw new KadbException(ErrorCode.CANCELLED, doing + " was cancelled");
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw errors.noAnswer(doing, limit, null);
      }
      try {
        return answer.get(Math.min(left, SLICE_NANOS), TimeUnit.NANOSECONDS);
      } catch (java.util.concurrent.TimeoutException e) {
        // not yet
      } catch (ExecutionException e) {
        Throwable cause = KafkaErrors.unwrap(e);
        throw cause instanceof TimeoutException
            ? errors.noAnswer(doing, limit, cause)
            : errors.translate(cause, doing);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KadbException(ErrorCode.CANCELLED, doing + " was interrupted", e);
      }
    }
  }

  private static int millis(Duration limit) {
    return (int) Math.max(1, Math.min(limit.toMillis(), Integer.MAX_VALUE));
  }

  /** Returns the first few partitions as a text. */
  private static String shown(Collection<Integer> partitions) {
    String first =
        partitions.stream().limit(MAX_SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    return partitions.size() <= MAX_SHOWN ? first : first + ", … (" + partitions.size() + ")";
  }
}
