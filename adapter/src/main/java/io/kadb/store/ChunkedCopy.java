package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** A COPY for each chunk of the stream; the connection is free between two calls. */
final class ChunkedCopy implements CopyStream {
  /** A growing array that can be sent without being copied. */
  private static final class Chunk extends ByteArrayOutputStream {
    byte[] bytes() {
      return buf;
    }

    boolean endsWithRow() {
      return count > 0 && buf[count - 1] == '\n';
    }
  }

  private final CopyTarget target;
  private final int chunkBytes;
  private final Chunk chunk = new Chunk();
  private OptionalLong failedLine = OptionalLong.empty();

  /** The lines sent; not the rows taken, since a trigger may drop some. */
  private long lines;

  private long chunkLines;
  private long rows;
  private boolean open = true;

  ChunkedCopy(CopyTarget target, int chunkBytes) {
    this.target = target;
    this.chunkBytes = chunkBytes;
  }

  @Override
  public void write(byte[] buf, int off, int len, long rows) {
    requireOpen();
    chunk.write(buf, off, len);
    chunkLines += rows;
    if (chunk.size() >= chunkBytes && chunk.endsWithRow()) {
      send();
    }
  }

  @Override
  public void settle() {
    requireOpen();
    if (chunk.size() > 0) {
      send();
    }
  }

  @Override
  public long settledLines() {
    return lines;
  }

  @Override
  public long finish() {
    settle();
    open = false;
    return rows;
  }

  @Override
  public void abort() {
    open = false;
    chunk.reset();
  }

  @Override
  public OptionalLong failedLine() {
    return failedLine;
  }

  private void requireOpen() {
    if (!open) {
      throw new KadbException(ErrorCode.INTERNAL, "the COPY has ended");
    }
  }

  private void send() {
    @Nullable CopyIn copy = null;
    try {
      copy = target.begin();
      copy.writeToCopy(chunk.bytes(), 0, chunk.size());
      rows += copy.endCopy();
      lines += chunkLines;
      chunkLines = 0;
      chunk.reset();
    } catch (SQLException e) {
      if (copy != null) {
        CopyTarget.cancel(copy);
      }
      abort();
      CopyTarget.Failure failure = target.failed(e, lines);
      failedLine = failure.line();
      throw failure.error();
    }
  }
}
