package io.kadb.server.remote;

import io.kadb.jdbc.ResultEnd;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of a remote statement: its rows on their way to the client, in frames. Safe for many
 * threads.
 *
 * <p>A thread of its own, the producer, runs the statement and fills the next frame while the
 * client eats the last one; it is never more than one frame ahead, and runs ahead only while frames
 * get full, so that a statement that waits for messages does not keep the session from other
 * requests. The last frame is kept, for a client whose answer got lost.
 *
 * <p>The producer stops <em>on</em> the last row. Offsets move when the result is confirmed, which
 * takes the step past that row; so nothing moves for rows that the client has not got:
 *
 * <table>
 *   <caption>Endings</caption>
 *   <tr><th>what happens</th><th>what the result does</th><th>offsets</th></tr>
 *   <tr><td>the client confirms after the last frame ({@link #confirm})</td><td>ends well</td><td>move</td></tr>
 *   <tr><td>the confirmation fails, for example as another session moved them</td><td>failed</td><td>stay</td></tr>
 *   <tr><td>the client confirms before it has asked for the last frame</td><td>goes on; an error</td><td>stay</td></tr>
 *   <tr><td>the client asks for the last frame again</td><td>gives it again</td><td>stay</td></tr>
 *   <tr><td>the client asks for any other offset</td><td>goes on; an error</td><td>stay</td></tr>
 *   <tr><td>a row cannot be read, cancel, time limit</td><td>failed: the rows before, then the error</td><td>stay</td></tr>
 *   <tr><td>closed early, run again, rolled back, idle, lost client, server stops ({@link #abandon})</td>
 *       <td>given up; a later fetch is an error</td><td>stay</td></tr>
 * </table>
 */
final class OpenResult implements Runnable {
  /** Where the run stands. The last four are final. */
  private enum State {
    /** The statement runs, or its rows are read. */
    RUNNING,
    /** The producer stands on the last row. */
    COMPLETE,
    /** Somebody ends the result at this moment. */
    ENDING,
    COUNTED,
    CONFIRMED,
    FAILED,
    GIVEN_UP
  }

  private static final long CANCEL_AGAIN_MILLIS = 20;

  private final PreparedStatement statement;
  private final Wanted wanted;
  private final Function<ResultSetMetaData, Wire.Columns> columnsOf;
  private final FrameLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CountDownLatch finished = new CountDownLatch(1);

  private State state = State.RUNNING;
  private Wire.@Nullable Columns columns;
  private @Nullable ResultSet rows;
  private @Nullable RowBuffer filling;
  private @Nullable ResultFrame last;
  private @Nullable SQLException failure;
  private long updateCount = -1;
  private int frameRows;
  private int waiting;
  private boolean ahead = true;

  /**
   * Creates a run; {@link #run} is its producer's work.
   *
   * @param known the columns of its result, as far as they are known before it runs
   * @param columnsOf makes the columns that are sent of those of a result
   */
  OpenResult(
      PreparedStatement statement,
      Wanted wanted,
      Wire.@Nullable Columns known,
      Function<ResultSetMetaData, Wire.Columns> columnsOf,
      FrameLimits limits) {
    this.statement = statement;
    this.wanted = wanted;
    this.columns = known;
    this.columnsOf = columnsOf;
    this.limits = limits;
    this.frameRows = limits.rows();
  }

  @Override
  public void run() {
    try {
      execute();
    } catch (Throwable e) {
      fail(e);
    } finally {
      finished.countDown();
    }
  }

  private void execute() throws SQLException {
    if (isOver()) {
      return;
    }
    boolean gaveRows =
        switch (wanted) {
          case ROWS -> {
            statement.executeQuery();
            yield true;
          }
          case COUNT -> {
            statement.executeLargeUpdate();
            yield false;
          }
          case ANYTHING -> statement.execute();
        };
    if (gaveRows) {
      ResultSet result = statement.getResultSet();
      opened(result, columnsOf.apply(result.getMetaData()));
      produce(result, result.unwrap(ResultEnd.class));
    } else {
      counted(statement.getLargeUpdateCount());
    }
  }

  private void produce(ResultSet result, ResultEnd end) throws SQLException {
    while (mayGoOn()) {
      if (end.atEnd() || !result.next()) {
        become(State.COMPLETE);
        return;
      }
      lock.lock();
      try {
        if (state != State.RUNNING || filling == null) {
          return;
        }
        filling.add(result);
        if (isFull(filling) || waiting > 0) {
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits until there is room for a row; returns whether one is still wanted. */
  private boolean mayGoOn() {
    lock.lock();
    try {
      while (state == State.RUNNING && filling != null && (isFull(filling) || !isAskedFor())) {
        changed.awaitUninterruptibly();
      }
      return state == State.RUNNING;
    } finally {
      lock.unlock();
    }
  }

  private boolean isAskedFor() {
    return waiting > 0 || ahead;
  }

  private boolean isFull(RowBuffer buffer) {
    return buffer.rows() >= frameRows || buffer.bytes() >= limits.bytes();
  }

  private void opened(ResultSet result, Wire.Columns found) {
    lock.lock();
    try {
      rows = result;
      columns = found;
      filling = found.newBuffer();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (isOver()) {
      giveUpRows(result);
    }
  }

  private void counted(long count) {
    lock.lock();
    try {
      updateCount = count;
      if (state == State.RUNNING) {
        state = State.COUNTED;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void fail(Throwable thrown) {
    lock.lock();
    try {
      if (state == State.RUNNING) {
        state = State.FAILED;
        failure = RemoteErrors.of(thrown);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void become(State next) {
    lock.lock();
    try {
      if (state == State.RUNNING) {
        state = next;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Says how many rows the client wants in its frames; 0 leaves it to the server. */
  void wantFrames(int rowsWanted) {
    lock.lock();
    try {
      frameRows = limits.rowsFor(rowsWanted);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the first answer of the run.
   *
   * @return the update count, or empty if there are rows: then {@link #frame} gives the first
   */
  OptionalLong updateCount() throws SQLException {
    lock.lock();
    try {
      while (state == State.RUNNING && columns == null) {
        changed.awaitUninterruptibly();
      }
      if (columns == null) {
        throwFailure();
      }
      return state == State.COUNTED ? OptionalLong.of(updateCount) : OptionalLong.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the columns, once {@link #updateCount} said that there are rows. */
  Wire.Columns columns() {
    lock.lock();
    try {
      if (columns == null) {
        throw new IllegalStateException("no rows");
      }
      return columns;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the frame that begins at an offset: the next one, or the last one again. It waits for
   * rows, and gives an empty frame if none come for long.
   *
   * @throws SQLException if the run failed or was given up, or the offset is a wrong one
   */
  ResultFrame frame(long offset) throws SQLException {
    lock.lock();
    try {
      waiting++;
      changed.signalAll();
      ResultFrame known = last;
      if (known == null || !known.answers(offset)) {
        checkIsNext(offset);
        awaitRows(offset);
        known = last;
      }
      if (known != null && known.answers(offset)) {
        // Another request for the same frame may have been first.
        return known;
      }
      return take(offset);
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  private void checkIsNext(long offset) throws SQLException {
    ResultFrame known = last;
    long next = known == null ? 0 : known.end();
    if (offset != next) {
      throw RemoteErrors.badMessage(
          "the result stands before row " + next + ", the rows from " + offset + " were asked for");
    }
  }

  private void awaitRows(long offset) {
    long begun = System.nanoTime();
    long deadline = begun + limits.longestWait().toNanos();
    long lingered = begun + limits.linger().toNanos();
    while (state == State.RUNNING && !(last != null && last.answers(offset))) {
      boolean some = filling != null && filling.rows() > 0;
      if (some && isFull(filling)) {
        return;
      }
      long left = (some ? Math.min(lingered, deadline) : deadline) - System.nanoTime();
      if (left <= 0) {
        return;
      }
      awaitNanos(left);
    }
  }

  private void awaitNanos(long nanos) {
    boolean interrupted = false;
    try {
      changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      // The server interrupts no request; whoever does wants the answer all the same.
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private ResultFrame take(long offset) throws SQLException {
    RowBuffer taken = filling;
    if (taken == null) {
      if (state != State.RUNNING) {
        throwFailure();
      }
      // Not even executed yet: an empty frame keeps the client waiting.
      taken = columns().newBuffer();
    } else {
      if (state != State.COMPLETE && (state != State.RUNNING && taken.rows() == 0 || isGivenUp())) {
        throwFailure();
      }
      filling = columns().newBuffer();
    }
    ahead = isFull(taken);
    ResultFrame frame = new ResultFrame(offset, state == State.COMPLETE, taken);
    last = frame;
    changed.signalAll();
    return frame;
  }

  private boolean isGivenUp() {
    return state == State.GIVEN_UP || state == State.CONFIRMED || state == State.ENDING;
  }

  private void throwFailure() throws SQLException {
    if (failure != null) {
      throw failure;
    }
    throw RemoteErrors.noStatement("the result has ended");
  }

  /** Returns whether the client was given the last frame, and the result waits for its word. */
  boolean isDelivered() {
    lock.lock();
    try {
      return state == State.COMPLETE && last != null && last.done();
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether a request for this offset asks for the last frame again. */
  boolean isRepeat(long offset) {
    lock.lock();
    try {
      return last != null && last.answers(offset);
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether the run holds rows or a thread. */
  boolean isOpen() {
    lock.lock();
    try {
      return state == State.RUNNING || state == State.COMPLETE || state == State.ENDING;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the result well: the client got the last row. Does nothing if the result has ended well
   * already or gave no rows.
   *
   * @throws SQLException if moving the offsets failed, or the result is not at its end
   */
  void confirm() throws SQLException {
    ResultSet ending;
    lock.lock();
    try {
      if (state == State.CONFIRMED || state == State.COUNTED) {
        return;
      }
      if (state == State.FAILED || state == State.GIVEN_UP) {
        throwFailure();
      }
      if (state != State.COMPLETE || last == null || !last.done() || rows == null) {
        throw RemoteErrors.badMessage("the result is not at its end");
      }
      ending = rows;
      state = State.ENDING;
    } finally {
      lock.unlock();
    }
    end(ending);
  }

  private void end(ResultSet ending) throws SQLException {
    try {
      if (ending.next()) {
        throw new IllegalStateException("a row after the last");
      }
      ending.close();
      ended(State.CONFIRMED, null);
    } catch (SQLException | RuntimeException | Error e) {
      SQLException translated = RemoteErrors.of(e);
      ended(State.FAILED, translated);
      throw translated;
    }
  }

  private void ended(State how, @Nullable SQLException why) {
    lock.lock();
    try {
      state = how;
      failure = why;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the result without success and waits until its thread has gone. Does nothing if it has
   * ended.
   *
   * @param why what a later fetch is told
   */
  void abandon(SQLException why) {
    ResultSet ending;
    lock.lock();
    try {
      if (state != State.RUNNING && state != State.COMPLETE) {
        return;
      }
      state = State.GIVEN_UP;
      failure = why;
      ending = rows;
      filling = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (ending != null) {
      giveUpRows(ending);
    }
    awaitProducer();
  }

  private static void giveUpRows(ResultSet given) {
    try {
      given.unwrap(ResultEnd.class).abandon();
    } catch (SQLException e) {
      // What failed here was given up in any case.
    }
  }

  /** A cancel that comes just before the statement begins to run misses it. */
  private void awaitProducer() {
    boolean interrupted = false;
    try {
      while (finished.getCount() > 0) {
        try {
          statement.cancel();
        } catch (SQLException e) {
          // A statement that is closed does not run for long.
        }
        try {
          if (finished.await(CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isOver() {
    lock.lock();
    try {
      return state == State.GIVEN_UP;
    } finally {
      lock.unlock();
    }
  }
}
