package io.kadb.load;

import io.kadb.catalog.TableName;
import io.kadb.store.CopyStream;
import io.kadb.store.StoreSession;
import io.kadb.type.ColumnType;
import io.kadb.type.TextOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into a table of the warehouse, by COPY in the transaction of a store session.
 * Values travel as text, and PostgreSQL's own input makes the columns' types of them.
 *
 * <p>Used by one thread. After {@link #row} or {@link #finish} failed, only {@link #close} may
 * follow; the caller undoes what was written.
 */
public final class CopyRows implements AutoCloseable {
  private static final int FLUSH_CHARACTERS = 1 << 16;

  private final StoreSession session;
  private final TableName table;
  private final List<String> columns;
  private final TextOutput[] outputs;
  private final OptionalInt chunkBytes;
  private final StringBuilder text = new StringBuilder(FLUSH_CHARACTERS + 1024);
  private @Nullable CopyStream stream;
  private long rows;

  /**
   * Creates the way into a table; nothing is sent before there is something to send.
   *
   * @param columns the columns of the table to fill, in the order of the rows' values
   * @param types the types of the rows' values
   * @param chunkBytes if given, the session's connection is free for others between portions of
   *     about this size; otherwise it is taken from the first portion to {@link #finish}
   */
  public CopyRows(
      StoreSession session,
      TableName table,
      List<String> columns,
      List<ColumnType> types,
      OptionalInt chunkBytes) {
    this.session = session;
    this.table = table;
    this.columns = List.copyOf(columns);
    this.outputs = types.stream().map(TextOutput::of).toArray(TextOutput[]::new);
    this.chunkBytes = chunkBytes;
  }

  /**
   * Takes a row.
   *
   * @param values as many as there are columns, of the classes their types say, or null
   * @throws io.kadb.error.KadbException with PostgreSQL's own SQLState if it refuses a row of an
   *     earlier portion
   */
  public void row(@Nullable Object[] values) {
    for (int i = 0; i < outputs.length; i++) {
      if (i > 0) {
        text.append('\t');
      }
      append(outputs[i], values[i]);
    }
    text.append('\n');
    rows++;
    if (text.length() >= FLUSH_CHARACTERS) {
      flush();
    }
  }

  private void append(TextOutput output, @Nullable Object value) {
    if (value == null) {
      text.append("\\N");
      return;
    }
    int from = text.length();
    output.append(text, value);
    escape(from);
  }

  /** Escapes what COPY's text format takes for something else; most values hold nothing of it. */
  private void escape(int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' || c == '\t' || c == '\n' || c == '\r') {
        String plain = text.substring(i);
        text.setLength(i);
        plain.chars().forEach(this::appendEscaped);
        return;
      }
    }
  }

  private void appendEscaped(int c) {
    switch (c) {
      case '\\' -> text.append("\\\\");
      case '\t' -> text.append("\\t");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      default -> text.append((char) c);
    }
  }

  private void flush() {
    if (text.isEmpty()) {
      return;
    }
    if (stream == null) {
      stream = session.copyInto(table, columns, chunkBytes);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    text.setLength(0);
    stream.write(bytes, 0, bytes.length);
  }

  /**
   * Sends what is left and ends the COPY.
   *
   * @return the number of rows written
   * @throws io.kadb.error.KadbException with PostgreSQL's own SQLState if it refuses a row
   */
  public long finish() {
    flush();
    if (stream != null) {
      stream.finish();
      stream = null;
    }
    return rows;
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
