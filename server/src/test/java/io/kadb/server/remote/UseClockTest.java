package io.kadb.server.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the timers of the server go by. */
class UseClockTest {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private long nanos = Long.MAX_VALUE - 5;
  private final UseClock clock = new UseClock(() -> nanos);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void isIdleAfterTheTimeAndNotBefore() {
    pass(LIMIT.minusNanos(1));
    assertThat(clock.isIdleFor(LIMIT)).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(clock.isIdleFor(LIMIT)).isTrue();
  }

  @Test
  void isNeverIdleWhileItIsUsed() {
    clock.begin();
    pass(LIMIT.multipliedBy(100));
    assertThat(clock.isIdleFor(LIMIT)).isFalse();
    clock.end();
    assertThat(clock.isIdleFor(LIMIT)).isFalse();
    pass(LIMIT);
    assertThat(clock.isIdleFor(LIMIT)).isTrue();
  }

  @Test
  void isNeverIdleForAReaderThatIsSlowerThanHalfTheTime() {
    for (int frame = 0; frame < 1_000; frame++) {
      clock.begin();
      clock.end();
      pass(LIMIT.dividedBy(2));
      assertThat(clock.isIdleFor(LIMIT)).as("after frame %d", frame).isFalse();
    }
  }

  @Test
  void isUsedUntilTheLastOfSeveralUsersHasEnded() {
    clock.begin();
    clock.begin();
    clock.end();
    pass(LIMIT);
    assertThat(clock.isIdleFor(LIMIT)).isFalse();
    clock.end();
    pass(LIMIT);
    assertThat(clock.isIdleFor(LIMIT)).isTrue();
  }
}
