package io.kadb.server.remote;

import io.kadb.jdbc.ResultEnd;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
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
 *   <tr><td>a row cannot be read, cancel, time limit, before the first frame was sent</td>
 *       <td>failed: the error alone</td><td>stay</td></tr>
 *   <tr><td>the same, later</td><td>failed: the rows before, then the error</td><td>stay</td></tr>
 *   <tr><td>Avatica's driver calls again by another socket, and that of the last frame is gone ({@link #mayBeLost})</td>
 *       <td>given up; an error of that call</td><td>stay</td></tr>
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
  private final Function<ResultSetMetaData, WireColumns> columnsOf;
  private final FrameLimits limits;
  private final Metrics metrics;
  private final CountDownLatch finished = new CountDownLatch(1);

  // Guarded by this.
  private final FrameBuffer frames;
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
      if (isRunning()) {
        execute();
      }
    } catch (Throwable e) {
      fail(e);
    } finally {
      finished.countDown();
    }
  }

  private void execute() throws SQLException {
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
    if (!gaveRows) {
      counted(statement.getLargeUpdateCount());
      return;
    }
    ResultSet result = statement.getResultSet();
    opened(result, columnsOf.apply(result.getMetaData()));
    if (isRunning()) {
      produce(result, result.unwrap(ResultEnd.class));
    } else {
      giveUp(result);
    }
  }

  private void produce(ResultSet result, ResultEnd end) throws SQLException {
    boolean more = !end.atEnd() && hasRoom();
    while (more && result.next()) {
      more = add(result, end);
    }
    become(State.COMPLETE);
  }

  /** Adds a row, and waits until there is room for another; returns whether one is wanted. */
  private synchronized boolean add(ResultSet row, ResultEnd end) throws SQLException {
    if (state != State.RUNNING) {
      return false;
    }
    boolean news = frames.add(row);
    if (end.atEnd()) {
      // At once, so that the frame with the last row is known to be the last.
      become(State.COMPLETE);
      return false;
    }
    if (news) {
      notifyAll();
    }
    return hasRoom();
  }

  /** Waits until there is room for a row; returns whether one is still wanted. */
  private synchronized boolean hasRoom() {
    while (state == State.RUNNING && (frames.isFull() || waiting == 0 && !frames.mayRunAhead())) {
      Waiting.until(this, Long.MAX_VALUE);
    }
    return state == State.RUNNING;
  }

  private synchronized void opened(ResultSet result, WireColumns found) {
    rows = result;
    frames.open(found);
    notifyAll();
  }

  private synchronized void counted(long count) {
    updateCount = count;
    become(State.COUNTED);
  }

  private synchronized void fail(Throwable thrown) {
    if (state == State.RUNNING) {
      failure = RemoteErrors.of(thrown);
      metrics.count(Metric.RESULTS, "failed", 1);
      become(State.FAILED);
    }
  }

  private synchronized void become(State next) {
    if (state == State.RUNNING) {
      state = next;
    }
    notifyAll();
  }

  private synchronized boolean isRunning() {
    return state == State.RUNNING;
  }

  /** Says how many rows the client wants in its frames; 0 leaves it to the server. */
  synchronized void wantFrames(int rowsWanted) {
    frames.wantRows(rowsWanted);
  }

  /**
   * Waits for the first answer of the run.
   *
   * @return the update count, or empty if there are rows: then {@link #frame} gives the first
   */
  synchronized OptionalLong updateCount() throws SQLException {
    while (state == State.RUNNING && frames.columns() == null) {
      Waiting.until(this, Long.MAX_VALUE);
    }
    if (state == State.COUNTED) {
      return OptionalLong.of(updateCount);
    }
    if (frames.columns() == null) {
      throw ended();
    }
    return OptionalLong.empty();
  }

  /** Returns the columns, once {@link #updateCount} said that there are rows. */
  synchronized WireColumns columns() {
    WireColumns known = frames.columns();
    if (known == null) {
      throw new IllegalStateException("no rows");
    }
    return known;
  }

  /**
   * Returns the frame that begins at an offset: the next one, or the last one again. It waits for
   * rows, and gives an empty frame if none come for long.
   *
   * @param carrier the socket that the frame is sent by
   * @throws SQLException if the run failed or was given up, or the offset is a wrong one
   */
  synchronized ResultFrame frame(long offset, Carrier carrier) throws SQLException {
    ResultFrame frame = frames.again(offset);
    if (frame == null) {
      frames.checkIsNext(offset);
      awaitRows(offset);
      // Another request for the same frame may have been first.
      frame = frames.again(offset);
    }
    if (frame == null) {
      frame = take(offset);
    }
    frames.sentBy(carrier);
    return frame;
  }

  private void awaitRows(long offset) {
    waiting++;
    notifyAll();
    boolean first = frames.last() == null;
    long sinceRows = System.nanoTime();
    long deadline = sinceRows + limits.longestWait().toNanos();
    while (state == State.RUNNING && !frames.isFull() && frames.again(offset) == null) {
      long now = System.nanoTime();
      if (frames.rows() > 0) {
        deadline = Math.min(deadline, sinceRows + limits.linger(first).toNanos());
      } else {
        sinceRows = now;
      }
      if (deadline - now <= 0) {
        break;
      }
      Waiting.until(this, deadline - now);
    }
    waiting--;
  }

  private ResultFrame take(long offset) throws SQLException {
    // Nothing was shown yet: then the run failed as a whole, and whoever runs it hears of it.
    boolean first = frames.last() == null;
    boolean lost = state == State.FAILED && (first || frames.rows() == 0);
    if (lost || state == State.GIVEN_UP || state == State.CONFIRMED || state == State.ENDING) {
      throw ended();
    }
    ResultFrame frame = frames.take(offset, state == State.COMPLETE);
    metrics.count(Metric.FRAMES, 1);
    metrics.count(Metric.ROWS, frame.rows().rows());
    notifyAll();
    return frame;
  }

  private SQLException ended() {
    return failure != null ? failure : RemoteErrors.noStatement("the result has ended");
  }

  /** Returns whether the client was given the last frame, and the result waits for its word. */
  synchronized boolean isDelivered() {
    ResultFrame last = frames.last();
    return state == State.COMPLETE && last != null && last.done();
  }

  /**
   * Returns whether a client that asks for something else now may not have got the last frame: it
   * comes by another socket, and the frame's is gone.
   */
  boolean mayBeLost(Carrier now) {
    Carrier then;
    synchronized (this) {
      then = frames.carrier();
    }
    return then != null && !then.equals(now) && then.isGone();
  }

  /** Returns whether a request for this offset asks for the last frame again. */
  synchronized boolean isRepeat(long offset) {
    return frames.again(offset) != null;
  }

  /** Returns whether the run holds rows or a thread. */
  synchronized boolean isOpen() {
    return state == State.RUNNING || state == State.COMPLETE || state == State.ENDING;
  }

  /**
   * Ends the result well: the client got the last row. Does nothing if the result has ended well
   * already or gave no rows.
   *
   * @throws SQLException if moving the offsets failed, or the result is not at its end
   */
  void confirm() throws SQLException {
    ResultSet ending;
    synchronized (this) {
      if (state == State.CONFIRMED || state == State.COUNTED) {
        return;
      }
      if (state == State.FAILED || state == State.GIVEN_UP) {
        throw ended();
      }
      if (rows == null || !isDelivered()) {
        throw RemoteErrors.badMessage("the result is not at its end");
      }
      ending = rows;
      state = State.ENDING;
    }
    try {
      if (ending.next()) {
        throw new IllegalStateException("a row after the last");
      }
      ending.close();
      end(State.CONFIRMED, null);
    } catch (SQLException | RuntimeException | Error e) {
      SQLException translated = RemoteErrors.of(e);
      end(State.FAILED, translated);
      throw translated;
    }
  }

  private synchronized void end(State how, @Nullable SQLException why) {
    metrics.count(Metric.RESULTS, how.name().toLowerCase(Locale.ROOT), 1);
    state = how;
    failure = why;
    notifyAll();
  }

  /**
   * Ends the result without success and waits until its thread has gone. Does nothing if it has
   * ended.
   *
   * @param why what a later fetch is told
   */
  void abandon(SQLException why) {
    ResultSet ending;
    synchronized (this) {
      if (state != State.RUNNING && state != State.COMPLETE) {
        return;
      }
      end(State.GIVEN_UP, why);
      ending = rows;
      frames.drop();
    }
    if (ending != null) {
      giveUp(ending);
    }
    // A cancel that comes just before the statement begins to run misses it.
    while (!Waiting.isOver(finished, CANCEL_AGAIN_MILLIS)) {
      cancel();
    }
  }

  private static void giveUp(ResultSet given) {
    try {
      given.unwrap(ResultEnd.class).abandon();
    } catch (SQLException e) {
      // What failed here was given up in any case.
    }
  }

  private void cancel() {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // A statement that is closed does not run for long.
    }
  }
}
