package io.kadb.kafka;

import static io.kadb.kafka.ScanRun.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeliveryQueueTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Object reader = new Object();
  private final DeliveryQueue<String> queue = new DeliveryQueue<>(100, 2, reader);

  private static Delivery<String> batch(String name) {
    return new Delivery<>(name, Map.of());
  }

  private void putting(String name, long bytes, CompletableFuture<Boolean> wanted) {
    Thread thread = new Thread(() -> wanted.complete(queue.put(batch(name), bytes)));
    thread.setDaemon(true);
    thread.start();
    await(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  void letsALargeBatchPassWhenNothingElseWaits() {
    assertThat(queue.put(batch("large"), 5000)).isTrue();
  }

  @Test
  void makesASegmentWaitUntilThereIsRoomForItsBytes() throws Exception {
    queue.put(batch("a"), 40);
    queue.put(batch("b"), 50);
    CompletableFuture<Boolean> wanted = new CompletableFuture<>();
    putting("c", 60, wanted);

    assertThat(queue.poll(LONG)).isEqualTo(batch("a"));
    assertThat(wanted).isNotDone();
    assertThat(queue.poll(LONG)).isEqualTo(batch("b"));
    assertThat(wanted.get()).isTrue();
    assertThat(queue.poll(LONG)).isEqualTo(batch("c"));
    assertThat(queue.hungry()).isTrue();
  }

  @Test
  void tellsAWaitingSegmentThatTheScanWasStopped() throws Exception {
    queue.put(batch("a"), 100);
    CompletableFuture<Boolean> wanted = new CompletableFuture<>();
    putting("b", 1, wanted);

    queue.stop();

    assertThat(wanted.get()).isFalse();
    assertThat(queue.put(batch("c"), 1)).isFalse();
    assertThat(queue.finished()).isFalse();
  }

  @Test
  void finishesWhenAllSegmentsHaveEndedAndEverythingWasTaken() {
    queue.put(batch("a"), 1);
    queue.segmentEnded();
    queue.segmentEnded();

    assertThat(queue.finished()).isFalse();
    assertThat(queue.poll(LONG)).isEqualTo(batch("a"));
    assertThat(queue.finished()).isTrue();
    assertThat(queue.poll(LONG)).isNull();
  }

  @Test
  void wakesItsReaderWhenTheLastSegmentEnds() throws Exception {
    CompletableFuture<Boolean> gotNothing = new CompletableFuture<>();
    Thread thread = new Thread(() -> gotNothing.complete(queue.poll(LONG) == null));
    thread.start();
    await(() -> thread.getState() == Thread.State.TIMED_WAITING);

    queue.segmentEnded();
    queue.segmentEnded();

    assertThat(gotNothing.get()).isTrue();
  }

  @Test
  void throwsTheFirstFailureBeforeAnythingThatWaits() {
    KadbException first = new KadbException(ErrorCode.BAD_TEXT, "first");
    queue.put(batch("a"), 1);
    queue.fail(first);
    queue.fail(new KadbException(ErrorCode.BAD_TEXT, "second"));

    assertThat(catchThrowableOfType(KadbException.class, () -> queue.poll(LONG))).isSameAs(first);
    assertThat(catchThrowableOfType(KadbException.class, () -> queue.poll(LONG))).isSameAs(first);
    assertThat(queue.put(batch("b"), 1)).isFalse();
  }

  @Test
  void throwsAFailureInTurnAfterWhatWaitsBeforeIt() {
    KadbException bad = new KadbException(ErrorCode.BAD_TEXT, "bad");
    queue.put(batch("a"), 1);
    queue.failInTurn(bad);
    queue.put(batch("b"), 1);
    queue.segmentEnded();
    queue.segmentEnded();

    assertThat(queue.poll(LONG)).isEqualTo(batch("a"));
    assertThat(queue.finished()).isFalse();
    assertThat(catchThrowableOfType(KadbException.class, () -> queue.poll(LONG))).isSameAs(bad);
    assertThat(catchThrowableOfType(KadbException.class, () -> queue.poll(LONG))).isSameAs(bad);
    assertThat(queue.finished()).isFalse();
    assertThat(queue.put(batch("c"), 1)).isFalse();
  }

  @Test
  void doesNotTurnACloseIntoAFailure() {
    queue.stop();
    queue.fail(new KadbException(ErrorCode.CONNECTION_LOST, "the client was woken"));

    assertThat(catchThrowableOfType(KadbException.class, () -> queue.poll(LONG)).code())
        .isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void cancelsAReaderThatIsInterruptedAndKeepsTheFlag() {
    Thread.currentThread().interrupt();

    KadbException error = catchThrowableOfType(KadbException.class, () -> queue.poll(LONG));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void waitsForTheSegmentsOnlySoLong() {
    queue.segmentEnded();

    assertThat(queue.awaitEnd(Duration.ofMillis(10))).isFalse();
    queue.segmentEnded();
    assertThat(queue.awaitEnd(LONG)).isTrue();
  }
}
