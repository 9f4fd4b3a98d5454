package io.kadb.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptibleWorkTest {
  private final InterruptibleWork work = new InterruptibleWork();

  @AfterEach
  void clearTheFlag() {
    assertThat(Thread.interrupted()).as("a flag that was left").isFalse();
  }

  @Test
  void isInterruptedAndForgetsItAtItsEnd() {
    assertThat(work.begin()).isTrue();
    work.interrupt();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();

    work.end();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void theThreadIsNotInterruptedOutsideOfIt() {
    assertThat(work.begin()).isTrue();
    work.end();

    work.interrupt();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void doesNotBeginAfterAnInterrupt() {
    work.interrupt();

    assertThat(work.begin()).isFalse();
  }
}
