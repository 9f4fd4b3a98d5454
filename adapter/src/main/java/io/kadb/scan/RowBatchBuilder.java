package io.kadb.scan;

import io.kadb.message.RejectedMessage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the rows of messages into batches. Used by one thread. */
public final class RowBatchBuilder {
  private static final int ROWS = 1024;
  private static final long BYTES = 1 << 20;

  /** Rows that are text are written to a socket as a whole: large, but not large for a heap. */
  private static final int TEXT_BYTES = 120 << 10;

  private static final int TEXT_ROOM = 128 << 10;
  private static final int TEXT_ROWS = 1 << 14;

  private static final @Nullable Object[][] NO_ROWS = {};

  private final boolean asText;
  private @Nullable Object[][] rows;
  private int size;
  private long bytes;
  private RowBatch.Marks marks = new RowBatch.Marks(0);
  private byte[] text;
  private int textBytes;

  /** Where the text of the messages ends that were ended. */
  private int textEnded;

  /** Creates a builder of batches whose rows are objects. */
  public RowBatchBuilder() {
    this(false);
  }

  private RowBatchBuilder(boolean asText) {
    this.asText = asText;
    this.rows = asText ? NO_ROWS : new Object[ROWS][];
    this.text = new byte[asText ? TEXT_ROOM : 0];
  }

  /** Creates a builder of batches whose rows are text. */
  public static RowBatchBuilder ofText() {
    return new RowBatchBuilder(true);
  }

  /** Adds a row of the message under way as text: bytes {@code [0, length)}. */
  public void row(byte[] line, int length) {
    if (length > text.length - textBytes) {
      int wanted = Math.addExact(textBytes, length);
      text = Arrays.copyOf(text, Math.max(wanted, wanted + (wanted >> 1)));
    }
    System.arraycopy(line, 0, text, textBytes, length);
    textBytes += length;
    size++;
  }

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
   * @param heldBytes an estimate of the memory its rows hold, those that are text apart
   */
  public void endMessage(int partition, long offset, int valueBytes, long heldBytes) {
    marks.add(size, partition, offset, valueBytes);
    bytes += heldBytes + textBytes - textEnded;
    textEnded = textBytes;
  }

  /** Takes the rows of the message under way out again. */
  public void dropMessage() {
    int ended = marks.count == 0 ? 0 : marks.rowEnds[marks.count - 1];
    if (!asText) {
      Arrays.fill(rows, ended, size, null);
    }
    size = ended;
    textBytes = textEnded;
  }

  /** Takes the rows of the message under way out again and notes that it is rejected. */
  public void rejectMessage(RejectedMessage rejected) {
    dropMessage();
    marks.reject(rejected);
    bytes += rejected.message().heldBytes();
  }

  /** Returns whether the batch is large enough to be handed over. */
  public boolean full() {
    if (asText) {
      return textBytes >= TEXT_BYTES || marks.count >= TEXT_ROWS || bytes >= BYTES;
    }
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

  /** Returns an array that the text fills for the most part. */
  private byte[] takeText() {
    boolean small = textBytes < text.length / 2;
    byte[] taken = small ? Arrays.copyOf(text, textBytes) : text;
    text = small && text.length <= TEXT_ROOM ? text : new byte[asText ? TEXT_ROOM : 0];
    return taken;
  }

  /** Returns the batch and begins a new one. */
  public RowBatch take() {
    RowBatch batch = new RowBatch(rows, size, marks, bytes).withText(takeText(), textBytes);
    textBytes = 0;
    textEnded = 0;
    rows = asText ? NO_ROWS : new Object[ROWS][];
    marks = new RowBatch.Marks(marks.count);
    size = 0;
    bytes = 0;
    return batch;
  }
}
