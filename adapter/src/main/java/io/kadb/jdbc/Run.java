package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.sql.RunControl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One run of a statement as the driver holds it: who may touch the session now, cancel, the time
 * limit, and the notices on their way to the client.
 *
 * <p>A session serves one thread at a time, so whoever touches it enters the run first, which takes
 * the connection's lock. Closing must not wait for a thread that waits for Kafka: {@link #stop}
 * first announces the end, then cancels the run if somebody is inside; {@link #enter} first says
 * that it is inside, then looks for the announcement. One of the two always sees the other.
 */
final class Run {
  private final ReentrantLock lock;
  private final RunControl control;
  private final Warnings warnings;

  private volatile boolean inside;
  private volatile boolean stopped;
  private volatile boolean cancelled;

  /**
   * Creates a run that begins now.
   *
   * @param lock the lock of the session
   * @param timeout the most time it may take; zero for no limit
   * @param warnings takes what the engine has to say
   */
  Run(ReentrantLock lock, Duration timeout, Warnings warnings) {
    this(lock, new RunControl(timeout), warnings);
  }

  /** Creates a run with reins of its own. */
  Run(ReentrantLock lock, RunControl control, Warnings warnings) {
    this.warnings = warnings;
    this.lock = lock;
    this.control = control;
  }

  /** Returns what the engine polls. */
  RunControl control() {
    return control;
  }

  /** Takes the session for this run; {@link #leave} must follow. */
  void enter() throws SQLException {
    lock.lock();
    inside = true;
    control.resume();
    if (stopped) {
      leave();
      throw SqlExceptions.closed("statement or result");
    }
  }

  /** Takes the session in order to end the run; {@link #leave} must follow. */
  void enterToEnd() {
    stop();
    lock.lock();
    control.resume();
  }

  /** Gives the session back. */
  void leave() {
    control.pause();
    inside = false;
    lock.unlock();
  }

  /** Cancels the run, from any thread. */
  void cancel() {
    cancelled = true;
    control.cancel();
  }

  /** Announces the end of the run, from any thread; a thread inside it comes out soon. */
  void stop() {
    stopped = true;
    if (inside && !lock.isHeldByCurrentThread()) {
      cancel();
    }
  }

  /** Returns what a client gets for a failure in this run. */
  SQLException failure(Throwable failure) {
    if (failure instanceof KadbException exception
        && exception.code() == ErrorCode.CANCELLED
        && !cancelled
        && control.timeIsUp()) {
      return SqlExceptions.timeout(exception);
    }
    return SqlExceptions.of(failure);
  }

  /** Passes what the engine has said so far on to the warnings. */
  synchronized void collectNotices() {
    for (Notice notice : control.drainNotices()) {
      warnings.add(notice);
    }
  }
}
