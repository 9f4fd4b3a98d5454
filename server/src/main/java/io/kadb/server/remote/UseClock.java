package io.kadb.server.remote;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** When something was used last, and whether it is used now. Safe for many threads. */
final class UseClock {
  private final AtomicInteger users = new AtomicInteger();
  private volatile long lastNanos = System.nanoTime();

  /** Notes a use that begins; {@link #end} must follow. */
  void begin() {
    users.incrementAndGet();
    lastNanos = System.nanoTime();
  }

  /** Notes that a use ends. */
  void end() {
    lastNanos = System.nanoTime();
    users.decrementAndGet();
  }

  /** Returns whether nobody uses it now or did so within a time. */
  boolean isIdleFor(Duration time) {
    return users.get() == 0 && System.nanoTime() - lastNanos >= time.toNanos();
  }
}
