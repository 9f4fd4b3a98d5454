package io.kadb.load;

import io.kadb.message.OffsetRange;
import java.util.List;

/**
 * What one INSERT … SELECT took from foreign tables and wrote into the warehouse.
 *
 * @param loadId its number in {@code kadb.loads}; 0 if it took nothing and left no trace
 * @param rowsWritten the rows that the warehouse took
 * @param partitions what each partition gave, by partition; also those that gave nothing
 */
public record LoadedBatch(long loadId, long rowsWritten, List<Taken> partitions) {
  /**
   * What a partition gave.
   *
   * @param partition its number
   * @param range the offsets taken; empty if nothing was
   * @param rows the rows that its messages gave
   * @param rejects the messages that could not be turned into rows
   * @param bytes the bytes of the messages' values
   */
  public record Taken(int partition, OffsetRange range, long rows, long rejects, long bytes) {}

  /** Checks and copies. */
  public LoadedBatch {
    partitions = List.copyOf(partitions);
  }

  /** Returns whether no message was taken at all. */
  public boolean isEmpty() {
    return partitions.stream().allMatch(taken -> taken.range().isEmpty());
  }

  /** Returns the rejected messages of all partitions. */
  public long rejects() {
    return partitions.stream().mapToLong(Taken::rejects).sum();
  }

  /** Returns the bytes of all values. */
  public long bytes() {
    return partitions.stream().mapToLong(Taken::bytes).sum();
  }
}
