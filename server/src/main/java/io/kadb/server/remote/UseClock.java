package io.kadb.server.remote;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** When something was used last, and whether it is used now. Safe for many threads. */
final class UseClock {
  private final AtomicInteger users = new AtomicInteger();
  private final LongSupplier nanos;
  private volatile long lastNanos;

  UseClock() {
    this(System::nanoTime);
  }

  /**
   * Creates a clock that was used just now.
   *
   * @param nanos tells the time, as {@link System#nanoTime} does
   */
  UseClock(LongSupplier nanos) {
    this.nanos = nanos;
    this.lastNanos = nanos.getAsLong();
  }

  /** Notes a use that begins; {@link #end} must follow. */
  void begin() {
    users.incrementAndGet();
    lastNanos = nanos.getAsLong();
  }

  /** Notes that a use ends. */
  void end() {
    lastNanos = nanos.getAsLong();
    users.decrementAndGet();
  }

  /** Returns whether nobody uses it now or did so within a time. */
  boolean isIdleFor(Duration time) {
    return users.get() == 0 && nanos.getAsLong() - lastNanos >= time.toNanos();
  }
}
