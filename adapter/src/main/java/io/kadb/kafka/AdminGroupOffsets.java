package io.kadb.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/** Reads and commits through an admin client, which joins no group. */
final class AdminGroupOffsets implements GroupOffsets {
  private final AdminCalls calls;

  AdminGroupOffsets(AdminCalls calls) {
    this.calls = calls;
  }

  @Override
  public SortedMap<Integer, Long> committed(
      String group, String topic, Collection<Integer> partitions, Duration limit) {
    if (partitions.isEmpty()) {
      return new TreeMap<>();
    }
    List<TopicPartition> wanted =
        partitions.stream().map(partition -> new TopicPartition(topic, partition)).toList();
    ListConsumerGroupOffsetsSpec spec = new ListConsumerGroupOffsetsSpec().topicPartitions(wanted);
    ListConsumerGroupOffsetsOptions options =
        AdminCalls.within(limit, new ListConsumerGroupOffsetsOptions())
            .requireStable(calls.isolation() == IsolationLevel.READ_COMMITTED);
    return calls.ask(
        "asking for the committed offsets of consumer group " + group,
        limit,
        admin ->
            admin
                .listConsumerGroupOffsets(Map.of(group, spec), options)
                .partitionsToOffsetAndMetadata(group)
                .toCompletionStage()
                .thenApply(AdminGroupOffsets::present));
  }

  private static SortedMap<Integer, Long> present(
      Map<TopicPartition, @Nullable OffsetAndMetadata> answers) {
    SortedMap<Integer, Long> present = new TreeMap<>();
    answers.forEach(
        (partition, committed) -> {
          if (committed != null) {
            present.put(partition.partition(), committed.offset());
          }
        });
    return present;
  }

  @Override
  public void requireNoMembers(String group, Duration limit) {
    DescribeConsumerGroupsOptions options =
        AdminCalls.within(limit, new DescribeConsumerGroupsOptions());
    String doing = "committing offsets to consumer group " + group;
    boolean live =
        calls.ask(
            doing,
            limit,
            admin ->
                admin
                    .describeConsumerGroups(List.of(group), options)
                    .describedGroups()
                    .get(group)
                    .toCompletionStage()
                    .handle(AdminGroupOffsets::hasMembers));
    if (live) {
      throw KafkaErrors.liveGroup(doing, null);
    }
  }

  private static boolean hasMembers(
      @Nullable ConsumerGroupDescription group, @Nullable Throwable failure) {
    if (failure == null) {
      return group != null && !group.members().isEmpty();
    }
    Throwable cause = KafkaErrors.unwrap(failure);
    if (cause instanceof GroupIdNotFoundException) {
      return false;
    }
    throw new CompletionException(cause);
  }

  @Override
  public void commit(String group, String topic, Map<Integer, Long> offsets, Duration limit) {
    if (offsets.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
    offsets.forEach(
        (partition, offset) ->
            commits.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
    AlterConsumerGroupOffsetsOptions options =
        AdminCalls.within(limit, new AlterConsumerGroupOffsetsOptions());
    calls.ask(
        "committing offsets of topic " + topic + " to consumer group " + group,
        limit,
        admin ->
            admin.alterConsumerGroupOffsets(group, commits, options).all().toCompletionStage());
  }
}
