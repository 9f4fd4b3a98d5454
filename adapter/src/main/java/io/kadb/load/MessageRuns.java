package io.kadb.load;

import java.util.Arrays;
import java.util.Optional;

/**
 * Which message gave which line of a stream, kept as runs of messages that follow each other in a
 * partition and gave as many rows each. Lines count from 1. Used by one thread.
 */
final class MessageRuns {
  /**
   * A message.
   *
   * @param partition its partition
   * @param offset its offset
   */
  record Position(int partition, long offset) {}

  private long[] firstLines = new long[64];
  private long[] firstOffsets = new long[64];
  private int[] partitions = new int[64];
  private int[] rows = new int[64];
  private int count;
  private long nextLine = 1;

  /** Adds the message that gave the next lines, one or more. */
  void add(int partition, long offset, int newRows) {
    if (count == 0 || !continues(count - 1, partition, offset, newRows)) {
      if (count == rows.length) {
        firstLines = Arrays.copyOf(firstLines, count * 2);
        firstOffsets = Arrays.copyOf(firstOffsets, count * 2);
        partitions = Arrays.copyOf(partitions, count * 2);
        rows = Arrays.copyOf(rows, count * 2);
      }
      firstLines[count] = nextLine;
      firstOffsets[count] = offset;
      partitions[count] = partition;
      rows[count] = newRows;
      count++;
    }
    nextLine += newRows;
  }

  private boolean continues(int run, int partition, long offset, int newRows) {
    return partitions[run] == partition
        && rows[run] == newRows
        && offset == firstOffsets[run] + (nextLine - firstLines[run]) / newRows;
  }

  /** Returns the number of runs. */
  int count() {
    return count;
  }

  /** Forgets all messages whose lines come before one. */
  void forgetBefore(long line) {
    int kept = 0;
    while (kept < count && end(kept) <= line) {
      kept++;
    }
    if (kept > 0) {
      count -= kept;
      System.arraycopy(firstLines, kept, firstLines, 0, count);
      System.arraycopy(firstOffsets, kept, firstOffsets, 0, count);
      System.arraycopy(partitions, kept, partitions, 0, count);
      System.arraycopy(rows, kept, rows, 0, count);
    }
  }

  private long end(int run) {
    return run + 1 < count ? firstLines[run + 1] : nextLine;
  }

  /** Returns the message that gave a line; empty if it was forgotten or never was. */
  Optional<Position> at(long line) {
    for (int run = count - 1; run >= 0; run--) {
      if (firstLines[run] <= line) {
        long message = (line - firstLines[run]) / rows[run];
        return line < end(run)
            ? Optional.of(new Position(partitions[run], firstOffsets[run] + message))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
