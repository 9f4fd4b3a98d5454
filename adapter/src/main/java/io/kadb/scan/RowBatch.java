package io.kadb.scan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a segment decoded, with the messages they came from. A message that gives several rows
 * lies in one batch as a whole. Not safe for several threads at once; handed from one to another.
 */
public final class RowBatch {
  private final @Nullable Object[][] rows;
  private final int size;
  private final Marks marks;
  private final long bytes;

  RowBatch(@Nullable Object[][] rows, int size, Marks marks, long bytes) {
    this.rows = rows;
    this.size = size;
    this.marks = marks;
    this.bytes = bytes;
  }

  /** Returns an estimate of the memory the batch holds, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Returns the number of rows. */
  public int size() {
    return size;
  }

  /** Returns a row; its elements are the columns the scan wants. */
  public @Nullable Object[] row(int index) {
    return rows[index];
  }

  /**
   * Tells a visitor which messages were taken with the first rows: each message that gave at least
   * one of them, and those without rows that lie before such a message.
   *
   * @param takenRows the number of rows taken, 0 to {@link #size}
   */
  public void taken(int takenRows, TakenMessages visitor) {
    int from = 0;
    for (int mark = 0; mark < marks.count && from < takenRows; mark++) {
      visitor.message(marks.partitions[mark], marks.offsets[mark]);
      from = marks.rowEnds[mark];
    }
  }

  /** Takes messages that were taken, in the order of the batch. */
  @FunctionalInterface
  public interface TakenMessages {
    /** Takes one message by partition and offset. */
    void message(int partition, long offset);
  }

  /** Where each message of a batch ends. */
  static final class Marks {
    int[] rowEnds = new int[64];
    int[] partitions = new int[64];
    long[] offsets = new long[64];
    int count;

    void add(int rowEnd, int partition, long offset) {
      if (count == rowEnds.length) {
        rowEnds = Arrays.copyOf(rowEnds, count * 2);
        partitions = Arrays.copyOf(partitions, count * 2);
        offsets = Arrays.copyOf(offsets, count * 2);
      }
      rowEnds[count] = rowEnd;
      partitions[count] = partition;
      offsets[count] = offset;
      count++;
    }
  }
}
