package io.kadb.kafka;

import static io.kadb.kafka.LogConsumer.TOPIC;
import static io.kadb.kafka.ScanRun.NOWHERE;
import static io.kadb.kafka.ScanRun.atMost;
import static io.kadb.kafka.ScanRun.await;
import static io.kadb.kafka.ScanRun.from;
import static io.kadb.kafka.ScanRun.range;
import static io.kadb.kafka.ScanRun.unlimited;
import static io.kadb.kafka.ScanRun.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Place;
import io.kadb.message.PartitionRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The endings of a segment, and what it hands over until then. */
@Timeout(60)
class SegmentReaderTest {
  private final LogConsumer kafka = new LogConsumer();
  private final List<String> mostRecords = new CopyOnWriteArrayList<>();
  private final KafkaClients clients =
      new KafkaClients(
          Duration.ofMinutes(1),
          4,
          key -> {
            mostRecords.add(key.values().getOrDefault("max.poll.records", "default"));
            return kafka;
          });

  @AfterEach
  void close() {
    clients.close();
  }

  private SegmentScan<List<String>> start(ScanLimits limits, PartitionRange... ranges) {
    return start(limits, new TextSink(10), ranges);
  }

  private SegmentScan<List<String>> start(
      ScanLimits limits, TextSink sink, PartitionRange... ranges) {
    ScanRequest request = new ScanRequest(NOWHERE, TOPIC, List.of(List.of(ranges)), limits);
    return SegmentScan.start(clients, request, segment -> sink);
  }

  private ScanRun run(ScanLimits limits, PartitionRange... ranges) {
    try (SegmentScan<List<String>> scan = start(limits, ranges)) {
      return ScanRun.toEnd(scan);
    }
  }

  private ScanRun run(ScanRequest request) {
    try (SegmentScan<List<String>> scan =
        SegmentScan.start(clients, request, segment -> new TextSink(10))) {
      return ScanRun.toEnd(scan);
    }
  }

  private KadbException failure(SegmentScan<List<String>> scan) {
    return catchThrowableOfType(KadbException.class, () -> ScanRun.toEnd(scan));
  }

  @Nested
  class Endings {
    @Test
    void endsWhenTheBatchIsFullAndStandsOnTheFirstMessageNotTaken() {
      kafka.messages(0, 3).gap(0, 2).messages(0, 30);

      ScanRun run = run(atMost(3), from(0, 0));

      assertThat(run.messages()).containsExactly("0@0", "0@1", "0@2");
      assertThat(run.positions()).containsExactly(Map.entry(0, 5L));
      assertThat(run.endings()).containsExactly(Ending.BATCH_FULL);
    }

    @Test
    void standsPastMarkersWhenTheBatchIsFullWithTheLastMessageFetched() {
      kafka.messages(0, 3).gap(0, 1);

      ScanRun run = run(atMost(3), from(0, 0));

      assertThat(run.positions()).containsEntry(0, 4L);
      assertThat(run.endings()).containsExactly(Ending.BATCH_FULL);
    }

    @Test
    void endsAtTheDeadlineWithWhatCameUntilThen() {
      kafka.messages(0, 25);

      ScanRun run = run(within(Duration.ofMillis(400), 1000), from(0, 20), from(1, 0));

      assertThat(run.messages()).containsExactly("0@20", "0@21", "0@22", "0@23", "0@24");
      assertThat(run.positions()).containsExactly(Map.entry(0, 25L));
      assertThat(run.endings()).containsExactly(Ending.DEADLINE);
    }

    @Test
    void waitsForTheFirstAnswerAboutMessagesThatAreThereAlthoughTheDeadlineIsOver() {
      kafka.messages(0, 3);
      ScanLimits over =
          new ScanLimits(
              1000,
              OptionalLong.of(System.nanoTime()),
              Duration.ofSeconds(30),
              1 << 20,
              Duration.ofSeconds(30));
      List<List<PartitionRange>> segments = List.of(List.of(from(0, 0)));

      assertThat(run(new ScanRequest(NOWHERE, TOPIC, segments, over, Set.of(0))).messages())
          .containsExactly("0@0", "0@1", "0@2");
      assertThat(run(new ScanRequest(NOWHERE, TOPIC, segments, over, Set.of())).messages())
          .isEmpty();
    }

