package io.kadb.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class KafkaFormTest {
  private static final BooleanSupplier NOT_ASKED =
      () -> {
        throw new AssertionError("Docker was asked for");
      };

  @Test
  void takesAContainerWhereDockerAnswers() {
    assertThat(KafkaForm.choose(null, () -> true)).isEqualTo(KafkaForm.CONTAINER_OR_CHILD);
    assertThat(KafkaForm.choose("auto", () -> true)).isEqualTo(KafkaForm.CONTAINER_OR_CHILD);
  }

  @Test
  void takesAChildWhereNoDockerAnswers() {
    assertThat(KafkaForm.choose(null, () -> false)).isEqualTo(KafkaForm.CHILD);
  }

  @Test
  void doesNotAskForDockerWhenItIsToldTheForm() {
    assertThat(KafkaForm.choose("child", NOT_ASKED)).isEqualTo(KafkaForm.CHILD);
    assertThat(KafkaForm.choose("container", NOT_ASKED)).isEqualTo(KafkaForm.CONTAINER);
  }

  @Test
  void refusesAFormItDoesNotKnow() {
    assertThatThrownBy(() -> KafkaForm.choose("zookeeper", NOT_ASKED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-Dkadb.test.kafka: found zookeeper, wanted child, container or auto");
  }
}
