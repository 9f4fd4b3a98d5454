package io.kadb.server.produce;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream apart at its line ends (LF, CR LF, CR), which do not belong to the records.
 * Between quotes, if there are any, a line end is part of the record.
 */
final class RecordReader {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int NO_QUOTE = -2;

  private final BufferedInputStream in;
  private final int quote;
  private final ByteArrayOutputStream record = new ByteArrayOutputStream();
  private long line;
  private long recordLine;

  private RecordReader(InputStream in, int quote) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
    this.quote = quote;
  }

  /** Reads lines. */
  static RecordReader ofLines(InputStream in) {
    return new RecordReader(in, NO_QUOTE);
  }

  /** Reads records of CSV, quoted by double quotes. */
  static RecordReader ofCsv(InputStream in) {
    return new RecordReader(in, '"');
  }

  /** Returns the line, from 1, at which the last record began. */
  long line() {
    return recordLine;
  }

  /**
   * Returns the next record, or null at the end.
   *
   * @throws MessageInput.MalformedInput if a quote is not closed
   */
  byte @Nullable [] next() throws IOException {
    record.reset();
    recordLine = ++line;
    boolean quoted = false;
    int c = in.read();
    if (c < 0) {
      return null;
    }
    while (c >= 0) {
      if (c == quote) {
        quoted = !quoted;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        skipLineFeed(c);
        return record.toByteArray();
      } else if (c == '\n') {
        line++;
      }
      record.write(c);
      c = in.read();
    }
    if (quoted) {
      throw new MessageInput.MalformedInput(
          "line " + recordLine + ": a record whose quote is not closed", null);
    }
    return record.toByteArray();
  }

  private void skipLineFeed(int lineEnd) throws IOException {
    if (lineEnd == '\r') {
      in.mark(1);
      if (in.read() != '\n') {
        in.reset();
      }
    }
  }
}
