package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final AtomicLong clock = new AtomicLong(7);
  private final Backoff backoff = new Backoff(Duration.ofMinutes(10), clock::get, new Random(4711));

  @Test
  void waitsLongerAfterEachFailureUpToABound() {
    Duration bound = Duration.ofMillis(250);
    for (int i = 0; i < 12; i++) {
      Duration wait = backoff.failed().orElseThrow();
      assertThat(wait).isBetween(bound.dividedBy(2), bound);
      bound = bound.multipliedBy(2);
      if (bound.compareTo(Duration.ofSeconds(20)) > 0) {
        bound = Duration.ofSeconds(20);
      }
    }
  }

  @Test
  void doesNotWaitTheSameTimeEveryTime() {
    Backoff other = new Backoff(Duration.ofMinutes(10), clock::get, new Random(4712));
    assertThat(backoff.failed()).isNotEqualTo(other.failed());
  }

  @Test
  void givesUpWhenThePatienceIsOver() {
    assertThat(backoff.failed()).isPresent();
    clock.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
    assertThat(backoff.failed()).hasValue(Duration.ofNanos(1));
    clock.addAndGet(1);
    assertThat(backoff.failed()).isEmpty();
  }

  @Test
  void beginsAnewAfterASuccess() {
    backoff.failed();
    clock.addAndGet(Duration.ofMinutes(9).toNanos());
    assertThat(backoff.succeeded()).isEqualTo(Optional.of(Duration.ofMinutes(9)));
    assertThat(backoff.succeeded()).isEmpty();
    clock.addAndGet(Duration.ofMinutes(9).toNanos());
    assertThat(backoff.failed().orElseThrow()).isLessThanOrEqualTo(Duration.ofMillis(250));
  }

  @Test
  void triesNeverAgainWithoutPatience() {
    assertThat(new Backoff(Duration.ZERO, clock::get, new Random(1)).failed()).isEmpty();
  }
}
