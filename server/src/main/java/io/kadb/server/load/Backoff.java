package io.kadb.server.load;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long after each failure, up to a bound, and
 * never all at the same moment; until too much time has passed since the first one. Not safe for
 * several threads.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Duration patience;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private OptionalLong firstFailure = OptionalLong.empty();
  private int failures;

  /**
   * Creates it.
   *
   * @param patience the time after the first of a row of failures past which there is no attempt
   * @param nanoTime a clock such as {@link System#nanoTime}
   */
  Backoff(Duration patience, LongSupplier nanoTime, RandomGenerator random) {
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.random = random;
  }

  /** Takes note of a failure; returns how long to wait, or nothing if it has been enough. */
  Optional<Duration> failed() {
    long now = nanoTime.getAsLong();
    if (firstFailure.isEmpty()) {
      firstFailure = OptionalLong.of(now);
    }
    long left = patience.toNanos() - (now - firstFailure.getAsLong());
    if (left <= 0) {
      return Optional.empty();
    }
    long bound = Math.min(LONGEST.toNanos(), FIRST.toNanos() << Math.min(failures, 20));
    failures++;
    // From half of it on: whoever failed together does not come back together.
    long wait = bound / 2 + random.nextLong(bound / 2 + 1);
    return Optional.of(Duration.ofNanos(Math.min(wait, left)));
  }

  /** Takes note that it works; returns how long it did not, if it did not. */
  Optional<Duration> succeeded() {
    Optional<Duration> outage =
        firstFailure.isPresent()
            ? Optional.of(Duration.ofNanos(nanoTime.getAsLong() - firstFailure.getAsLong()))
            : Optional.empty();
    firstFailure = OptionalLong.empty();
    failures = 0;
    return outage;
  }
}
