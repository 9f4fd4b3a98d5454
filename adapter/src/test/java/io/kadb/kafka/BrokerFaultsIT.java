package io.kadb.kafka;

import static io.kadb.kafka.ScanRun.await;
import static io.kadb.kafka.ScanRun.from;
import static io.kadb.kafka.ScanRun.range;
import static io.kadb.kafka.ScanRun.unlimited;
import static io.kadb.kafka.ScanRun.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.PartitionRange;
import io.kadb.option.ClientProperties;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.TestTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Brokers that go silent, die and come back; and topics whose middle disappears. */
@KafkaTest(server = {"log.cleaner.backoff.ms=100"})
@Timeout(180)
class BrokerFaultsIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final KafkaCluster kafka;
  private final ClientProperties client;
  private final KafkaClients clients = new KafkaClients(Duration.ofMinutes(1), 8);

  BrokerFaultsIT(KafkaCluster kafka) {
    this.kafka = kafka;
    this.client = new ClientProperties(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterEach
  void close() {
    clients.close();
  }

  private SegmentScan<List<String>> start(
      TestTopic topic, ScanLimits limits, PartitionRange... ranges) {
    ScanRequest request = new ScanRequest(client, topic.name(), List.of(List.of(ranges)), limits);
    return SegmentScan.start(clients, request, segment -> new TextSink(100));
  }

  private ScanRun run(TestTopic topic, ScanLimits limits, PartitionRange... ranges) {
    try (SegmentScan<List<String>> scan = start(topic, limits, ranges)) {
      return ScanRun.toEnd(scan);
    }
  }

  @Test
  void saysWithinTheLimitThatABrokerWentSilentAndWorksOnWhenItSpeaksAgain() {
    TestTopic topic = kafka.newTopic("silent", 1);
    topic.send(0, "a");
    TopicOffsets offsets = clients.offsets(client);
    assertThat(offsets.partitions(topic.name(), LIMIT)).hasSize(1);
    kafka.pause();
    try {
      long start = System.nanoTime();
      KadbException error =
          catchThrowableOfType(
              KadbException.class,
              () -> offsets.watermarks(topic.name(), List.of(0), Duration.ofMillis(600)));

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      assertThat(error.code()).isEqualTo(ErrorCode.BROKERS_UNREACHABLE);
    } finally {
      kafka.resume();
    }
    assertThat(offsets.watermarks(topic.name(), List.of(0), LIMIT).range(0).end()).isEqualTo(1);
  }

  @Test
  void failsAScanWithEndsWhenTheBrokerGoesSilent() {
    TestTopic topic = kafka.newTopic("stuck", 1);
    topic.send(0, "a", "b");
    ScanLimits impatient =
        new ScanLimits(Long.MAX_VALUE, OptionalLong.empty(), Duration.ofMillis(1500), 1 << 20);
    kafka.pause();
    try (SegmentScan<List<String>> scan = start(topic, impatient, range(0, 0, 2))) {
      KadbException error = catchThrowableOfType(KadbException.class, () -> ScanRun.toEnd(scan));

      assertThat(error.code()).isEqualTo(ErrorCode.BROKERS_UNREACHABLE);
      assertThat(error).hasMessageContaining(topic.name() + "-0@0");
    } finally {
      kafka.resume();
    }
    assertThat(run(topic, unlimited(), range(0, 0, 2)).messages()).hasSize(2);
  }

  @Test
  void closesInLessThanASecondAlsoWhileTheBrokerIsSilent() {
    TestTopic topic = kafka.newTopic("hangs", 1);
    topic.send(0, "a");
    SegmentScan<List<String>> scan = start(topic, within(Duration.ofSeconds(60), 1000), from(0, 0));
    await(() -> scan.poll(Duration.ofMillis(20)) != null);
    kafka.pause();
    try {
      long start = System.nanoTime();
      scan.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(clients.borrowed()).isZero();
    } finally {
      kafka.resume();
    }
    assertThat(run(topic, unlimited(), range(0, 0, 1)).messages()).hasSize(1);
  }

  @Test
  void goesOnWithIdleClientsAfterTheBrokerWasKilledAndStarted() {
    TestTopic topic = kafka.newTopic("killed", 2);
    topic.send(0, "a");
    topic.send(1, "b");
    assertThat(clients.offsets(client).partitions(topic.name(), LIMIT)).hasSize(2);
    assertThat(run(topic, unlimited(), range(0, 0, 1), range(1, 0, 1)).messages()).hasSize(2);
    assertThat(clients.idle()).isEqualTo(2);

    kafka.kill();
    kafka.start();
    topic.send(0, "c");

    assertThat(clients.offsets(client).watermarks(topic.name(), List.of(0), LIMIT).range(0).end())
        .isEqualTo(2);
    assertThat(run(topic, unlimited(), range(0, 1, 2)).messages()).containsExactly("0@1");
    assertThat(clients.idle()).isEqualTo(2);
  }

  @Test
  void passesOverTheGapsThatCompactionLeaves() {
    TestTopic topic =
        kafka.newTopic(
            "compacted",
            1,
            Map.of(
                "cleanup.policy", "compact",
                "segment.ms", "100",
                "min.cleanable.dirty.ratio", "0.01"));
    for (int i = 0; i < 20; i++) {
      topic.sendKeyed(0, "same", "v" + i);
    }
    // A later message begins a new log segment, which lets the broker compact the one before.
    await(
        () -> {
          topic.sendKeyed(0, "roll", "r");
          return run(topic, unlimited(), range(0, 0, 20)).messages().size() == 1;
        });

    ScanRun run = run(topic, unlimited(), range(0, 0, 20));

    assertThat(run.messages()).containsExactly("0@19");
    assertThat(run.positions()).containsExactly(Map.entry(0, 20L));
    ScanRun inTheGap = run(topic, unlimited(), range(0, 3, 12));
    assertThat(inTheGap.messages()).isEmpty();
    assertThat(inTheGap.positions()).containsExactly(Map.entry(0, 12L));
  }
}
