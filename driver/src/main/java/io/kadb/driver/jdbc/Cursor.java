package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import io.kadb.driver.wire.Cells;
import io.kadb.driver.wire.Frame;
import io.kadb.driver.wire.StatementLimits;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A place in the rows of a result, moving forward over frames that are fetched one after the other.
 * One thread moves it; any may close or cancel it.
 *
 * <p>The server moves offsets when it learns that the program has got the last row, and only then.
 * It learns so from this class, exactly once:
 *
 * <table>
 * <caption>Endings</caption>
 * <tr><th>what happens</th><th>what the server is told</th><th>who gets its error</th></tr>
 * <tr><td>{@code next()} finds no more rows, or none at all</td><td>confirmed</td>
 *     <td>{@code next()}</td></tr>
 * <tr><td>closed on the last row of the last frame</td><td>confirmed</td>
 *     <td>{@code close()}</td></tr>
 * <tr><td>closed anywhere else, or while another thread is in {@code next()}</td><td>abandoned</td><td>nobody</td></tr>
 * <tr><td>a fetch fails</td><td>abandoned, when closed</td><td>{@code next()}</td></tr>
 * <tr><td>cancelled</td><td>abandoned, when closed</td><td>{@code next()}</td></tr>
 * <tr><td>given up (rollback)</td><td>abandoned</td><td>nobody</td></tr>
 * <tr><td>the confirmation fails</td><td>nothing more</td><td>who confirmed</td></tr>
 * </table>
 *
 * <p>On the last row of a frame that is not the last one the end is not known: the row after it may
 * exist. Closing there abandons.
 */
final class Cursor {
  /** Where a cursor stands. */
  enum Position {
    BEFORE_FIRST,
    ON_ROW,
    AFTER_LAST
  }

  private final FrameSource source;
  private @Nullable Frame frame;

  /** The rows of the present frame, and the first cell of the current row. */
  private Cells cells = Cells.NONE;

  private int firstCell;

  /** Rows in the frames before the present one. */
  private long before;

  private int index = -1;
  private int fetchSize;
  private boolean failed;
  private boolean told;
  private Position position = Position.BEFORE_FIRST;
  private volatile boolean closed;
  private volatile boolean cancelled;

  /** The thread that is just moving the cursor. */
  private volatile @Nullable Thread mover;

  /**
   * A cursor before the first row.
   *
   * @param first the first frame; null if it is still to be fetched
   */
  Cursor(FrameSource source, @Nullable Frame first, int fetchSize) {
    this.source = source;
    this.frame = first;
    this.cells = first == null ? Cells.NONE : first.cells();
    this.fetchSize = fetchSize;
  }

  void setFetchSize(int rows) {
    fetchSize = rows;
  }

  int fetchSize() {
    return fetchSize;
  }

  /** Goes to the next row; false if there is none, which the server then knows. */
  boolean next() throws SQLException {
    checkOpen();
    if (position == Position.AFTER_LAST) {
      return false;
    }
    mover = Thread.currentThread();
    try {
      return advance();
    } catch (SQLException | RuntimeException e) {
      leaveRows();
      failed = true;
      if (closed) {
        throw SqlExceptions.closed("result");
      }
      throw e;
    } finally {
      mover = null;
    }
  }

  private boolean advance() throws SQLException {
    while (true) {
      if (cancelled) {
        throw SqlExceptions.of("the statement was cancelled", States.CANCELLED);
      }
      Frame present = frame;
      if (present != null && index + 1 < present.size()) {
        index++;
        firstCell = cells.firstOf(index);
        position = Position.ON_ROW;
        return true;
      }
      if (present != null && present.isDone()) {
        leaveRows();
        if (takeTelling()) {
          source.confirm();
        }
        return false;
      }
      fetch(present == null ? 0 : before + present.size());
    }
  }

  private void fetch(long offset) throws SQLException {
    checkOpen();
    Frame fetched = source.fetch(offset, StatementLimits.frameRows(fetchSize));
    before = offset;
    frame = fetched;
    cells = fetched.cells();
    index = -1;
  }

  private void leaveRows() {
    position = Position.AFTER_LAST;
  }

  /** Returns the values of the present frame. */
  Cells cells() {
    return cells;
  }

  /** Returns the cell of a value of the current row, by the column's place from 0. */
  int cell(int column) throws SQLException {
    checkOpen();
    if (position != Position.ON_ROW) {
      throw SqlExceptions.of(
          position == Position.BEFORE_FIRST
              ? "the result stands before its first row: call next() first"
              : "the result stands after its last row",
          States.NO_CURRENT_ROW);
    }
    return firstCell + column;
  }

  Position position() {
    return position;
  }

  /** Returns whether the cursor stands after the last of some rows. */
  boolean isAfterRows() {
    return position == Position.AFTER_LAST && (before > 0 || frame != null && frame.size() > 0);
  }

  /** Returns the number of the current row, from 1; 0 if there is none. */
  long row() {
    return position == Position.ON_ROW ? before + index + 1 : 0;
  }

  /** Returns whether no row is known to follow the current place. */
  boolean noMoreRows() {
    Frame present = frame;
    return closed
        || position == Position.AFTER_LAST
        || present != null && present.isDone() && index + 1 >= present.size();
  }

  /** Makes the next step fail, from any thread. */
  void cancel() {
    cancelled = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends the result: a success on its last row. A second call does nothing. */
  void close() throws SQLException {
    end(position == Position.ON_ROW && noMoreRows() && !failed && !cancelled);
  }

  /** Ends the result because what it did is given up. */
  void discard() {
    try {
      end(false);
    } catch (SQLException e) {
      throw new IllegalStateException("only a confirmation reports failures", e);
    }
  }

  private void end(boolean success) throws SQLException {
    closed = true;
    Thread inside = mover;
    // A row that another thread is just getting is not one that the program has got.
    boolean moving = inside != null && inside != Thread.currentThread();
    if (moving) {
      source.interruptFetch();
    }
    if (takeTelling()) {
      if (success && !moving) {
        LastWords.tell(source::confirm);
      } else {
        LastWords.tellQuietly(source::abandon);
      }
    }
  }

  /** Returns whether the caller is the one to tell the server how the result ended. */
  private synchronized boolean takeTelling() {
    boolean first = !told;
    told = true;
    return first;
  }

  private void checkOpen() throws SQLException {
    if (closed) {
      throw SqlExceptions.closed("result");
    }
  }
}
