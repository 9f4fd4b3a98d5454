package io.kadb.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.OffsetRange;
import io.kadb.option.ClientProperties;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.TestClients;
import io.kadb.testing.TestTopic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real broker says about topics, and what is said when there is none. */
@KafkaTest
@Timeout(120)
class TopicOffsetsIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final KafkaCluster kafka;
  private final KafkaClients clients = new KafkaClients(Duration.ofMinutes(1), 4);
  private final TopicOffsets offsets;

  TopicOffsetsIT(KafkaCluster kafka) {
    this.kafka = kafka;
    this.offsets = clients.offsets(properties(kafka.bootstrapServers()));
  }

  @AfterEach
  void close() {
    clients.close();
  }

  private static ClientProperties properties(String brokers) {
    return new ClientProperties(Map.of("bootstrap.servers", brokers));
  }

  private static KadbException failure(ThrowingCallable call) {
    return catchThrowableOfType(KadbException.class, call);
  }

  @Test
  void namesAllPartitions() {
    TestTopic topic = kafka.newTopic("partitions", 12);

    assertThat(offsets.partitions(topic.name(), LIMIT))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }

  @Test
  void seesPartitionsThatWereAddedAMomentAgo() throws Exception {
    TestTopic topic = kafka.newTopic("grows", 1);
    assertThat(offsets.partitions(topic.name(), LIMIT)).hasSize(1);
    TestClients.await(
        kafka
            .clients()
            .admin()
            .createPartitions(
                Map.of(topic.name(), org.apache.kafka.clients.admin.NewPartitions.increaseTo(3)))
            .all());

    assertThat(offsets.partitions(topic.name(), LIMIT)).hasSize(3);
    assertThat(clients.idle()).isEqualTo(1);
  }

  @Test
  void saysThatATopicIsMissingAndDoesNotMakeIt() {
    KadbException error = failure(() -> offsets.partitions("nobody-made-this", LIMIT));

    assertThat(error.code()).isEqualTo(ErrorCode.NO_SUCH_TOPIC);
    assertThat(error).hasMessageContaining("\"nobody-made-this\"").hasMessageContaining("k_topic");
    assertThat(TestClients.await(kafka.clients().admin().listTopics().names()))
        .doesNotContain("nobody-made-this");
  }

  @Test
  void saysTheSameOfATopicThatCannotExist() {
    assertThat(failure(() -> offsets.partitions("no such/topic", LIMIT)).code())
        .isEqualTo(ErrorCode.NO_SUCH_TOPIC);
    assertThat(failure(() -> offsets.partitions("", LIMIT)).code())
        .isEqualTo(ErrorCode.NO_SUCH_TOPIC);
  }

  @Test
  void knowsEarliestAndEndOffsets() {
    TestTopic topic = kafka.newTopic("offsets", 3);
    topic.send(0, "a", "b", "c");
    topic.deleteRecordsBefore(0, 2);
    topic.sendCommitted(1, "a");

    assertThat(offsets.watermarks(topic.name(), List.of(0, 1, 2), LIMIT).ranges())
        .isEqualTo(
            Map.of(0, new OffsetRange(2, 3), 1, new OffsetRange(0, 2), 2, new OffsetRange(0, 0)));
    assertThat(offsets.watermarks(topic.name(), List.of(), LIMIT).ranges()).isEmpty();
  }

  @Test
  void knowsWhatIsAvailableInWantedPartitionsWhetherAskedBeforeOrNot() {
    TestTopic topic = kafka.newTopic("available", 3);
    topic.send(2, "a", "b");
    for (int times = 0; times < 3; times++) {
      TopicOffsets.Available some = offsets.available(topic.name(), p -> p != 1, LIMIT);
      assertThat(some.partitions()).containsExactly(0, 2);
      assertThat(some.watermarks().ranges())
          .isEqualTo(Map.of(0, new OffsetRange(0, 0), 2, new OffsetRange(0, 2)));
      assertThat(offsets.available(topic.name(), p -> p > 5, LIMIT).partitions()).isEmpty();
    }
    topic.send(0, "c");
    topic.deleteRecordsBefore(2, 1);
    assertThat(offsets.available(topic.name(), p -> true, LIMIT).watermarks().ranges())
        .isEqualTo(
            Map.of(0, new OffsetRange(0, 1), 1, new OffsetRange(0, 0), 2, new OffsetRange(1, 2)));
    assertThat(clients.idle()).as("all by one client").isEqualTo(1);
  }

  @Test
  void knowsWhatIsAvailableInPartitionsThatWereAddedAMomentAgo() {
    TestTopic topic = kafka.newTopic("available-grows", 1);
    assertThat(offsets.available(topic.name(), p -> true, LIMIT).partitions()).hasSize(1);
    TestClients.await(
        kafka
            .clients()
            .admin()
            .createPartitions(
                Map.of(topic.name(), org.apache.kafka.clients.admin.NewPartitions.increaseTo(3)))
            .all());
    topic.send(2, "a");

    TopicOffsets.Available grown = offsets.available(topic.name(), p -> true, LIMIT);
    assertThat(grown.partitions()).containsExactly(0, 1, 2);
    assertThat(grown.watermarks().range(2)).isEqualTo(new OffsetRange(0, 1));
  }

  @Test
  void knowsAtOnceThatATopicWasCreatedAgainOrIsGone() {
    TestTopic topic = kafka.newTopic("available-again", 3);
    topic.send(0, "a", "b");
    assertThat(offsets.available(topic.name(), p -> true, LIMIT).partitions()).hasSize(3);
    topic.delete();
    awaitGone(topic);
    KadbException gone = failure(() -> offsets.available(topic.name(), p -> true, LIMIT));
    assertThat(gone.code()).isEqualTo(ErrorCode.NO_SUCH_TOPIC);

    kafka.clients().createTopic(topic.name(), 2, Map.of());
    topic.send(0, "c");
    long began = System.nanoTime();
    TopicOffsets.Available again = offsets.available(topic.name(), p -> true, LIMIT);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as("nobody waits for the partition that is gone")
        .isLessThan(LIMIT);
    assertThat(again.watermarks().ranges())
        .isEqualTo(Map.of(0, new OffsetRange(0, 1), 1, new OffsetRange(0, 0)));
  }

  private void awaitGone(TestTopic topic) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (TestClients.await(kafka.clients().admin().listTopics().names()).contains(topic.name())) {
      assertThat(System.nanoTime()).as("the topic is still there").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void findsTheFirstMessageThatIsNotOlderThanATime() {
    TestTopic topic = kafka.newTopic("times", 2);
    topic.sendAt(0, 1000, "a");
    topic.sendAt(0, 3000, "b");
    List<Integer> both = List.of(0, 1);

    assertThat(offsets.since(topic.name(), both, 1000, LIMIT)).isEqualTo(Map.of(0, 0L));
    assertThat(offsets.since(topic.name(), both, 1001, LIMIT)).isEqualTo(Map.of(0, 1L));
    assertThat(offsets.since(topic.name(), both, 3001, LIMIT)).isEmpty();
    assertThat(offsets.since(topic.name(), List.of(), 1000, LIMIT)).isEmpty();
  }

  @Test
  void takesTimesBefore1970ForNoLimit() {
    TestTopic topic = kafka.newTopic("times", 1);
    topic.send(0, "a", "b");

    assertThat(offsets.since(topic.name(), List.of(0), -1, LIMIT)).isEqualTo(Map.of(0, 0L));
    assertThat(offsets.since(topic.name(), List.of(0), -2, LIMIT)).isEqualTo(Map.of(0, 0L));
  }

  @Test
  void saysWithinTheLimitThatBrokersDoNotAnswer() throws IOException {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    TopicOffsets nobody = clients.offsets(properties("127.0.0.1:" + closedPort));
    long start = System.nanoTime();

    KadbException error = failure(() -> nobody.partitions("t", Duration.ofMillis(700)));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(error.code()).isEqualTo(ErrorCode.BROKERS_UNREACHABLE);
    assertThat(error)
        .hasMessageContaining("127.0.0.1:" + closedPort)
        .hasMessageContaining("700 ms")
        .hasMessageContaining("k_brokers");
    assertThat(clients.idle() + clients.borrowed()).isZero();
  }

  @Test
  void saysTheSameOfANameThatNobodyKnows() {
    KadbException error =
        failure(
            () ->
                clients
                    .offsets(properties("no-such-host.invalid:9092"))
                    .partitions("t", Duration.ofSeconds(5)));

    assertThat(error.code()).isEqualTo(ErrorCode.BROKERS_UNREACHABLE);
    assertThat(error).hasMessageContaining("no-such-host.invalid:9092");
    assertThat(clients.borrowed()).isZero();
  }

  @Test
  void namesThePropertyThatTheClientRefuses() {
    ClientProperties wrong =
        new ClientProperties(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "send.buffer.bytes", "much"));

    KadbException error = failure(() -> clients.offsets(wrong).partitions("t", LIMIT));

    assertThat(error.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(error)
        .hasMessageContaining("\"much\"")
        .hasMessageContaining("\"#send.buffer.bytes\"");
    assertThat(clients.borrowed()).isZero();
  }

  @Test
  void stopsWaitingWhenTheAnswerIsNotWantedAnyMore() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      AtomicInteger asked = new AtomicInteger();
      TopicOffsets impatient =
          clients.offsets(
              properties("127.0.0.1:" + silent.getLocalPort()), () -> asked.incrementAndGet() > 2);
      long start = System.nanoTime();

      KadbException error = failure(() -> impatient.partitions("t", Duration.ofSeconds(60)));

      assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void stopsWaitingWhenInterrupted() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      TopicOffsets nobody = clients.offsets(properties("127.0.0.1:" + silent.getLocalPort()));
      Thread.currentThread().interrupt();

      KadbException error = failure(() -> nobody.partitions("t", Duration.ofSeconds(60)));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED);
    }
  }
}
