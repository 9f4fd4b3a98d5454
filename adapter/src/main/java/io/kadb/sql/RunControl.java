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
import org.jspecify.annotations.Nullable;

/** The reins of one run of a statement: cancel, time limit and notices. Safe for many threads. */
public final class RunControl implements Notices {
  private static final ScheduledExecutorService TIMER = timer();

  private final AtomicBoolean cancelled;
  private final Duration timeout;
  private final long startedNanos = System.nanoTime();
  private final long startedMillis = System.currentTimeMillis();
  private final Queue<Notice> notices = new ArrayDeque<>();
  private final List<Runnable> onCancel = new ArrayList<>();
  private @Nullable ScheduledFuture<?> timeUp;

  /**
   * Creates the reins of a run that begins now.
   *
   * @param timeout the most time it may take; zero for no limit
   */
  public RunControl(Duration timeout) {
    this(timeout, new AtomicBoolean());
  }

  /** Creates the reins of a run that somebody else's flag cancels. */
  RunControl(Duration timeout, AtomicBoolean cancelled) {
    this.timeout = timeout;
    this.cancelled = cancelled;
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
      long left = timeout.toNanos() - (System.nanoTime() - startedNanos);
      timeUp = TIMER.schedule(this::interrupt, Math.max(0, left), TimeUnit.NANOSECONDS);
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

  private boolean timeIsUp() {
    return !timeout.isZero() && System.nanoTime() - startedNanos > timeout.toNanos();
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
