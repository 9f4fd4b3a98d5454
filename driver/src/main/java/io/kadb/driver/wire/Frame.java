package io.kadb.driver.wire;

import java.sql.SQLException;

/** A part of a result: consecutive rows, and whether they are the last. Immutable. */
public final class Frame {
  private final Cells cells;
  private final boolean done;

  private Frame(Cells cells, boolean done) {
    this.cells = cells;
    this.done = done;
  }

  /** Returns a frame of rows that are all there is. */
  public static Frame last(Cells cells) {
    return new Frame(cells, true);
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
    return new Frame(frame.cells("rows"), frame.isTrue("done"));
  }

  public int size() {
    return cells.rows();
  }

  /** Returns whether no rows follow. */
  public boolean isDone() {
    return done;
  }

  /** Returns the values of the rows. */
  public Cells cells() {
    return cells;
  }
}
