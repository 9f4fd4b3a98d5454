package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.error.Notices;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The reins of one run of a statement: cancel, time limit and notices. Safe for many threads.
 *
 * <p>What counts towards the time limit is the time that callers spend inside the run, not what
 * they do between two rows: {@link #pause} stops the clock and {@link #resume} lets it go on.
 */
public final class RunControl implements Notices {
  private static final ScheduledExecutorService TIMER = timer();

  /** How soon to look again whether time is up, if the clock stood for a while. */
  private static final long LEAST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final AtomicBoolean cancelled;
  private final Duration timeout;
  private final LongSupplier clock;
  private final long startedNanos;
  private final long startedMillis = System.currentTimeMillis();
  private final Queue<Notice> notices = new ArrayDeque<>();
  private final List<Runnable> onCancel = new ArrayList<>();
  private @Nullable ScheduledFuture<?> timeUp;

  /** How far the clock had come when it was stopped last, and since when it goes. */
  private volatile Spent spent;

  /**
   * Time spent inside the run.
   *
   * @param nanos up to the last pause
   * @param running whether the clock goes
   * @param since when it was set going last
   */
  private record Spent(long nanos, boolean running, long since) {
    long at(long now) {
      return running ? nanos + now - since : nanos;
    }
  }

  /**
   * Creates the reins of a run that begins now.
   *
   * @param timeout the most time it may take; zero for no limit
   */
  public RunControl(Duration timeout) {
    this(timeout, new AtomicBoolean());
  }

  /**
   * Creates the reins of a run whose time another clock measures.
   *
   * @param clock as {@link System#nanoTime}
   */
  public RunControl(Duration timeout, LongSupplier clock) {
    this(timeout, new AtomicBoolean(), clock);
  }

  /** Creates the reins of a run that somebody else's flag cancels. */
  RunControl(Duration timeout, AtomicBoolean cancelled) {
    this(timeout, cancelled, System::nanoTime);
  }

  private RunControl(Duration timeout, AtomicBoolean cancelled, LongSupplier clock) {
    this.timeout = timeout;
    this.cancelled = cancelled;
    this.clock = clock;
    this.startedNanos = clock.getAsLong();
    this.spent = new Spent(0, true, startedNanos);
  }

  /** Stops the clock of the time limit: the caller is about to leave the run. */
  public void pause() {
    if (!timeout.isZero()) {
      long now = clock.getAsLong();
      spent = new Spent(spent.at(now), false, now);
    }
  }

  /** Lets the clock of the time limit go on: the caller is back. */
  public void resume() {
    if (!timeout.isZero()) {
      long now = clock.getAsLong();
      spent = new Spent(spent.at(now), true, now);
    }
  }

  /** Cancels the run; it ends with 57014 in less than a second. */
  public void cancel() {
    cancelled.set(true);
    interrupt();
  }

  /** Returns the flag that cancel sets. */
  AtomicBoolean cancelFlag() {
    return cancelled;
  }

  /**
   * Has an action run when the run is cancelled or its time is over, at once if it already is
   * cancelled. It is for waits that do not {@link #check}.
   */
  void onCancel(Runnable action) {
    synchronized (onCancel) {
      onCancel.add(action);
      watchTime();
    }
    if (cancelled.get()) {
      interrupt();
    }
  }

  private void watchTime() {
    if (timeUp == null && !timeout.isZero()) {
      long left = timeout.toNanos() - spent.at(clock.getAsLong());
      timeUp = TIMER.schedule(this::look, Math.max(0, left), TimeUnit.NANOSECONDS);
    }
  }

  /** Looks whether time is up now; otherwise the clock stood meanwhile. */
  private void look() {
    synchronized (onCancel) {
      if (timeIsUp()) {
        interrupt();
      } else if (timeUp != null && !timeUp.isCancelled()) {
        long left = timeout.toNanos() - spent.at(clock.getAsLong());
        timeUp = TIMER.schedule(this::look, Math.max(LEAST_LOOK_NANOS, left), TimeUnit.NANOSECONDS);
      }
    }
  }

  /** Ends waits, whose callers then find out why. */
  private void interrupt() {
    // Inside, so that none of them hits the statement that comes after this one has ended.
    synchronized (onCancel) {
      List<Runnable> actions = List.copyOf(onCancel);
      onCancel.clear();
      actions.forEach(Runnable::run);
    }
  }

  /** Says that the run is over: a later cancel must not hit whatever comes next. */
  void ended() {
    synchronized (onCancel) {
      onCancel.clear();
      if (timeUp != null) {
        timeUp.cancel(false);
      }
    }
  }

  /**
   * Returns if the run may go on.
   *
   * @throws KadbException 57014 if it was cancelled or ran past its time
   */
  public void check() {
    if (cancelled.get()) {
      throw new KadbException(ErrorCode.CANCELLED, "the statement was cancelled");
    }
    if (timeIsUp()) {
      throw new KadbException(
          ErrorCode.CANCELLED,
          "the statement ran past its time limit of " + timeout.toSeconds() + " s");
    }
  }

  /** Returns whether the run spent more than its time. */
  public boolean timeIsUp() {
    return !timeout.isZero() && spent.at(clock.getAsLong()) > timeout.toNanos();
  }

  /** Returns whether the run was cancelled or ran past its time. */
  boolean unwanted() {
    return cancelled.get() || timeIsUp();
  }

  /** Returns the moment the run began, as {@link System#nanoTime} counts. */
  long startedNanos() {
    return startedNanos;
  }

  /** Returns the moment the run began, which is what now() gives in it. */
  long startedMillis() {
    return startedMillis;
  }

  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "kadb-time-limits");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  @Override
  public void add(Notice notice) {
    synchronized (notices) {
      notices.add(notice);
    }
  }

  /** Returns the notices since the last call, in the order they arose. */
  public List<Notice> drainNotices() {
    synchronized (notices) {
      List<Notice> drained = List.copyOf(notices);
      notices.clear();
      return drained;
    }
  }
}
