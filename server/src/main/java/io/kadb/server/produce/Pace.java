package io.kadb.server.produce;

import java.util.concurrent.locks.LockSupport;

/** Keeps messages to a number in each second, evenly. */
final class Pace {
  private static final long NANOS = 1_000_000_000L;

  private final long perSecond;
  private final long began = System.nanoTime();

  /**
   * Creates a pace.
   *
   * @param perSecond messages in a second; 0 for as many as can be
   */
  Pace(long perSecond) {
    this.perSecond = perSecond;
  }

  /**
   * Waits until it is time for a message.
   *
   * @param number the number of the message, from 0
   * @return whether the wait was to its end, and not interrupted
   */
  boolean await(long number) {
    if (perSecond == 0) {
      return true;
    }
    long due = number / perSecond * NANOS + number % perSecond * NANOS / perSecond;
    for (long left = due - passed(); left > 0; left = due - passed()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
    }
    return true;
  }

  private long passed() {
    return System.nanoTime() - began;
  }
}
