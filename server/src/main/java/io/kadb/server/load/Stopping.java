package io.kadb.server.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The wish that a load ends, from SIGTERM or SIGINT. The batch that runs has some time to end; past
 * it, or when the wish is repeated, it is abandoned. Safe for several threads.
 */
final class Stopping implements AutoCloseable {
  /** How long an abandoned batch may take to notice it. */
  private static final Duration LAST_RESORT = Duration.ofSeconds(8);

  private final Duration grace;
  private final PrintStream err;
  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch repeated = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicBoolean abandoned = new AtomicBoolean();
  private volatile @Nullable LoadSession session;
  private volatile IntSupplier lastWords = () -> 1;
  private @Nullable Object formerTerm;
  private @Nullable Object formerInt;

  Stopping(Duration grace, PrintStream err) {
    this.grace = grace;
    this.err = err;
  }

  /**
   * Listens to signals.
   *
   * @param words what is said if even an abandoned batch does not end; gives the exit code
   */
  void listen(IntSupplier words) {
    lastWords = words;
    formerTerm = Signals.register("TERM", this::request);
    formerInt = Signals.register("INT", this::request);
  }

  /** Asks for the end; a second time, for an immediate one. */
  synchronized void request() {
    if (requested.getCount() == 0) {
      repeated.countDown();
      return;
    }
    requested.countDown();
    Thread watch = new Thread(this::watch, "kadb-load-stop");
    watch.setDaemon(true);
    watch.start();
  }

  private void watch() {
    try {
      if (!awaitOver(grace)) {
        abandoned.set(true);
        LoadSession running = session;
        if (running != null) {
          running.cancel();
        }
        if (!over.await(LAST_RESORT.toMillis(), TimeUnit.MILLISECONDS)) {
          err.println(
              "kadb: the batch does not end; kadb.offsets tells whether it is in the target");
          Runtime.getRuntime().halt(lastWords.getAsInt());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the end of the load until the time is over or the wish is repeated. */
  private boolean awaitOver(Duration time) throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until && repeated.getCount() > 0) {
      if (over.await(50, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return over.getCount() == 0;
  }

  /** Says which session is to be cancelled if the time is over. */
  void watches(LoadSession running) {
    session = running;
    if (abandoned.get()) {
      running.cancel();
    }
  }

  /** Returns whether the load is to end. */
  boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Returns whether the batch was abandoned. */
  boolean isAbandoned() {
    return abandoned.get();
  }

  /** Waits; returns whether the load is to end. */
  boolean await(Duration time) {
    try {
      return requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Says that the load has ended. */
  @Override
  public void close() {
    over.countDown();
    if (formerTerm != null) {
      Signals.unregister("TERM", formerTerm);
    }
    if (formerInt != null) {
      Signals.unregister("INT", formerInt);
    }
  }
}
