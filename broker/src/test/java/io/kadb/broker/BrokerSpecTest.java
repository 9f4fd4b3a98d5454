package io.kadb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerSpecTest {

  @Test
  void addsSettingsAndLeavesTheFirstSpecAsItWas() {
    BrokerSpec small = BrokerSpec.small();
    BrokerSpec more =
        small
            .withSecurity(ListenerSecurity.none().withPlainLogin("a", "b"))
            .with("a", "1")
            .with("a", "2")
            .withJvmOption("-Xmx1g")
            .withProxiedPort(7);

    assertThat(more.serverProperties()).containsOnly(Map.entry("a", "2"));
    assertThat(more.jvmOptions()).containsExactly("-Xmx1g");
    assertThat(more.proxiedPort()).hasValue(7);
    assertThat(more.security().protocol()).isEqualTo("SASL_PLAINTEXT");
    assertThat(small).isEqualTo(BrokerSpec.small());
  }

  @Test
  void refusesADeadlineOfNothing() {
    assertThatThrownBy(() -> BrokerSpec.small().withStartDeadline(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found PT0S");
  }
}
