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
import java.util.concurrent.locks.LockSupport;
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
  private static final long SOCKET_ENDS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final PreparedStatement statement;
  private final Wanted wanted;
  private final Function<ResultSetMetaData, WireColumns> columnsOf;
  private final FrameLimits limits;
  private final Metrics metrics;
  private final FrameBuffer frames;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CountDownLatch finished = new CountDownLatch(1);

  private State state = State.RUNNING;
  private @Nullable ResultSet rows;
  private @Nullable SQLException failure;
  private long updateCount = -1;
  private int waiting;

  /**
   * Creates a run; {@link #run} is its producer's work.
   *
   * @param known the columns of its result, as far as they are known before it runs
   * @param columnsOf makes the columns that are sent of those of a result
   */
  OpenResult(
      PreparedStatement statement,
      Wanted wanted,
      @Nullable WireColumns known,
      Function<ResultSetMetaData, WireColumns> columnsOf,
      FrameLimits limits,
      Metrics metrics) {
    this.statement = statement;
    this.wanted = wanted;
    this.columnsOf = columnsOf;
    this.limits = limits;
    this.metrics = metrics;
    this.frames = new FrameBuffer(limits, known);
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
        if (state != State.RUNNING) {
          return;
        }
        boolean news = frames.add(result);
        if (end.atEnd()) {
          // At once, so that the frame with the last row is known to be the last.
          state = State.COMPLETE;
          changed.signalAll();
          return;
        }
        if (news) {
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
      while (state == State.RUNNING && (frames.isFull() || waiting == 0 && !frames.mayRunAhead())) {
        changed.awaitUninterruptibly();
      }
      return state == State.RUNNING;
    } finally {
      lock.unlock();
    }
  }

  private void opened(ResultSet result, WireColumns found) {
    lock.lock();
    try {
      rows = result;
      frames.open(found);
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
        metrics.count(Metric.RESULTS, "failed", 1);
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
      frames.wantRows(rowsWanted);
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
      while (state == State.RUNNING && frames.columns() == null) {
        changed.awaitUninterruptibly();
      }
      if (frames.columns() == null && state != State.COUNTED) {
        throwFailure();
      }
      return state == State.COUNTED ? OptionalLong.of(updateCount) : OptionalLong.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the columns, once {@link #updateCount} said that there are rows. */
  WireColumns columns() {
    lock.lock();
    try {
      WireColumns known = frames.columns();
      if (known == null) {
        throw new IllegalStateException("no rows");
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the frame that begins at an offset: the next one, or the last one again. It waits for
   * rows, and gives an empty frame if none come for long.
   *
   * @param carrier the socket that the frame is sent by
   * @throws SQLException if the run failed or was given up, or the offset is a wrong one
   */
  ResultFrame frame(long offset, Carrier carrier) throws SQLException {
    lock.lock();
    try {
      waiting++;
      ResultFrame frame = nextOrLast(offset);
      frames.sentBy(carrier);
      return frame;
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  private ResultFrame nextOrLast(long offset) throws SQLException {
    changed.signalAll();
    ResultFrame known = frames.again(offset);
    if (known == null) {
      frames.checkIsNext(offset);
      awaitRows(offset);
      // Another request for the same frame may have been first.
      known = frames.again(offset);
    }
    return known != null ? known : take(offset);
  }

  private void awaitRows(long offset) {
    long sinceRows = System.nanoTime();
    long deadline = sinceRows + limits.longestWait().toNanos();
    while (state == State.RUNNING && !frames.isFull() && frames.again(offset) == null) {
      long now = System.nanoTime();
      if (frames.rows() > 0) {
        deadline = Math.min(deadline, sinceRows + limits.linger().toNanos());
      } else {
        sinceRows = now;
      }
      if (deadline - now <= 0) {
        return;
      }
      awaitNanos(deadline - now);
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
    boolean lost = state == State.FAILED && frames.rows() == 0;
    if (lost || isOver(state)) {
      throwFailure();
    }
    ResultFrame frame = frames.take(offset, state == State.COMPLETE);
    metrics.count(Metric.FRAMES, 1);
    metrics.count(Metric.ROWS, frame.rows().rows());
    changed.signalAll();
    return frame;
  }

  private static boolean isOver(State state) {
    return state == State.GIVEN_UP || state == State.CONFIRMED || state == State.ENDING;
  }

  private void throwFailure() throws SQLException {
    if (failure != null) {
      throw failure;
    }
    throw RemoteErrors.noStatement("the result has ended");
  }

  private boolean lastIsSent() {
    ResultFrame last = frames.last();
    return last != null && last.done();
  }

  /** Returns whether the client was given the last frame, and the result waits for its word. */
  boolean isDelivered() {
    lock.lock();
    try {
      return state == State.COMPLETE && lastIsSent();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns whether a client that asks for something else now may not have got the last frame: it
   * comes by another socket, and the frame's is gone.
   */
  boolean mayBeLost(Carrier now) {
    Carrier then;
    lock.lock();
    try {
      then = frames.carrier();
    } finally {
      lock.unlock();
    }
    if (then == null || then.equals(now)) {
      return false;
    }
    if (then.isOpen()) {
      // The end of a socket and the beginning of the next may be seen in any order.
      LockSupport.parkNanos(SOCKET_ENDS_NANOS);
    }
    return !then.isOpen();
  }

  /** Returns whether a request for this offset asks for the last frame again. */
  boolean isRepeat(long offset) {
    lock.lock();
    try {
      return frames.again(offset) != null;
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
      if (state != State.COMPLETE || rows == null || !lastIsSent()) {
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
    metrics.count(Metric.RESULTS, how == State.CONFIRMED ? "confirmed" : "failed", 1);
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
      metrics.count(Metric.RESULTS, "given_up", 1);
      failure = why;
      ending = rows;
      frames.drop();
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
