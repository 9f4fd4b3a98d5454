package io.kadb.server.remote;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The frame that is being filled and the one that was sent last, which is kept for a client whose
 * answer got lost. Guarded by the lock of its result.
 */
final class FrameBuffer {
  private final FrameLimits limits;
  private @Nullable WireColumns columns;
  private @Nullable RowBuffer filling;
  private @Nullable ResultFrame last;
  private @Nullable Carrier carrier;
  private int frameRows;
  private boolean ahead = true;

  /**
   * Creates a buffer without rows.
   *
   * @param columns the columns, as far as they are known before there are rows
   */
  FrameBuffer(FrameLimits limits, @Nullable WireColumns columns) {
    this.limits = limits;
    this.columns = columns;
    this.frameRows = limits.rows();
  }

  /** Says how many rows the client wants in its frames; 0 leaves it to the server. */
  void wantRows(int rows) {
    frameRows = limits.rowsFor(rows);
  }

  /** Notes that there are rows of these columns from now on. */
  void open(WireColumns found) {
    columns = found;
    filling = found.newBuffer(0);
  }

  /** Forgets the rows that were not sent. */
  void drop() {
    filling = null;
  }

  @Nullable WireColumns columns() {
    return columns;
  }

  /** Adds the row that a result stands on; returns whether a request that waits wants to know. */
  boolean add(ResultSet row) throws SQLException {
    if (filling == null) {
      return false;
    }
    filling.add(row);
    // A request waits for the first row, then for a while, or until the frame is full.
    return filling.rows() == 1 || isFull(filling);
  }

  /** Returns the number of rows that were not sent. */
  int rows() {
    return filling == null ? 0 : filling.rows();
  }

  boolean isFull() {
    return filling != null && isFull(filling);
  }

  private boolean isFull(RowBuffer buffer) {
    return buffer.rows() >= frameRows || buffer.bytes() >= limits.bytes();
  }

  /**
   * Returns whether a row may be read that no request waits for: not after a frame that was sent
   * before it was full, as the next row may take long and would keep the session.
   */
  boolean mayRunAhead() {
    return ahead;
  }

  /** Returns the last frame if a request for this offset asks for it again. */
  @Nullable ResultFrame again(long offset) {
    return last != null && last.answers(offset) ? last : null;
  }

  /** Returns the last frame, whatever its offset. */
  @Nullable ResultFrame last() {
    return last;
  }

  /** Returns the socket that the last frame was sent by. */
  @Nullable Carrier carrier() {
    return carrier;
  }

  /** Notes the socket that the last frame is sent by. */
  void sentBy(Carrier by) {
    carrier = by;
  }

  /** Refuses an offset that is not that of the next frame. */
  void checkIsNext(long offset) throws SQLException {
    long next = last == null ? 0 : last.end();
    if (offset != next) {
      throw RemoteErrors.badMessage(
          "the result stands before row " + next + ", the rows from " + offset + " were asked for");
    }
  }

  /**
   * Takes what is there as the next frame; an empty one if there is nothing.
   *
   * @param done whether no frame follows
   */
  ResultFrame take(long offset, boolean done) {
    if (columns == null) {
      throw new IllegalStateException("no columns");
    }
    RowBuffer taken = filling;
    if (taken == null) {
      // Not even executed yet: an empty frame keeps the client waiting.
      taken = columns.newBuffer(0);
    } else {
      filling = done ? null : columns.newBuffer(Math.min(taken.bytes(), limits.bytes()));
    }
    ahead = isFull(taken);
    last = new ResultFrame(offset, done, taken);
    return last;
  }
}