    @Test
    void endsWhenThePositionReachesTheEndsOfAllRanges() {
      kafka.messages(0, 4).gap(0, 2).messages(1, 2).gap(1, 3);

      ScanRun run = run(unlimited(), range(0, 1, 6), range(1, 0, 5));

      assertThat(run.messages()).containsExactlyInAnyOrder("0@1", "0@2", "0@3", "1@0", "1@1");
      assertThat(run.positions()).isEqualTo(Map.of(0, 6L, 1, 5L));
      assertThat(run.endings()).containsExactly(Ending.RANGES_DONE);
    }

    @Test
    void endsARangeOfMarkersOnly() {
      kafka.messages(0, 1).gap(0, 3);

      ScanRun run = run(unlimited(), range(0, 1, 4));

      assertThat(run.messages()).isEmpty();
      assertThat(run.positions()).containsExactly(Map.entry(0, 4L));
    }

    @Test
    void endsARangeInTheMiddleOfAGap() {
      kafka.messages(0, 2).gap(0, 10).messages(0, 5);

      ScanRun run = run(unlimited(), range(0, 0, 7));

      assertThat(run.messages()).containsExactly("0@0", "0@1");
      assertThat(run.positions()).containsExactly(Map.entry(0, 7L));
    }

    @Test
    void endsInLessThanASecondWhenClosedWhileItWaits() {
      SegmentScan<List<String>> scan = start(within(Duration.ofSeconds(60), 1000), from(0, 0));
      await(() -> kafka.polls() > 0);

      long start = System.nanoTime();
      scan.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(kafka.wakeUpsThrown()).isEqualTo(1);
      assertThat(scan.endings()).containsExactly(Ending.CANCELLED);
      assertThat(clients.borrowed()).isZero();
      assertThat(clients.idle()).isEqualTo(1);
      assertThatExceptionOfType(KadbException.class)
          .isThrownBy(() -> scan.poll(Duration.ZERO))
          .extracting(KadbException::code)
          .isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void endsInLessThanASecondWhenClosedWhileItsSinkWaits() {
      kafka.messages(0, 5);
      CountDownLatch within = new CountDownLatch(1);
      TextSink sink =
          new TextSink(
              10,
              message -> {
                within.countDown();
                waitForAnInterrupt();
              });
      SegmentScan<List<String>> scan = start(unlimited(), sink, range(0, 0, 5));
      await(() -> within.getCount() == 0);

      long start = System.nanoTime();
      scan.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(scan.endings()).containsExactly(Ending.CANCELLED);
      assertThat(clients.borrowed()).isZero();
      assertThat(clients.idle()).isEqualTo(1);
      assertThat(kafka.closed()).isFalse();
      assertThat(run(unlimited(), range(0, 0, 5)).messages()).hasSize(5);
    }

    @Test
    void doesNotDelayASecondCloseWhenItsSinkCannotBeInterrupted() throws InterruptedException {
      kafka.messages(0, 5);
      CountDownLatch within = new CountDownLatch(1);
      AtomicBoolean goOn = new AtomicBoolean();
      TextSink sink =
          new TextSink(
              10,
              message -> {
                within.countDown();
                await(goOn::get);
              });
      SegmentScan<List<String>> scan = start(unlimited(), sink, range(0, 0, 5));
      within.await();
      scan.close();

      long start = System.nanoTime();
      scan.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
      assertThat(clients.borrowed()).isEqualTo(1);
      goOn.set(true);
      await(() -> clients.idle() == 1);
      assertThat(scan.endings()).containsExactly(Ending.CANCELLED);
    }

    @Test
    void endsWhenClosedWhileItWaitsForRoom() {
      kafka.messages(0, 100);
      ScanLimits narrow =
          new ScanLimits(Long.MAX_VALUE, OptionalLong.empty(), Duration.ofSeconds(20), 1);
      SegmentScan<List<String>> scan = start(narrow, range(0, 0, 100));
      await(SegmentReaderTest::waitsForRoom);

      scan.close();

      assertThat(scan.endings()).containsExactly(Ending.CANCELLED);
      assertThat(clients.borrowed()).isZero();
    }

    @Test
    void tellsTheReaderWhenTheClientFailsAndDoesNotUseThatClientAgain() {
      kafka.failing(new SaslAuthenticationException("bad credentials"));

      try (SegmentScan<List<String>> scan = start(unlimited(), range(0, 0, 5))) {
        KadbException error = failure(scan);

        assertThat(error.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
        assertThat(scan.finished()).isFalse();
        assertThat(scan.endings()).containsExactly(Ending.FAILED);
      }
      await(kafka::closed);
      assertThat(clients.idle() + clients.borrowed()).isZero();
    }

    @Test
    void namesTheMessageAtWhichTheSinkFailsAndKeepsTheClient() {
      kafka.messages(0, 20);
      TextSink sink =
          new TextSink(
              5,
              message -> {
                if (message.offset() == 12) {
                  throw new KadbException(ErrorCode.BAD_TEXT, "not a number");
                }
              });

      try (SegmentScan<List<String>> scan = start(unlimited(), sink, range(0, 0, 20))) {
        KadbException error = failure(scan);

        assertThat(error.code()).isEqualTo(ErrorCode.BAD_TEXT);
        assertThat(error.place()).contains(new Place(TOPIC, 0, 12));
        assertThat(scan.endings()).containsExactly(Ending.FAILED);
      }
      await(() -> clients.idle() == 1);
      assertThat(kafka.closed()).isFalse();
    }

    @Test
    void handsOverWhatCameBeforeTheMessageAtWhichTheSinkFails() {
      kafka.messages(0, 20);
      TextSink sink =
          new TextSink(
              5,
              message -> {
                if (message.offset() == 7) {
                  throw new KadbException(ErrorCode.BAD_TEXT, "not a number");
                }
              });
      List<String> given = new ArrayList<>();
      Map<Integer, Long> positions = new TreeMap<>();

      try (SegmentScan<List<String>> scan = start(unlimited(), sink, range(0, 0, 20))) {
        await(() -> clients.idle() == 1);
        KadbException error =
            catchThrowableOfType(
                KadbException.class,
                () -> {
                  while (!scan.finished()) {
                    Delivery<List<String>> next = scan.poll(Duration.ofSeconds(20));
                    given.addAll(next.batch());
                    positions.putAll(next.positions());
                  }
                });

        assertThat(error.place()).contains(new Place(TOPIC, 0, 7));
      }
      assertThat(given).containsExactly("0@0", "0@1", "0@2", "0@3", "0@4", "0@5", "0@6");
      assertThat(positions).containsExactly(entry(0, 7L));
    }

    @Test
    void reportsAnythingElseASinkThrowsAsADefectAtThatMessage() {
      kafka.messages(0, 2);
      TextSink sink =
          new TextSink(
              5,
              message -> {
                throw new IllegalStateException("oops");
              });

      try (SegmentScan<List<String>> scan = start(unlimited(), sink, range(0, 1, 2))) {
        KadbException error = failure(scan);

        assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(error).hasMessageContaining("orders[0]@1").hasMessageContaining("oops");
      }
    }

    @Test
    void failsWhenRangesWithAnEndGetNothingForTooLong() {
      kafka.messages(0, 5).silent(0);
      ScanLimits impatient =
          new ScanLimits(Long.MAX_VALUE, OptionalLong.empty(), Duration.ofMillis(100), 1000);

      try (SegmentScan<List<String>> scan = start(impatient, range(0, 0, 5))) {
        KadbException error = failure(scan);

        assertThat(error.code()).isEqualTo(ErrorCode.BROKERS_UNREACHABLE);
        assertThat(error).hasMessageContaining("nowhere:9092").hasMessageContaining("100 ms");
      }
      await(kafka::closed);
    }

    @Test
    void saysThatTheTopicIsGoneWhenRangesWithAnEndGetNothingForThatReason() {
      kafka.messages(0, 5).deleted();
      ScanLimits impatient =
          new ScanLimits(Long.MAX_VALUE, OptionalLong.empty(), Duration.ofMillis(100), 1000);

      try (SegmentScan<List<String>> scan = start(impatient, range(0, 0, 5))) {
        assertThat(failure(scan).code()).isEqualTo(ErrorCode.NO_SUCH_TOPIC);
      }
      await(kafka::closed);
    }

    @Test
    void waitsForTheDeadlineWhenARangeWithoutAnEndGetsNothing() {
      kafka.silent(0).silent(1);
      ScanLimits impatient =
          new ScanLimits(
              5,
              OptionalLong.of(System.nanoTime() + Duration.ofMillis(200).toNanos()),
              Duration.ofMillis(20),
              1000);

      try (SegmentScan<List<String>> scan = start(impatient, from(0, 0), range(1, 0, 5))) {
        assertThat(ScanRun.toEnd(scan).endings()).containsExactly(Ending.DEADLINE);
      }
    }

    @Test
    void endsWhenTheScanIsForgottenWithoutBeingClosed() {
      kafka.messages(0, 100);
      AtomicReference<Object> reader = new AtomicReference<>(new Object());
      DeliveryQueue<List<String>> queue = new DeliveryQueue<>(1, 1, reader.get());
      SegmentReader<List<String>> segment =
          new SegmentReader<>(
              clients,
              new ScanRequest(NOWHERE, TOPIC, List.of(), unlimited()),
              List.of(range(0, 0, 100)),
              new TextSink(10),
              queue,
              System::nanoTime);
      Thread thread = new Thread(segment);
      thread.start();
      await(() -> thread.getState() == Thread.State.TIMED_WAITING);

      reader.set(null);

      await(
          () -> {
            System.gc();
            return !thread.isAlive();
          });
      assertThat(segment.ending()).isEqualTo(Ending.NOBODY_READS);
      assertThat(clients.idle()).isEqualTo(1);
    }
  }

  @Nested
  class Positions {
    @Test
    void travelWithTheBatchesSoThatWhatWasHandedOnIsKnown() {
      kafka.messages(0, 25);
      List<Long> after = new ArrayList<>();

      try (SegmentScan<List<String>> scan = start(unlimited(), range(0, 0, 25))) {
        long seen = 0;
        while (!scan.finished()) {
          Delivery<List<String>> delivery = scan.poll(Duration.ofMillis(20));
          if (delivery != null) {
            seen += delivery.batch() == null ? 0 : delivery.batch().size();
            assertThat(delivery.positions()).containsEntry(0, seen);
            after.add(seen);
          }
        }
      }
      assertThat(after).endsWith(25L).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void areHandedOnWithoutABatchWhenOnlyMarkersCame() {
      kafka.gap(0, 3);

      try (SegmentScan<List<String>> scan = start(unlimited(), range(0, 0, 3))) {
        AtomicReference<Delivery<List<String>>> last = new AtomicReference<>();
        await(
            () -> {
              Delivery<List<String>> delivery = scan.poll(Duration.ofMillis(20));
              last.compareAndSet(null, delivery);
              return scan.finished();
            });
        assertThat(last.get().batch()).isNull();
        assertThat(last.get().positions()).containsExactly(Map.entry(0, 3L));
      }
    }

    @Test
    void areOutOfRangeWithTheirPlaceWhenTheBrokerDeletedThem() {
      kafka.messages(0, 20).deleteBefore(0, 10);

      try (SegmentScan<List<String>> scan = start(unlimited(), range(0, 4, 20))) {
        KadbException error = failure(scan);

        assertThat(error.code()).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
        assertThat(error.place()).contains(new Place(TOPIC, 0, 4));
      }
    }
  }

  @Nested
  class Fairness {
    @Test
    void givesASlowPartitionItsShareOfTheLimit() {
      kafka.onePartitionPerPoll().messages(0, 5000).messages(1, 10).messages(2, 5000);

      ScanRun run = run(atMost(900), from(0, 0), from(1, 0), from(2, 0));

      assertThat(run.messages()).hasSize(900).doesNotHaveDuplicates();
      assertThat(run.countOf(1)).isEqualTo(10);
      assertThat(run.countOf(0)).isBetween(300L, 600L);
      assertThat(run.countOf(2)).isBetween(300L, 600L);
      assertThat(run.positions()).isEqualTo(Map.of(0, run.countOf(0), 1, 10L, 2, run.countOf(2)));
      // It did not wait for more of the partition that is known to have no more.
      assertThat(kafka.polls()).isLessThan(50);
    }

    @Test
    void visitsAllPartitionsInTurnWhenTheLimitIsBelowTheirNumber() {
      for (int partition = 0; partition < 5; partition++) {
        kafka.messages(partition, 100);
      }
      Map<Integer, Long> next = new TreeMap<>();
      for (int partition = 0; partition < 5; partition++) {
        next.put(partition, 0L);
      }
      for (int statement = 0; statement < 5; statement++) {
        next.putAll(
            run(
                    atMost(2),
                    next.entrySet().stream()
                        .map(entry -> from(entry.getKey(), entry.getValue()))
                        .toArray(PartitionRange[]::new))
                .positions());
      }
      assertThat(next.values()).containsOnly(2L);
    }

    @Test
    void fillsTheBatchFromTheOthersWhenAPartitionDoesNotAnswer() {
      kafka.messages(0, 100).messages(1, 100).silent(1);

      ScanRun run = run(atMost(60), from(0, 0), from(1, 0));

      assertThat(run.countOf(0)).isEqualTo(60);
      assertThat(run.endings()).containsExactly(Ending.BATCH_FULL);
    }

    @Test
    void stopsReadingAPartitionAsSoonAsItsRangeIsDone() {
      kafka.messages(0, 10).messages(1, 10);
      SegmentScan<List<String>> scan =
          start(within(Duration.ofSeconds(60), 1000), range(0, 0, 10), range(1, 0, 11));
      try (scan) {
        await(() -> kafka.reading().equals(List.of(1)));
        kafka.messages(1, 1);
        assertThat(ScanRun.toEnd(scan).endings()).containsExactly(Ending.RANGES_DONE);
      }
    }
  }

  @Nested
  class Backpressure {
    @Test
    void stopsPollingWhileNobodyTakesBatches() {
      kafka.maxPollRecords(10).messages(0, 1000);
      int batchBytes = 10 * TextSink.BYTES_EACH;
      ScanLimits narrow =
          new ScanLimits(
              Long.MAX_VALUE, OptionalLong.empty(), Duration.ofSeconds(20), 3 * batchBytes);
      try (SegmentScan<List<String>> scan = start(narrow, range(0, 0, 1000))) {
        await(SegmentReaderTest::waitsForRoom);

        // Three batches wait and the fourth is in the segment's hands.
        assertThat(kafka.polls()).isEqualTo(4);
        assertThat(ScanRun.toEnd(scan).messages()).hasSize(1000).doesNotHaveDuplicates();
      }
    }

    @Test
    void fetchesAgainInSmallerPortionsWhatAPollHadToLeaveOut() {
      kafka.messages(0, 50).gap(0, 3).messages(0, 50).messages(1, 9).budget(20);

      ScanRun run = run(unlimited(), range(0, 0, 103), range(1, 0, 9));

      assertThat(run.messages()).hasSize(109).doesNotHaveDuplicates();
      assertThat(run.countOf(0)).isEqualTo(100);
      assertThat(run.positions()).isEqualTo(Map.of(0, 103L, 1, 9L));
      assertThat(mostRecords).containsExactly("default", "250", "15", "1");
    }

    @Test
    void takesWhatFitsAtOnceWithOneConsumer() {
      kafka.messages(0, 9).budget(20);

      assertThat(run(unlimited(), range(0, 0, 9)).messages()).hasSize(9);

      assertThat(mostRecords).containsExactly("default");
    }

    @Test
    void doesNotTakeTheTimeItWaitsForASilentBroker() {
      kafka.messages(0, 15);
      ScanLimits narrow =
          new ScanLimits(Long.MAX_VALUE, OptionalLong.empty(), Duration.ofMillis(200), 1);
      try (SegmentScan<List<String>> scan = start(narrow, range(0, 0, 20))) {
        // One batch waits, and the five messages after it wait for room.
        await(SegmentReaderTest::waitsForRoom);
        long start = System.nanoTime();
        await(() -> System.nanoTime() - start > Duration.ofMillis(300).toNanos());
        kafka.messages(0, 5);

        assertThat(ScanRun.toEnd(scan).messages()).hasSize(20);
      }
    }
  }

  private static void waitForAnInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // As a decoder does that waits for an answer: what called it may look at the flag.
      Thread.currentThread().interrupt();
      throw new KadbException(ErrorCode.CANCELLED, "interrupted");
    }
  }

  private static boolean waitsForRoom() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("kadb-segment-" + TOPIC))
        .anyMatch(
            thread ->
                thread.getKey().getState() == Thread.State.TIMED_WAITING
                    && Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getMethodName().equals("put")));
  }
}
