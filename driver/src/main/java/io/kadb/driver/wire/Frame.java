package io.kadb.driver.wire;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A part of a result: consecutive rows, and whether they are the last. Immutable. */
public final class Frame {
  private final @Nullable Object[] rows;
  private final boolean done;

  private Frame(@Nullable Object[] rows, boolean done) {
    this.rows = rows;
    this.done = done;
  }

  /** Returns a frame of rows that are all there is. */
  public static Frame last(@Nullable Object[] rows) {
    return new Frame(rows, true);
  }

  /**
   * Reads a frame and checks that it begins where the last one ended.
   *
   * @param offset the number of rows that came before
   */
  static Frame read(Fields frame, long offset) throws SQLException {
    long found = frame.number("offset");
    if (found != offset) {
      throw Fields.unexpected("a frame from row " + offset, "one from row " + found);
    }
    return new Frame(frame.array("rows"), frame.isTrue("done"));
  }

  public int size() {
    return rows.length;
  }

  /** Returns whether no rows follow. */
  public boolean isDone() {
    return done;
  }

  /** Returns the values of a row, counted from 0 within the frame. */
  public @Nullable Object[] row(int index) throws SQLException {
    Object row = rows[index];
    if (row instanceof Object[]) {
      return (Object[]) row;
    }
    throw Fields.unexpected("a row", row);
  }
}
