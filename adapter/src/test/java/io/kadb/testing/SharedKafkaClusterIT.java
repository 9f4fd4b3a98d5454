package io.kadb.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Shows who gets which cluster. */
@KafkaTest
class SharedKafkaClusterIT {
  private final KafkaCluster shared;

  SharedKafkaClusterIT(KafkaCluster shared) {
    this.shared = shared;
  }

  @Test
  void letsNobodyBreakTheClusterThatAllShare() {
    assertThatThrownBy(shared::kill)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("@KafkaTest(own = true)");
    assertThatThrownBy(shared::pause).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(shared::proxy).isInstanceOf(UnsupportedOperationException.class);
  }

  @Nested
  class InAClassWithoutAMark {
    @Test
    void isTheSameCluster(KafkaCluster inner) {
      assertThat(inner).isSameAs(shared);
    }
  }

  @Nested
  @KafkaTest(server = "num.partitions=7")
  class InAClassWithSettings {
    private final KafkaCluster own;

    InAClassWithSettings(KafkaCluster own) {
      this.own = own;
    }

    @Test
    void isAnotherClusterAndTheSameForTheWholeClass(KafkaCluster again) {
      assertThat(own).isNotSameAs(shared).isSameAs(again);
      assertThat(own.bootstrapServers()).isNotEqualTo(shared.bootstrapServers());
    }

    @Test
    void hasTheSettings() throws Exception {
      TestTopic topic = new TestTopic(own, UniqueNames.next("made-by-the-broker", '-'));
      topic.send(6, "x");

      var described = own.clients().admin().describeTopics(List.of(topic.name())).allTopicNames();
      assertThat(described.get(60, TimeUnit.SECONDS).get(topic.name()).partitions()).hasSize(7);
    }
  }
}
