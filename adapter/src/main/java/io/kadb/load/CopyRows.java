package io.kadb.load;

import io.kadb.catalog.TableName;
import io.kadb.error.KadbException;
import io.kadb.error.Place;
import io.kadb.scan.RowBatch;
import io.kadb.store.CopyStream;
import io.kadb.store.StoreSession;
import io.kadb.type.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into a table of the warehouse, by COPY in the transaction of a store session.
 * Values travel as text, and PostgreSQL's own input makes the columns' types of them. A row that it
 * refuses is traced back to its message, if the messages are told.
 *
 * <p>Used by one thread. After {@link #row}, {@link #batch} or {@link #finish} failed, only {@link
 * #close} may follow; the caller undoes what was written.
 */
public final class CopyRows implements AutoCloseable {
  private static final int FLUSH_BYTES = 120 << 10;

  /** With more, the COPY is ended, so that they can be forgotten: some 1.5 MiB. */
  private static final int MOST_RUNS = 1 << 16;

  private final StoreSession session;
  private final TableName table;
  private final List<String> columns;
  private final CopyColumn[] outputs;
  private final OptionalInt chunkBytes;
  private final LoadWatch watch;
  private final CopyLine lines = new CopyLine(FLUSH_BYTES + (8 << 10));
  private final MessageRuns messages = new MessageRuns();
  private @Nullable String topic;
  private @Nullable CopyStream stream;
  private int unsent;
  private long sent;
  private long sentBytes;

  /**
   * Creates the way into a table; nothing is sent before there is something to send.
   *
   * @param columns the columns of the table to fill, in the order of the rows' values
   * @param types the types of the rows' values
   * @param chunkBytes if given, the session's connection is free for others between portions of
   *     about this size; otherwise it is taken from the first portion to {@link #finish}
   * @param watch is told what was sent
   */
  public CopyRows(
      StoreSession session,
      TableName table,
      List<String> columns,
      List<ColumnType> types,
      OptionalInt chunkBytes,
      LoadWatch watch) {
    this.session = session;
    this.table = table;
    this.columns = List.copyOf(columns);
    this.outputs = types.stream().map(CopyColumn::new).toArray(CopyColumn[]::new);
    this.chunkBytes = chunkBytes;
    this.watch = watch;
  }

  /** Says that the message of every row will be told, all of this topic. */
  public void trace(String newTopic) {
    topic = newTopic;
  }

  /** Tells the message that the next row comes from; it comes before {@link #row}. */
  public void from(int partition, long offset) {
    messages.add(partition, offset, 1);
  }

  /**
   * Takes a row.
   *
   * @param values as many as there are columns, of the classes their types say, or null
   * @throws KadbException with PostgreSQL's own SQLState if it refuses a row of an earlier portion
   */
  public void row(@Nullable Object[] values) {
    for (int i = 0; i < outputs.length; i++) {
      lines.value(outputs[i], values[i]);
    }
    lines.end();
    unsent++;
    if (lines.length() >= FLUSH_BYTES) {
      flush();
    }
  }

  /**
   * Takes rows that are text already, with their messages.
   *
   * @throws KadbException as {@link #row}
   */
  public void batch(RowBatch batch) {
    batch.messages(messages::add);
    send(batch.text(), batch.textBytes(), batch.size());
  }

  private void flush() {
    if (unsent > 0) {
      send(lines.bytes(), lines.length(), unsent);
      lines.clear();
      unsent = 0;
    }
  }

  private void send(byte[] bytes, int length, int rows) {
    if (stream == null) {
      stream = session.copyInto(table, columns, chunkBytes);
    }
    try {
      stream.write(bytes, 0, length, rows);
      if (messages.count() > MOST_RUNS) {
        stream.settle();
      }
    } catch (KadbException e) {
      throw placed(e, stream.failedLine());
    }
    messages.forgetBefore(stream.settledLines() + 1);
    sent += rows;
    sentBytes += length;
    watch.progress(sent, sentBytes);
  }

  private KadbException placed(KadbException failure, OptionalLong line) {
    String known = topic;
    if (known == null || line.isEmpty()) {
      return failure;
    }
    Optional<MessageRuns.Position> message = messages.at(line.getAsLong());
    return message
        .map(found -> failure.at(new Place(known, found.partition(), found.offset())))
        .orElse(failure);
  }

  /**
   * Sends what is left and ends the COPY.
   *
   * @return the number of rows that the warehouse took
   * @throws KadbException with PostgreSQL's own SQLState if it refuses a row
   */
  public long finish() {
    flush();
    if (stream == null) {
      return 0;
    }
    try {
      long taken = stream.finish();
      stream = null;
      return taken;
    } catch (KadbException e) {
      throw placed(e, stream.failedLine());
    }
  }

  /** Gives up a COPY that was not finished; a second call does nothing. */
  @Override
  public void close() {
    if (stream != null) {
      stream.abort();
      stream = null;
    }
  }
}
