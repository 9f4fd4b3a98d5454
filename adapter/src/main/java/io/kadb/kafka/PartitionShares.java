package io.kadb.kafka;

import io.kadb.message.PartitionRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions of a segment, and how its message limit is divided among them.
 *
 * <p>The rule: of a limit of n messages and p partitions, each partition has n/p messages to itself
 * (the remainder goes one by one to partitions in turn). What a partition leaves is divided, in
 * further rounds, among those that used theirs up. So every partition that has messages gives
 * min(what it has, n/p) of them, however fast the others are. With n &lt; p the turn begins where
 * the sum of the start offsets points to: taking n messages moves it on by n, so that one batch
 * after the other visits all partitions.
 *
 * <p>Belongs to the segment's thread.
 */
final class PartitionShares {
  private final Map<TopicPartition, PartitionCursor> cursors = new HashMap<>();

  /** Those that are not done, in the order they were dealt. */
  private final List<PartitionCursor> open = new ArrayList<>();

  private long left;

  PartitionShares(String topic, List<PartitionRange> ranges, long limit) {
    left = limit;
    for (PartitionRange range : ranges) {
      PartitionCursor cursor = new PartitionCursor(topic, range);
      cursors.put(cursor.partition(), cursor);
      open.add(cursor);
    }
    open.removeIf(PartitionCursor::done);
    firstRound(ranges.stream().mapToLong(range -> range.range().start()).sum());
  }

  private void firstRound(long turn) {
    int count = open.size();
    for (int i = 0; i < count; i++) {
      long share = left / count + (i < left % count ? 1 : 0);
      open.get((int) Math.floorMod(turn + i, (long) count))
          .allow(limited() ? share : Long.MAX_VALUE);
    }
  }

  private boolean limited() {
    return left != Long.MAX_VALUE;
  }

  /** Returns the cursor of a partition of this segment. */
  PartitionCursor cursor(TopicPartition partition) {
    PartitionCursor cursor = cursors.get(partition);
    if (cursor == null) {
      throw new IllegalStateException("not a partition of this segment: " + partition);
    }
    return cursor;
  }

  /** Returns how many messages the segment may still take. */
  long left() {
    return left;
  }

  /** Counts messages taken from a partition. */
  void took(PartitionCursor cursor, long messages) {
    if (limited()) {
      left -= messages;
      cursor.takeFromAllowance(messages);
    }
  }

  /** Returns the positions that moved since the last call, by partition. */
  Map<Integer, Long> takeMoved() {
    Map<Integer, Long> positions = new HashMap<>();
    for (PartitionCursor cursor : cursors.values()) {
      if (cursor.takeMoved()) {
        positions.put(cursor.partition().partition(), cursor.position());
      }
    }
    return positions;
  }

  /** Forgets the partitions that are done. */
  void dropDone() {
    open.removeIf(PartitionCursor::done);
  }

  /** Returns whether all partitions are done. */
  boolean allDone() {
    return open.isEmpty();
  }

  /** Returns whether every partition that is not done has an end. */
  boolean allBounded() {
    return open.stream().allMatch(PartitionCursor::bounded);
  }

  /** Returns the partitions that are not done. */
  List<PartitionCursor> open() {
    return open;
  }

  /** Returns the partitions that may give messages in this round. */
  List<PartitionCursor> reading() {
    return open.stream().filter(cursor -> cursor.allowance() > 0).toList();
  }

  /** Returns whether a partition has used up its share. */
  boolean anyWaiting() {
    return limited() && open.stream().anyMatch(cursor -> cursor.allowance() <= 0);
  }

  /**
   * Divides what is left among the partitions that used up their shares. The others, which had
   * nothing to give, may give as much if something comes; the limit of all still holds.
   */
  void nextRound() {
    long waiting = open.stream().filter(cursor -> cursor.allowance() <= 0).count();
    long share = left / waiting + (left % waiting == 0 ? 0 : 1);
    open.forEach(cursor -> cursor.allow(share));
  }
}
