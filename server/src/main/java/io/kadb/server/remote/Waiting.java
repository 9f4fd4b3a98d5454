package io.kadb.server.remote;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that an interrupt does not end: nobody interrupts a request of the server on purpose. */
final class Waiting {
  private Waiting() {}

  /**
   * Waits for news of a monitor that the caller holds.
   *
   * @param nanos the longest wait
   */
  static void until(Object monitor, long nanos) {
    boolean interrupted = Thread.interrupted();
    try {
      long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
      monitor.wait(millis);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for a latch at most so long, and returns whether it is open. */
  static boolean isOver(CountDownLatch latch, long millis) {
    boolean interrupted = Thread.interrupted();
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return latch.getCount() == 0;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
