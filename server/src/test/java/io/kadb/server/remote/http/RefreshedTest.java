package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RefreshedTest {
  private static final Refreshed.Times TIMES =
      new Refreshed.Times(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(5));

  private final AtomicInteger seconds = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();

  private Refreshed<Integer> value(Callable<Integer> question) {
    return new Refreshed<>(
        "test", question, TIMES, () -> Duration.ofSeconds(seconds.get()).toNanos());
  }

  @Test
  void isAskedForAgainWhenItIsOld() {
    Refreshed<Integer> value = value(asked::incrementAndGet);
    assertThat(value.value()).contains(1);
    seconds.set(9);
    assertThat(value.value()).contains(1);
    seconds.set(11);
    assertThat(value.value()).contains(2);
  }

  @Test
  void isTheLastOneForAWhileWhenNobodyAnswers() {
    Refreshed<Integer> value =
        value(
            () -> {
              if (asked.incrementAndGet() > 1) {
                throw new IllegalStateException("silent");
              }
              return 1;
            });
    assertThat(value.value()).contains(1);
    seconds.set(59);
    assertThat(value.value()).contains(1);
    assertThat(asked).hasValue(2);
    seconds.set(61);
    assertThat(value.value()).isEmpty();
  }

  @Test
  void isNotWaitedForLongerThanSaidNorAskedForTwiceAtOnce() {
    CountDownLatch answers = new CountDownLatch(1);
    Refreshed<Integer> value =
        value(
            () -> {
              asked.incrementAndGet();
              answers.await();
              return 7;
            });
    assertThat(value.value(0)).isEmpty();
    assertThat(value.value(0)).isEmpty();
    answers.countDown();
    assertThat(value.value()).contains(7);
    assertThat(asked).hasValue(1);
  }
}
