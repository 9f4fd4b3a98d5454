package io.kadb.server.load;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says on standard error how a load stands: on a terminal by a line that is written anew, elsewhere
 * by a line every few seconds. Safe for several threads.
 */
final class ProgressPrinter implements AutoCloseable {
  private static final long LIVE_PERIOD_MS = 500;
  private static final long PLAIN_PERIOD_MS = 5_000;
  private static final long RATE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A log is not to be filled by a load that waits. */
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(10);

  private static final String ERASE = "\r\u001b[K";

  private final Progress progress;
  private final PrintStream err;
  private final boolean live;
  private final Deque<Progress.Moment> recent = new ArrayDeque<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "kadb-load-progress");
            thread.setDaemon(true);
            return thread;
          });
  private boolean onLine;
  private long printedRows = -1;
  private long printedNanos;
  private boolean closed;

  /**
   * Creates it; {@link #start} comes next.
   *
   * @param live whether the stream is a terminal
   */
  ProgressPrinter(Progress progress, PrintStream err, boolean live) {
    this.progress = progress;
    this.err = err;
    this.live = live;
  }

  void start() {
    recent.add(progress.now());
    long period = live ? LIVE_PERIOD_MS : PLAIN_PERIOD_MS;
    clock.scheduleWithFixedDelay(this::print, period, period, TimeUnit.MILLISECONDS);
  }

  /** Says how it stands now. */
  synchronized void print() {
    if (closed) {
      // The clock had begun before it was stopped.
      return;
    }
    Progress.Moment now = progress.now();
    while (recent.size() > 1 && now.nanos() - recent.getFirst().nanos() > RATE_NANOS) {
      recent.removeFirst();
    }
    String line = ProgressText.line(now, recent.getFirst());
    recent.add(now);
    if (live) {
      err.print(ERASE + line);
      err.flush();
      onLine = true;
    } else if (now.rows() != printedRows || now.nanos() - printedNanos >= QUIET_NANOS) {
      printedRows = now.rows();
      printedNanos = now.nanos();
      err.println("kadb: " + line);
    }
  }

  /** Says something else. */
  synchronized void say(String text) {
    clearLine();
    err.println("kadb: " + text);
  }

  private void clearLine() {
    if (onLine) {
      err.print(ERASE);
      onLine = false;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    synchronized (this) {
      closed = true;
      clearLine();
      err.flush();
    }
  }
}
