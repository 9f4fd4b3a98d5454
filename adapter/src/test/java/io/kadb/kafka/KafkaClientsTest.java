package io.kadb.kafka;

import static io.kadb.kafka.LogConsumer.TOPIC;
import static io.kadb.kafka.ScanRun.NOWHERE;
import static io.kadb.kafka.ScanRun.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to consumers between two scans. */
@Timeout(60)
class KafkaClientsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final List<LogConsumer> made = new CopyOnWriteArrayList<>();

  private KafkaClients clients(Duration idle, int maxIdle) {
    return new KafkaClients(
        idle,
        maxIdle,
        key -> {
          LogConsumer consumer = new LogConsumer().messages(0, 3);
          made.add(consumer);
          return consumer;
        });
  }

  @Test
  void lendsAnIdleConsumerAgainToTheSamePropertiesOnly() {
    try (KafkaClients clients = clients(LONG, 4)) {
      clients.lendConsumer(NOWHERE).giveBack(true);
      assertThat(clients.idle()).isEqualTo(1);

      ConsumerLease again = clients.lendConsumer(new ClientProperties(NOWHERE.values()));
      ConsumerLease other =
          clients.lendConsumer(new ClientProperties(Map.of("bootstrap.servers", "elsewhere:1")));

      assertThat(again.consumer()).isSameAs(made.get(0)).isNotSameAs(other.consumer());
      assertThat(clients.idle()).isZero();
      assertThat(clients.borrowed()).isEqualTo(2);
      again.giveBack(true);
      other.giveBack(true);
    }
  }

  @Test
  void closesIdleConsumersWhenToldAndGoesOnWithNewOnes() {
    try (KafkaClients clients = clients(LONG, 4)) {
      ConsumerLease used = clients.lendConsumer(NOWHERE);
      clients.lendConsumer(NOWHERE).giveBack(true);

      clients.closeIdle();

      assertThat(made.get(1).closed()).isTrue();
      assertThat(made.get(0).closed()).isFalse();
      assertThat(clients.idle()).isZero();
      used.giveBack(true);
      assertThat(clients.idle()).isEqualTo(1);
    }
  }

  @Test
  void takesFewerRecordsAtATimeWithAnotherConsumerAndGivesTheFirstBack() {
    try (KafkaClients clients = clients(LONG, 4)) {
      ConsumerLease lease = clients.lendConsumer(NOWHERE);

      assertThat(lease.takeFewer()).isTrue();

      assertThat(lease.consumer()).isSameAs(made.get(1));
      assertThat(clients.idle()).isEqualTo(1);
      assertThat(clients.borrowed()).isEqualTo(1);
      lease.giveBack(true);
      assertThat(clients.lendConsumer(NOWHERE).consumer()).isSameAs(made.get(0));
    }
  }

  @Test
  void doesNotChangeTheConsumerThatWasWoken() {
    try (KafkaClients clients = clients(LONG, 4)) {
      ConsumerLease lease = clients.lendConsumer(NOWHERE);
      lease.consumer().assign(List.of(PARTITION));
      lease.consumer().seek(PARTITION, 0);
      lease.wake();

      assertThat(lease.takeFewer()).isFalse();

      assertThat(lease.poll(Duration.ofSeconds(5)).isEmpty()).isTrue();
      lease.giveBack(true);
      assertThat(clients.borrowed()).isZero();
    }
  }

  @Test
  void takesAssignmentsAwayFromAConsumerThatComesBack() {
    try (KafkaClients clients = clients(LONG, 4)) {
      ConsumerLease lease = clients.lendConsumer(NOWHERE);
      lease.consumer().assign(List.of(PARTITION));
      lease.giveBack(true);

      assertThat(made.get(0).reading()).isEmpty();
    }
  }

  @Test
  void takesOutAWakeUpThatCameTooLateForAPoll() {
    try (KafkaClients clients = clients(LONG, 4)) {
      ConsumerLease lease = clients.lendConsumer(NOWHERE);
      lease.consumer().assign(List.of(PARTITION));
      lease.consumer().seek(PARTITION, 0);
      lease.wake();
      lease.wake();
      lease.giveBack(true);
      lease.wake();

      ConsumerLease again = clients.lendConsumer(NOWHERE);
      assertThat(again.consumer()).isSameAs(lease.consumer());
      again.consumer().assign(List.of(PARTITION));
      again.consumer().seek(PARTITION, 0);
      assertThat(again.poll(Duration.ofSeconds(5)).count()).isEqualTo(3);
      assertThat(made.get(0).wakeUpsThrown()).isEqualTo(1);
      again.giveBack(true);
    }
  }

  @Test
  void doesNotPollASecondTimeForAWakeUpThatEndedAPoll() {
    try (KafkaClients clients = clients(LONG, 4)) {
      ConsumerLease lease = clients.lendConsumer(NOWHERE);
      lease.consumer().assign(List.of(PARTITION));
      lease.consumer().seek(PARTITION, 3);
      lease.wake();
      assertThat(lease.poll(Duration.ofSeconds(5)).isEmpty()).isTrue();
      lease.giveBack(true);

      assertThat(made.get(0).polls()).isEqualTo(1);
      assertThat(clients.idle()).isEqualTo(1);
    }
  }

  @Test
  void closesAConsumerWhoseWakeUpCannotBeTakenOut() {
    try (KafkaClients clients = clients(LONG, 4)) {
      ConsumerLease lease = clients.lendConsumer(NOWHERE);
      lease.wake();
      lease.giveBack(true);

      await(made.get(0)::closed);
      assertThat(clients.idle()).isZero();
    }
  }

  @Test
  void closesAFailedConsumerInTheBackground() {
    try (KafkaClients clients = clients(LONG, 4)) {
      clients.lendConsumer(NOWHERE).giveBack(false);

      await(made.get(0)::closed);
      assertThat(clients.idle() + clients.borrowed()).isZero();
    }
  }

  @Test
  void keepsNoMoreIdleConsumersThanAllowed() {
    try (KafkaClients clients = clients(LONG, 2)) {
      List<ConsumerLease> leases = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        leases.add(clients.lendConsumer(NOWHERE));
      }
      leases.forEach(lease -> lease.giveBack(true));

      await(made.get(2)::closed);
      assertThat(clients.idle()).isEqualTo(2);
      assertThat(clients.borrowed()).isZero();
    }
  }

  @Test
  void closesIdleConsumersAfterAWhileAndEndsItsThread() {
    Set<Thread> before = closers();
    try (KafkaClients clients = clients(Duration.ofMillis(50), 4)) {
      clients.lendConsumer(NOWHERE).giveBack(true);
      Set<Thread> closer = closers();
      closer.removeAll(before);
      assertThat(closer).hasSize(1).allMatch(Thread::isDaemon);

      await(made.get(0)::closed);
      await(() -> closer.stream().noneMatch(Thread::isAlive));
      assertThat(clients.idle()).isZero();

      clients.lendConsumer(NOWHERE).giveBack(true);
      await(made.get(1)::closed);
    }
  }

  @Test
  void doesNotCloseAConsumerThatIsInUseAgain() {
    try (KafkaClients clients = clients(Duration.ofMillis(20), 4)) {
      clients.lendConsumer(NOWHERE).giveBack(true);
      ConsumerLease second = clients.lendConsumer(NOWHERE);
      long start = System.nanoTime();
      await(() -> System.nanoTime() - start > Duration.ofMillis(100).toNanos());

      assertThat(((LogConsumer) second.consumer()).closed()).isFalse();
      second.giveBack(true);
    }
  }

  @Test
  void closesEverythingAndLaterWhatWasLent() {
    KafkaClients clients = clients(LONG, 4);
    ConsumerLease lent = clients.lendConsumer(NOWHERE);
    clients.lendConsumer(NOWHERE).giveBack(true);

    clients.close();
    clients.close();

    assertThat(made.get(1).closed()).isTrue();
    assertThat(made.get(0).closed()).isFalse();
    lent.giveBack(true);
    assertThat(made.get(0).closed()).isTrue();
    assertThat(catchThrowableOfType(KadbException.class, () -> clients.lendConsumer(NOWHERE)))
        .hasMessageContaining("closed");
  }

  @Test
  void countsNothingAsLentWhenAConsumerCannotBeMade() {
    try (KafkaClients clients =
        new KafkaClients(
            LONG,
            4,
            key -> {
              throw new ConfigException("fetch.min.bytes", "x", "Not a number of type INT");
            })) {
      KadbException error =
          catchThrowableOfType(KadbException.class, () -> clients.lendConsumer(NOWHERE));

      assertThat(error.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
      assertThat(clients.borrowed()).isZero();
    }
  }

  private static Set<Thread> closers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("kadb-kafka-closer"))
        .collect(Collectors.toSet());
  }
}
