package io.kadb.scan;

import io.kadb.message.RejectedMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a segment decoded, with the messages they came from. A message that gives several rows
 * lies in one batch as a whole. Not safe for several threads at once; handed from one to another.
 *
 * <p>A batch holds its rows either as objects or, one behind the other, as text.
 */
public final class RowBatch {
  private final @Nullable Object[][] rows;
  private final int size;
  private final Marks marks;
  private final long bytes;
  private byte[] text = {};
  private int textBytes;

  RowBatch(@Nullable Object[][] rows, int size, Marks marks, long bytes) {
    this.rows = rows;
    this.size = size;
    this.marks = marks;
    this.bytes = bytes;
  }

  /** Returns this batch with its rows as text. */
  RowBatch withText(byte[] newText, int newTextBytes) {
    text = newText;
    textBytes = newTextBytes;
    return this;
  }

  /** Returns the bytes of the rows, if they are text, in the first {@link #textBytes} of it. */
  public byte[] text() {
    return text;
  }

  /** Returns how many bytes the rows have as text. */
  public int textBytes() {
    return textBytes;
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

  /** Returns the messages that were rejected, in the order of the batch. */
  public List<RejectedMessage> rejected() {
    return List.copyOf(marks.rejected);
  }

  /** Returns the messages that were rejected among those of {@link #taken}. */
  public List<RejectedMessage> rejected(int takenRows) {
    int messages = messages(takenRows);
    List<RejectedMessage> rejected = new ArrayList<>();
    for (int i = 0; i < marks.rejected.size() && marks.rejectedMarks.get(i) < messages; i++) {
      rejected.add(marks.rejected.get(i));
    }
    return rejected;
  }

  /** Tells a visitor what each partition gave; a partition may come several times. */
  public void counts(TakenCounts visitor) {
    counts(marks.count, size, visitor);
  }

  /** Tells a visitor what each partition gave with the messages of {@link #taken}. */
  public void counts(int takenRows, TakenCounts visitor) {
    counts(messages(takenRows), takenRows, visitor);
  }

  /** Tells a visitor of all messages, also those that gave no rows. */
  public void all(TakenMessages visitor) {
    for (int mark = 0; mark < marks.count; mark++) {
      visitor.message(marks.partitions[mark], marks.offsets[mark]);
    }
  }

  /** Tells a visitor of the messages that gave rows, with the number of them. */
  public void messages(MessageRows visitor) {
    int from = 0;
    for (int mark = 0; mark < marks.count; mark++) {
      int end = marks.rowEnds[mark];
      if (end > from) {
        visitor.message(marks.partitions[mark], marks.offsets[mark], end - from);
      }
      from = end;
    }
  }

  /** Tells a visitor of the message that gave a row. */
  public void messageOf(int row, TakenMessages visitor) {
    int mark = Arrays.binarySearch(marks.rowEnds, 0, marks.count, row);
    // A row that begins where marks end belongs to the first behind them that has rows.
    mark = mark < 0 ? -mark - 1 : mark + 1;
    while (marks.rowEnds[mark] <= row) {
      mark++;
    }
    visitor.message(marks.partitions[mark], marks.offsets[mark]);
  }

  /** Returns the number of the messages of {@link #taken}. */
  private int messages(int takenRows) {
    int messages = 0;
    for (int from = 0; messages < marks.count && from < takenRows; messages++) {
      from = marks.rowEnds[messages];
    }
    return messages;
  }

  private void counts(int messages, int takenRows, TakenCounts visitor) {
    int firstRow = 0;
    long read = 0;
    for (int mark = 0; mark < messages; mark++) {
      read += marks.bytes[mark];
      boolean last = mark + 1 == messages;
      if (last || marks.partitions[mark + 1] != marks.partitions[mark]) {
        int end = Math.min(marks.rowEnds[mark], takenRows);
        visitor.counts(marks.partitions[mark], end - firstRow, read);
        firstRow = end;
        read = 0;
      }
    }
  }

  /** Takes what partitions gave. */
  @FunctionalInterface
  public interface TakenCounts {
    /** Takes the number of rows and the bytes of the messages they came from. */
    void counts(int partition, int rows, long bytes);
  }

  /** Takes messages that gave rows, in the order of the batch. */
  @FunctionalInterface
  public interface MessageRows {
    /** Takes one message by partition and offset, and how many rows it gave. */
    void message(int partition, long offset, int rows);
  }

  /** Takes messages that were taken, in the order of the batch. */
  @FunctionalInterface
  public interface TakenMessages {
    /** Takes one message by partition and offset. */
    void message(int partition, long offset);
  }

  /** Where each message of a batch ends. */
  static final class Marks {
    private static final int LEAST_ROOM = 64;

    int[] rowEnds;
    int[] partitions;
    long[] offsets;
    int[] bytes;
    int count;
    final List<RejectedMessage> rejected = new ArrayList<>();
    final List<Integer> rejectedMarks = new ArrayList<>();

    /**
     * Creates the marks of an empty batch.
     *
     * @param expected how many messages are likely to come
     */
    Marks(int expected) {
      int room = Math.max(LEAST_ROOM, expected + expected / 8);
      rowEnds = new int[room];
      partitions = new int[room];
      offsets = new long[room];
      bytes = new int[room];
    }

    /** Notes that the message to be added next was rejected. */
    void reject(RejectedMessage message) {
      rejected.add(message);
      rejectedMarks.add(count);
    }

    void add(int rowEnd, int partition, long offset, int valueBytes) {
      if (count == rowEnds.length) {
        rowEnds = Arrays.copyOf(rowEnds, count * 2);
        partitions = Arrays.copyOf(partitions, count * 2);
        offsets = Arrays.copyOf(offsets, count * 2);
        bytes = Arrays.copyOf(bytes, count * 2);
      }
      rowEnds[count] = rowEnd;
      partitions[count] = partition;
      offsets[count] = offset;
      bytes[count] = valueBytes;
      count++;
    }
  }
}
