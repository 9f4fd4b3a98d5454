package io.kadb.sql;

import io.kadb.error.Notice;
import io.kadb.kafka.GroupOffsets;
import io.kadb.kafka.KafkaClients;
import io.kadb.kafka.TopicOffsets;
import io.kadb.kafka.Watermarks;
import io.kadb.message.OffsetRange;
import io.kadb.option.ClientProperties;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The places in a table's topic to which its stored offsets can be set. Partitions that Kafka does
 * not have are never asked for, because they would make a question about all run out of time; their
 * offsets stay as they are, and so do those for which there is no answer: a notice says so.
 */
final class TopicPositions {
  private final OptionSet options;
  private final RunControl control;
  private final ClientProperties client;
  private final TopicOffsets topicOffsets;
  private final GroupOffsets groupOffsets;

  /**
   * Prepares questions about a table's topic.
   *
   * @param options the options that hold, with none missing
   */
  TopicPositions(OptionSet options, RunControl control, KafkaClients clients) {
    this.options = options;
    this.control = control;
    this.client = options.clientProperties();
    BooleanSupplier cancelled = control::unwanted;
    this.topicOffsets = clients.offsets(client, cancelled);
    this.groupOffsets = clients.groups(client, cancelled);
  }

  /** Returns all partitions that Kafka has, at the offset where new ones start. */
  SortedMap<Integer, Long> initial() {
    long offset = options.bigint(Option.INITIAL_OFFSET);
    SortedMap<Integer, Long> initial = new TreeMap<>();
    partitions().forEach(partition -> initial.put(partition, offset));
    return initial;
  }

  /** Returns the stored offsets of partitions that Kafka has. */
  SortedMap<Integer, Long> withoutStray(SortedMap<Integer, Long> stored) {
    SortedMap<Integer, Long> present = new TreeMap<>(stored);
    present.keySet().retainAll(Set.copyOf(partitions()));
    return present;
  }

  /** Returns the stored offsets set to the earliest ones. */
  SortedMap<Integer, Long> earliest(SortedMap<Integer, Long> stored) {
    return at(stored, OffsetRange::start);
  }

  /** Returns the stored offsets set to the end. */
  SortedMap<Integer, Long> latest(SortedMap<Integer, Long> stored) {
    return at(stored, OffsetRange::end);
  }

  /** One of the two ends of what a partition has. */
  @FunctionalInterface
  private interface End {
    long of(OffsetRange range);
  }

  private SortedMap<Integer, Long> at(SortedMap<Integer, Long> stored, End end) {
    SortedMap<Integer, Long> positions = new TreeMap<>(stored);
    List<Integer> present = present(stored);
    Watermarks watermarks = topicOffsets.watermarks(topic(), present, latency());
    present.forEach(partition -> positions.put(partition, end.of(watermarks.range(partition))));
    return positions;
  }

  /** Returns the stored offsets set to the first message that is not older than a time. */
  SortedMap<Integer, Long> since(SortedMap<Integer, Long> stored, long timestampMs) {
    SortedMap<Integer, Long> positions = new TreeMap<>(stored);
    List<Integer> present = present(stored);
    // The ends first: a message that arrives between the answers must not be passed over.
    Watermarks watermarks = topicOffsets.watermarks(topic(), present, latency());
    SortedMap<Integer, Long> found = topicOffsets.since(topic(), present, timestampMs, latency());
    for (int partition : present) {
      OffsetRange available = watermarks.range(partition);
      Long offset = found.get(partition);
      if (offset != null) {
        positions.put(partition, offset);
      } else if (available.isEmpty()) {
        unchanged(partition, "the partition is empty", stored);
      } else {
        positions.put(partition, available.end());
        notice(
            partition,
            "no message has a timestamp of "
                + timestampMs
                + " ms or later, so its offset is the end offset "
                + available.end());
      }
    }
    return positions;
  }

  /** Returns the stored offsets set to those that the consumer group has committed. */
  SortedMap<Integer, Long> committed(SortedMap<Integer, Long> stored) {
    SortedMap<Integer, Long> positions = new TreeMap<>(stored);
    List<Integer> present = present(stored);
    SortedMap<Integer, Long> committed =
        groupOffsets.committed(group(), topic(), present, latency());
    for (int partition : present) {
      Long offset = committed.get(partition);
      if (offset != null) {
        positions.put(partition, offset);
      } else {
        unchanged(
            partition, "consumer group " + group() + " has committed no offset for it", stored);
      }
    }
    return positions;
  }

  /**
   * Returns the stored offsets as the consumer group is to get them, once it is sure that the group
   * can take them now.
   *
   * @param table the name of the foreign table
   */
  GroupCommits forGroup(String table, SortedMap<Integer, Long> stored) {
    SortedMap<Integer, Long> offsets = new TreeMap<>(stored);
    offsets.keySet().retainAll(Set.copyOf(present(stored)));
    groupOffsets.requireNoMembers(group(), latency());
    return GroupCommits.NONE.and(
        new GroupCommits.Target(table, client, group(), topic(), latency()), offsets);
  }

  /** Returns the partitions of stored offsets that Kafka has, and names the others. */
  private List<Integer> present(SortedMap<Integer, Long> stored) {
    Set<Integer> there = Set.copyOf(partitions());
    for (int partition : stored.keySet()) {
      if (!there.contains(partition)) {
        unchanged(partition, "Kafka does not have this partition", stored);
      }
    }
    return stored.keySet().stream().filter(there::contains).toList();
  }

  private List<Integer> partitions() {
    return topicOffsets.partitions(topic(), latency());
  }

  private void unchanged(int partition, String why, SortedMap<Integer, Long> stored) {
    @Nullable Long offset = stored.get(partition);
    notice(partition, why + ", so its stored offset " + offset + " is left unchanged");
  }

  private void notice(int partition, String text) {
    control.add(Notice.notice(topic() + "[" + partition + "]: " + text));
  }

  private String topic() {
    return options.text(Option.TOPIC);
  }

  private String group() {
    return options.text(Option.CONSUMER_GROUP);
  }

  private Duration latency() {
    return options.duration(Option.LATENCY_MS);
  }
}
