package io.kadb.kafka;

import static io.kadb.kafka.ScanRun.await;
import static io.kadb.kafka.ScanRun.from;
import static io.kadb.kafka.ScanRun.range;
import static io.kadb.kafka.ScanRun.unlimited;
import static io.kadb.kafka.ScanRun.within;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Place;
import io.kadb.message.Header;
import io.kadb.message.PartitionRange;
import io.kadb.message.TimestampType;
import io.kadb.option.ClientProperties;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.TestTopic;
import io.kadb.testing.TestTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scans of a real broker. */
@KafkaTest
@Timeout(120)
class SegmentScanIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final KafkaCluster kafka;
  private final ClientProperties client;
  private final KafkaClients clients = new KafkaClients(Duration.ofMinutes(1), 8);

  SegmentScanIT(KafkaCluster kafka) {
    this.kafka = kafka;
    this.client = new ClientProperties(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterEach
  void close() {
    clients.close();
  }

  private SegmentScan<List<String>> start(
      ClientProperties client, TestTopic topic, ScanLimits limits, PartitionRange... ranges) {
    ScanRequest request = new ScanRequest(client, topic.name(), List.of(List.of(ranges)), limits);
    return SegmentScan.start(clients, request, segment -> new TextSink(100));
  }

  private ScanRun run(TestTopic topic, ScanLimits limits, PartitionRange... ranges) {
    try (SegmentScan<List<String>> scan = start(client, topic, limits, ranges)) {
      return ScanRun.toEnd(scan);
    }
  }

  /** Two commits around an abort: messages 0 1 2 (3) and 7 (8), aborted 4 5 (6). */
  private TestTopic transactions() {
    TestTopic topic = kafka.newTopic("transactions", 1);
    topic.sendCommitted(0, "a", "b", "c");
    topic.sendAborted(0, "d", "e");
    topic.sendCommitted(0, "f");
    return topic;
  }

  @Test
  void takesCommittedMessagesOnlyAndEndsPastTheLastMarker() {
    TestTopic topic = transactions();

    ScanRun run = run(topic, unlimited(), range(0, 0, 9));

    assertThat(run.messages()).containsExactly("0@0", "0@1", "0@2", "0@7");
    assertThat(run.positions()).containsExactly(Map.entry(0, 9L));
    assertThat(run.endings()).containsExactly(Ending.RANGES_DONE);
  }

  @Test
  void movesPastMarkersAlsoWhereARangeHoldsNothingElse() {
    ScanRun run = run(transactions(), unlimited(), range(0, 8, 9));

    assertThat(run.messages()).isEmpty();
    assertThat(run.positions()).containsExactly(Map.entry(0, 9L));
  }

  @Test
  void doesNotTouchAnOpenTransactionNorWhatFollowsIt() {
    TestTopic topic = transactions();
    try (TestTransaction open = topic.beginTransaction()) {
      open.send(0, "g");
      topic.send(0, "h");
      assertThat(clients.offsets(client).watermarks(topic.name(), List.of(0), LIMIT).range(0).end())
          .isEqualTo(9);

      ScanRun run = run(topic, within(Duration.ofSeconds(2), 100), from(0, 7));

      assertThat(run.messages()).containsExactly("0@7");
      assertThat(run.positions()).containsExactly(Map.entry(0, 9L));
      assertThat(run.endings()).containsExactly(Ending.DEADLINE);

      open.commit();
      assertThat(run(topic, unlimited(), range(0, 9, 12)).messages())
          .containsExactly("0@9", "0@10");
    }
  }

  @Test
  void takesEverythingWhenTheClientReadsUncommitted() {
    TestTopic topic = transactions();
    ClientProperties uncommitted =
        new ClientProperties(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "isolation.level",
                "read_uncommitted"));

    try (SegmentScan<List<String>> scan = start(uncommitted, topic, unlimited(), range(0, 0, 9))) {
      assertThat(ScanRun.toEnd(scan).messages())
          .containsExactly("0@0", "0@1", "0@2", "0@4", "0@5", "0@7");
    }
  }

  @Test
  void refusesOffsetsThatWereDeletedAndReadsOnFromTheEarliest() {
    TestTopic topic = kafka.newTopic("deleted", 1);
    topic.send(0, "a", "b", "c", "d", "e");
    topic.deleteRecordsBefore(0, 3);
    assertThat(clients.offsets(client).watermarks(topic.name(), List.of(0), LIMIT).range(0))
        .hasToString("[3, 5)");

    assertThat(run(topic, unlimited(), range(0, 3, 5)).messages()).containsExactly("0@3", "0@4");
    try (SegmentScan<List<String>> scan = start(client, topic, unlimited(), range(0, 1, 5))) {
      KadbException error = catchThrowableOfType(KadbException.class, () -> ScanRun.toEnd(scan));
      assertThat(error.code()).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
      assertThat(error.place()).contains(new Place(topic.name(), 0, 1));
    }
  }

  @Test
  void readsEmptyPartitionsUntilTheDeadlineOrNotAtAll() {
    TestTopic topic = kafka.newTopic("empty", 3);

    ScanRun consumed =
        run(topic, within(Duration.ofMillis(300), 10), from(0, 0), from(1, 0), from(2, 0));
    assertThat(consumed.messages()).isEmpty();
    assertThat(consumed.positions()).isEmpty();
    assertThat(consumed.endings()).containsExactly(Ending.DEADLINE);

    ScanRun snapshot = run(topic, unlimited(), range(0, 0, 0), range(1, 0, 0), range(2, 0, 0));
    assertThat(snapshot.endings()).isEmpty();
  }

  @Test
  void readsManyPartitionsInSeveralSegmentsCompletely() {
    int partitions = 64;
    TestTopic topic = kafka.newTopic("many", partitions);
    topic.send(
        IntStream.range(0, partitions * 50)
            .mapToObj(
                i ->
                    new ProducerRecord<byte[], byte[]>(
                        topic.name(), i % partitions, null, ("v" + i).getBytes(UTF_8)))
            .toList());
    TopicOffsets offsets = clients.offsets(client);
    List<Integer> found = offsets.partitions(topic.name(), LIMIT);
    Watermarks watermarks = offsets.watermarks(topic.name(), found, LIMIT);
    List<PartitionRange> ranges =
        found.stream()
            .map(partition -> new PartitionRange(partition, watermarks.range(partition)))
            .toList();

    ScanRequest request =
        new ScanRequest(
            client,
            topic.name(),
            List.of(ranges.subList(0, 32), ranges.subList(32, 64)),
            unlimited());
    try (SegmentScan<List<String>> scan =
        SegmentScan.start(clients, request, segment -> new TextSink(100))) {
      ScanRun run = ScanRun.toEnd(scan);

      assertThat(run.messages()).hasSize(partitions * 50).doesNotHaveDuplicates();
      assertThat(run.positions()).hasSize(partitions).values().containsOnly(50L);
      assertThat(run.endings()).containsExactly(Ending.RANGES_DONE, Ending.RANGES_DONE);
    }
  }

  @Test
  void visitsAllPartitionsBatchByBatchWithoutLossOrRepetition() {
    TestTopic topic = kafka.newTopic("fair", 4);
    topic.send(0, values(300));
    topic.send(1, values(7));
    topic.send(2, values(40));
    Map<Integer, Long> next = new TreeMap<>(Map.of(0, 0L, 1, 0L, 2, 0L, 3, 0L));
    List<String> all = new ArrayList<>();

    for (int batch = 0; batch < 4; batch++) {
      ScanRun run =
          run(
              topic,
              within(LIMIT, 80),
              next.entrySet().stream()
                  .map(entry -> from(entry.getKey(), entry.getValue()))
                  .toArray(PartitionRange[]::new));
      assertThat(run.messages()).hasSize(80);
      next.putAll(run.positions());
      all.addAll(run.messages());
      if (batch == 0) {
        assertThat(run.countOf(1)).isEqualTo(7);
        assertThat(run.countOf(2)).isBetween(20L, 40L);
      }
    }
    assertThat(all).hasSize(320).doesNotHaveDuplicates();
    assertThat(next).isEqualTo(Map.of(0, 273L, 1, 7L, 2, 40L, 3, 0L));
  }

  @Test
  void takesMessagesThatArriveWhileItWaits() {
    TestTopic topic = kafka.newTopic("later", 2);
    try (SegmentScan<List<String>> scan =
        start(client, topic, within(Duration.ofSeconds(60), 2), from(0, 0), from(1, 0))) {
      await(() -> clients.borrowed() == 1);
      topic.send(1, "a");
      topic.send(0, "b");

      assertThat(ScanRun.toEnd(scan).messages()).containsExactlyInAnyOrder("0@0", "1@0");
    }
  }

  @Test
  void closesInLessThanASecondWhileItWaitsAndLeavesAGoodConsumer() {
    TestTopic topic = kafka.newTopic("waits", 1);
    topic.send(0, "a");
    for (int again = 0; again < 5; again++) {
      SegmentScan<List<String>> scan =
          start(client, topic, within(Duration.ofSeconds(60), 100), from(0, 0));
      await(() -> scan.poll(Duration.ofMillis(20)) != null);

      long start = System.nanoTime();
      scan.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(clients.borrowed()).isZero();
      assertThat(clients.idle()).isEqualTo(1);
      assertThat(run(topic, within(Duration.ofSeconds(60), 1), from(0, 0)).messages())
          .containsExactly("0@0");
    }
    assertThat(clients.idle()).isEqualTo(1);
  }

  @Test
  void readsATopicThatWasMadeAgainWithAConsumerThatKnewTheOldOne() {
    TestTopic topic = kafka.newTopic("again", 1);
    topic.send(0, "old", "old", "old");
    assertThat(run(topic, unlimited(), range(0, 0, 3)).messages()).hasSize(3);
    topic.delete();
    kafka.clients().createTopic(topic.name(), 1, Map.of());
    topic.send(0, "new");

    assertThat(run(topic, unlimited(), range(0, 0, 1)).messages()).containsExactly("0@0");
    assertThat(clients.idle()).isEqualTo(1);
  }

  @Test
  void showsAllPartsOfAMessage() {
    TestTopic topic = kafka.newTopic("parts", 1);
    RecordHeaders headers = new RecordHeaders();
    headers.add("h", "1".getBytes(UTF_8)).add("h", null);
    topic.send(
        List.of(
            new ProducerRecord<>(topic.name(), 0, 1234L, "k".getBytes(UTF_8), null, headers),
            new ProducerRecord<>(topic.name(), 0, 1235L, null, "v".getBytes(UTF_8))));
    List<String> seen = new ArrayList<>();
    TextSink sink =
        new TextSink(
            10,
            message -> {
              List<Header> list = message.headers();
              seen.add(
                  message.timestampMillis()
                      + " "
                      + (message.timestampType() == TimestampType.CREATE)
                      + (message.key() == null)
                      + (message.value() == null)
                      + list.stream().map(h -> h.key() + (h.value() == null ? "-" : "+")).toList());
            });

    ScanRequest request =
        new ScanRequest(client, topic.name(), List.of(List.of(range(0, 0, 2))), unlimited());
    try (SegmentScan<List<String>> scan = SegmentScan.start(clients, request, i -> sink)) {
      ScanRun.toEnd(scan);
    }
    assertThat(seen).containsExactly("1234 truefalsetrue[h+, h-]", "1235 truetruefalse[]");
  }

  @Test
  void startsNoThreadThatKeepsTheProcessAlive() {
    TestTopic topic = kafka.newTopic("daemons", 1);
    clients.offsets(client).partitions(topic.name(), LIMIT);
    try (SegmentScan<List<String>> scan =
        start(client, topic, within(Duration.ofSeconds(60), 100), from(0, 0))) {
      await(() -> clients.borrowed() == 1);

      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("kadb-") || ofAdminClient(thread))
          .hasSizeGreaterThanOrEqualTo(2)
          .allMatch(Thread::isDaemon);
      assertThat(scan.finished()).isFalse();
    }
  }

  private static boolean ofAdminClient(Thread thread) {
    return thread.getName().contains("admin-client") && thread.getName().contains("kadb");
  }

  private static String[] values(int count) {
    return IntStream.range(0, count).mapToObj(i -> "v" + i).toArray(String[]::new);
  }
}
