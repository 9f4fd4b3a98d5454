package io.kadb.jdbc;

import io.kadb.sql.Rows;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A place in the rows of a run, moving forward: takes the session for each step, cuts rows off past
 * the statement's limit, and ends the rows when it is closed. May be closed from any thread;
 * otherwise one thread uses it at a time.
 */
final class Cursor {
  /** Where a cursor stands. */
  enum Position {
    BEFORE_FIRST,
    ON_ROW,
    AFTER_LAST
  }

  private final Rows rows;
  private final Run run;
  private final long maxRows;
  private long row;
  private boolean failed;
  private Position position = Position.BEFORE_FIRST;
  private volatile boolean closed;

  /**
   * Creates a cursor before the first row.
   *
   * @param maxRows the most rows to give; 0 for all
   */
  Cursor(Rows rows, Run run, long maxRows) {
    this.rows = rows;
    this.run = run;
    this.maxRows = maxRows;
  }

  /** Goes to the next row; false if there is none or the limit is reached. */
  boolean next() throws SQLException {
    run.enter();
    try {
      checkOpen();
      if (position == Position.AFTER_LAST) {
        return false;
      }
      if (maxRows > 0 && row >= maxRows) {
        position = Position.AFTER_LAST;
        rows.close();
        return false;
      }
      if (!rows.next()) {
        position = Position.AFTER_LAST;
        return false;
      }
      row++;
      position = Position.ON_ROW;
      return true;
    } catch (RuntimeException | Error e) {
      position = Position.AFTER_LAST;
      failed = true;
      throw run.failure(e);
    } finally {
      run.leave();
    }
  }

  /** Returns a value of the current row, by the column's place from 0. */
  @Nullable Object value(int column) throws SQLException {
    checkOpen();
    if (position != Position.ON_ROW) {
      throw SqlExceptions.of(
          position == Position.BEFORE_FIRST
              ? "the result stands before its first row: call next() first"
              : "the result stands after its last row",
          SqlExceptions.NO_CURRENT_ROW,
          null);
    }
    try {
      return rows.value(column);
    } catch (RuntimeException e) {
      checkOpen();
      throw run.failure(e);
    }
  }

  /** Returns where the cursor stands. */
  Position position() {
    return position;
  }

  /** Returns whether the cursor stands after the last of some rows. */
  boolean isAfterRows() {
    return position == Position.AFTER_LAST && row > 0;
  }

  /** Returns the number of the current row, from 1; 0 if there is none. */
  long row() {
    return position == Position.ON_ROW ? row : 0;
  }

  /** Returns whether no row is known to follow the current place. */
  boolean noMoreRows() {
    return closed || rows.atEnd() || (maxRows > 0 && row >= maxRows);
  }

  /** Passes on what the engine has said meanwhile. */
  void collectNotices() {
    run.collectNotices();
  }

  /** Announces the end, from any thread. */
  void stop() {
    run.stop();
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends the rows: a success if they are at their end. A second call does nothing. */
  void close() throws SQLException {
    if (closed) {
      return;
    }
    run.enterToEnd();
    try {
      if (!closed) {
        closed = true;
        endRows();
      }
    } finally {
      run.leave();
    }
  }

  /** Ends the rows because what they did is given up: cancels first, reports no failure. */
  void discard() {
    run.cancel();
    run.enterToEnd();
    try {
      closed = true;
      rows.abandon();
    } catch (RuntimeException e) {
      // What failed here was to be undone in any case.
      failed = true;
    } finally {
      run.leave();
    }
  }

  private void endRows() throws SQLException {
    try {
      rows.close();
    } catch (RuntimeException | Error e) {
      // A failure that next() reported already is not reported again.
      if (!failed) {
        throw run.failure(e);
      }
    }
  }

  private void checkOpen() throws SQLException {
    if (closed) {
      throw SqlExceptions.closed("result");
    }
  }
}
