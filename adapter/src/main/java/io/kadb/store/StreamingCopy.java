package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.postgresql.copy.CopyIn;

/**
 * A COPY that goes on for the whole stream.
 *
 * <p>The driver looks for an answer only when a COPY ends, so that an error in the first row would
 * be noticed after the last one. Therefore the COPY is ended now and then and followed by another.
 */
final class StreamingCopy implements CopyStream {
  private static final long RENEWED_AFTER_BYTES = 16L << 20;

  private final CopyTarget target;
  private CopyIn copy;
  private OptionalLong failedLine = OptionalLong.empty();
  private long bytes;
  private long lines;

  /** The lines that earlier COPYs took. */
  private long linesBefore;

  private long rows;
  private boolean open = true;

  StreamingCopy(CopyTarget target) {
    this.target = target;
    try {
      copy = target.begin();
    } catch (SQLException e) {
      throw target.failed(e, 0).error();
    }
  }

  /** Returns whether the connection is busy with this COPY. */
  boolean isOpen() {
    return open;
  }

  @Override
  public void write(byte[] buf, int off, int len, long newLines) {
    requireOpen();
    try {
      copy.writeToCopy(buf, off, len);
      bytes += len;
      lines += newLines;
      if (bytes >= RENEWED_AFTER_BYTES && len > 0 && buf[off + len - 1] == '\n') {
        renew();
      }
    } catch (SQLException e) {
      throw fail(e);
    }
  }

  private void renew() throws SQLException {
    rows += copy.endCopy();
    linesBefore = lines;
    bytes = 0;
    copy = target.begin();
  }

  @Override
  public void settle() {
    requireOpen();
    try {
      renew();
    } catch (SQLException e) {
      throw fail(e);
    }
  }

  @Override
  public long settledLines() {
    return linesBefore;
  }

  @Override
  public long finish() {
    requireOpen();
    try {
      rows += copy.endCopy();
      open = false;
      return rows;
    } catch (SQLException e) {
      throw fail(e);
    }
  }

  @Override
  public void abort() {
    if (open) {
      open = false;
      CopyTarget.cancel(copy);
    }
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

  private KadbException fail(SQLException e) {
    abort();
    CopyTarget.Failure failure = target.failed(e, linesBefore);
    failedLine = failure.line();
    return failure.error();
  }
}
