package io.kadb.kafka;

import io.kadb.message.PartitionRange;
import org.apache.kafka.common.TopicPartition;

/** How far one partition of a segment is read. Belongs to the segment's thread. */
final class PartitionCursor {
  private final TopicPartition partition;
  private final long end;

  private long position;
  private long allowance;
  private boolean moved;

  /** Whether the consumer, if it reads the partition at all, stands somewhere else. */
  private boolean astray = true;

  PartitionCursor(String topic, PartitionRange range) {
    this.partition = new TopicPartition(topic, range.partition());
    this.position = range.range().start();
    this.end = range.range().end();
  }

  TopicPartition partition() {
    return partition;
  }

  long end() {
    return end;
  }

  /** Returns the offset of the first message not taken. */
  long position() {
    return position;
  }

  /** Says that everything before an offset is taken. */
  void reach(long offset) {
    long reached = Math.min(offset, end);
    if (reached > position) {
      position = reached;
      moved = true;
    }
  }

  boolean done() {
    return position >= end;
  }

  boolean bounded() {
    return end != Long.MAX_VALUE;
  }

  /** Returns how many messages may still be taken in this round. */
  long allowance() {
    return allowance;
  }

  void allow(long messages) {
    allowance = messages;
  }

  void takeFromAllowance(long messages) {
    allowance -= messages;
  }

  /** Returns whether the position moved since the last call. */
  boolean takeMoved() {
    boolean before = moved;
    moved = false;
    return before;
  }

  boolean astray() {
    return astray;
  }

  void astray(boolean newValue) {
    astray = newValue;
  }

  @Override
  public String toString() {
    return partition + "@" + position + (bounded() ? " of " + end : "");
  }
}
