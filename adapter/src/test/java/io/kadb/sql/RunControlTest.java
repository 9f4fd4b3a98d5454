package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunControlTest {
  private final AtomicLong clock = new AtomicLong(-5);

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void countsOnlyTheTimeSpentInside() {
    RunControl control = new RunControl(Duration.ofSeconds(10), clock::get);
    pass(Duration.ofSeconds(4));
    control.pause();
    pass(Duration.ofHours(1));
    assertThat(control.unwanted()).as("the client is busy elsewhere").isFalse();
    control.pause();
    control.resume();
    control.resume();
    pass(Duration.ofSeconds(6));
    control.check();
    pass(Duration.ofNanos(1));
    assertThat(control.timeIsUp()).isTrue();
    assertThatThrownBy(control::check)
        .isInstanceOf(KadbException.class)
        .extracting(e -> ((KadbException) e).code())
        .isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void hasNoLimitWithoutOne() {
    RunControl control = new RunControl(Duration.ZERO, clock::get);
    pass(Duration.ofDays(1));
    control.pause();
    control.resume();
    control.check();
    assertThat(control.timeIsUp()).isFalse();
  }

  @Test
  void endsWaitsWhenTheTimeIsSpentAlthoughTheClockStoodMeanwhile() throws InterruptedException {
    RunControl control = new RunControl(Duration.ofMillis(50), clock::get);
    CountDownLatch ended = new CountDownLatch(1);
    control.pause();
    control.onCancel(ended::countDown);
    assertThat(ended.await(200, TimeUnit.MILLISECONDS)).as("the clock stands").isFalse();
    control.resume();
    pass(Duration.ofMillis(51));
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
