package io.kadb.server.load.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what shall come true, with an end. */
final class Waits {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final long PERIOD_NANOS = 20_000_000;

  private Waits() {}

  /** Waits until a condition holds. */
  static void until(Callable<Boolean> condition, String what) {
    until(condition, SOON, () -> what);
  }

  /** Waits until a condition holds, for so long at most. */
  static void until(Callable<Boolean> condition, Duration longest, Callable<String> what) {
    long deadline = System.nanoTime() + longest.toNanos();
    try {
      while (!condition.call()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("not within " + longest.toSeconds() + " s: " + what.call());
        }
        LockSupport.parkNanos(PERIOD_NANOS);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("while waiting", e);
    }
  }

  /** Lets time pass in which the others do what they do. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
