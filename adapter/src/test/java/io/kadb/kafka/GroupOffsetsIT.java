package io.kadb.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.ClientProperties;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.TestTopic;
import io.kadb.testing.UniqueNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Shows what {@link GroupOffsets} promises against a real broker. */
@KafkaTest
class GroupOffsetsIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final KafkaCluster kafka;
  private final KafkaClients clients = new KafkaClients(Duration.ofMinutes(1), 4);
  private final GroupOffsets offsets;
  private final String group = UniqueNames.next("group", '-');

  GroupOffsetsIT(KafkaCluster kafka) {
    this.kafka = kafka;
    this.offsets =
        clients.groups(
            new ClientProperties(Map.of("bootstrap.servers", kafka.bootstrapServers())),
            () -> false);
  }

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void keepsWhatWasCommitted() {
    TestTopic topic = kafka.newTopic("groups", 3);

    offsets.commit(group, topic.name(), Map.of(0, 5L, 2, 0L), LIMIT);

    assertThat(offsets.committed(group, topic.name(), List.of(0, 1, 2), LIMIT))
        .isEqualTo(Map.of(0, 5L, 2, 0L));
    assertThat(clients.borrowed()).isZero();
  }

  @Test
  void knowsNothingOfAGroupThatDoesNotExist() {
    TestTopic topic = kafka.newTopic("groups", 1);

    assertThat(offsets.committed(group, topic.name(), List.of(0), LIMIT)).isEmpty();
    assertThat(offsets.committed(group, topic.name(), List.of(), LIMIT)).isEmpty();
  }

  @Test
  void saysThatAGroupHasLiveMembersAndKeepsTheClient() {
    TestTopic topic = kafka.newTopic("groups", 1);
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put("group.id", group);
    try (Consumer<byte[], byte[]> member =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      member.subscribe(List.of(topic.name()));
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (member.assignment().isEmpty()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        member.poll(Duration.ofMillis(50));
      }

      KadbException error =
          catchThrowableOfType(
              KadbException.class, () -> offsets.commit(group, topic.name(), Map.of(0, 1L), LIMIT));

      assertThat(error.code()).isEqualTo(ErrorCode.OBJECT_IN_USE);
      assertThat(error).hasMessageContaining(group).hasMessageContaining("live members");
      assertThat(clients.idle()).isEqualTo(1);
    }
  }
}
