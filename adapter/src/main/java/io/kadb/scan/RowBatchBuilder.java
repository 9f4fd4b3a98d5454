package io.kadb.scan;

import io.kadb.message.RejectedMessage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the rows of messages into batches. Used by one thread. */
public final class RowBatchBuilder {
  private static final int ROWS = 1024;
  private static final long BYTES = 1 << 20;

  private @Nullable Object[][] rows = new Object[ROWS][];
  private int size;
  private long bytes;
  private RowBatch.Marks marks = new RowBatch.Marks();

  /** Adds a row of the message under way. */
  public void row(@Nullable Object[] row) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, size * 2);
    }
    rows[size++] = row;
  }

  /**
   * Ends the message under way.
   *
   * @param valueBytes the bytes of its value
   * @param heldBytes an estimate of the memory its rows hold
   */
  public void endMessage(int partition, long offset, int valueBytes, long heldBytes) {
    marks.add(size, partition, offset, valueBytes);
    bytes += heldBytes;
  }

  /** Takes the rows of the message under way out again. */
  public void dropMessage() {
    int ended = marks.count == 0 ? 0 : marks.rowEnds[marks.count - 1];
    Arrays.fill(rows, ended, size, null);
    size = ended;
  }

  /** Takes the rows of the message under way out again and notes that it is rejected. */
  public void rejectMessage(RejectedMessage rejected) {
    dropMessage();
    marks.reject(rejected);
    bytes += rejected.message().heldBytes();
  }

  /** Returns whether the batch is large enough to be handed over. */
  public boolean full() {
    return size >= ROWS || marks.count >= ROWS || bytes >= BYTES;
  }

  /** Returns whether no message was ended since the last {@link #take}. */
  public boolean isEmpty() {
    return marks.count == 0;
  }

  /** Returns an estimate of the memory the batch holds, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Returns the batch and begins a new one. */
  public RowBatch take() {
    RowBatch batch = new RowBatch(rows, size, marks, bytes);
    rows = new Object[ROWS][];
    marks = new RowBatch.Marks();
    size = 0;
    bytes = 0;
    return batch;
  }
}
