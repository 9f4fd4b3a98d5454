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
import java.util.concurrent.atomic.AtomicBoolean;

/** The reins of one run of a statement: cancel, time limit and notices. Safe for many threads. */
public final class RunControl implements Notices {
  private final AtomicBoolean cancelled;
  private final Duration timeout;
  private final long startedNanos = System.nanoTime();
  private final Queue<Notice> notices = new ArrayDeque<>();
  private final List<Runnable> onCancel = new ArrayList<>();

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
    List<Runnable> actions;
    synchronized (onCancel) {
      cancelled.set(true);
      actions = List.copyOf(onCancel);
      onCancel.clear();
    }
    actions.forEach(Runnable::run);
  }

  /** Returns the flag that cancel sets. */
  AtomicBoolean cancelFlag() {
    return cancelled;
  }

  /** Has an action run when the run is cancelled, at once if it already is. */
  void onCancel(Runnable action) {
    synchronized (onCancel) {
      if (!cancelled.get()) {
        onCancel.add(action);
        return;
      }
    }
    action.run();
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
    if (!timeout.isZero() && System.nanoTime() - startedNanos > timeout.toNanos()) {
      throw new KadbException(
          ErrorCode.CANCELLED,
          "the statement ran past its time limit of " + timeout.toSeconds() + " s");
    }
  }

  /** Returns the moment the run began, as {@link System#nanoTime} counts. */
  long startedNanos() {
    return startedNanos;
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
