package io.kadb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.broker.ListenerSecurity.KerberosService;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ListenerSecurityTest {
  private static final Path STORE = Path.of("/broker.p12");
  private static final KerberosService KAFKA =
      new KerberosService("kafka/localhost@TEST", Path.of("/kafka.keytab"), Path.of("/krb5.conf"));

  @Test
  void asksNothingAtFirst() {
    ListenerSecurity none = ListenerSecurity.none();

    assertThat(none.protocol()).isEqualTo("PLAINTEXT");
    assertThat(none.settings()).isEmpty();
    assertThat(none.scramArguments()).isEmpty();
    assertThat(none.jvmOptions()).isEmpty();
  }

  @Test
  void hasTheProtocolThatFollowsFromWhatIsAsked() {
    ListenerSecurity none = ListenerSecurity.none();

    assertThat(none.withTls(STORE, "s").protocol()).isEqualTo("SSL");
    assertThat(none.withPlainLogin("a", "b").protocol()).isEqualTo("SASL_PLAINTEXT");
    assertThat(none.withKerberos(KAFKA).protocol()).isEqualTo("SASL_PLAINTEXT");
    assertThat(none.withUnsignedTokens().protocol()).isEqualTo("SASL_PLAINTEXT");
    assertThat(none.withTls(STORE, "s").withScramLogin("a", "b").protocol()).isEqualTo("SASL_SSL");
  }

  @Test
  void leavesAllOtherListenersPlain() {
    assertThat(
            ListenerSecurity.none()
                .withTls(STORE, "s")
                .withClientCertificates(STORE, "s")
                .withPlainLogin("a", "b")
                .withScramLogin("a", "b")
                .withKerberos(KAFKA)
                .settings()
                .keySet())
        .isNotEmpty()
        .allMatch(name -> name.startsWith("listener.name.client."));
  }

  @Test
  void offersTheMechanismsOfTheLoginsThereAre() {
    ListenerSecurity some =
        ListenerSecurity.none().withPlainLogin("a", "b\"c\\d").withKerberos(KAFKA);

    assertThat(some.settings())
        .containsEntry("listener.name.client.sasl.enabled.mechanisms", "PLAIN,GSSAPI")
        .containsEntry("listener.name.client.sasl.kerberos.service.name", "kafka");
    assertThat(some.settings().get("listener.name.client.plain.sasl.jaas.config"))
        .endsWith(" required user_a=\"b\\\"c\\\\d\";");
    assertThat(some.jvmOptions()).containsExactly("-Djava.security.krb5.conf=/krb5.conf");
  }

  @Test
  void namesEachScramUserForBothMechanisms() {
    assertThat(ListenerSecurity.none().withScramLogin("a", "b").scramArguments())
        .containsExactly("SCRAM-SHA-256=[name=a,password=b]", "SCRAM-SHA-512=[name=a,password=b]");
  }

  @Test
  void refusesClientCertificatesWithoutTls() {
    ListenerSecurity none = ListenerSecurity.none();

    assertThatThrownBy(() -> none.withClientCertificates(STORE, "s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keyStore");
  }
}
