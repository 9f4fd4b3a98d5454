package io.kadb.testing;

import io.kadb.broker.ListenerSecurity;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What a cluster asks of those who come to {@link KafkaCluster#bootstrapServers}. Its {@link
 * KafkaCluster#clients} come through a plain entrance, as {@code User:ANONYMOUS}.
 */
public enum Secured {
  /** Nothing. */
  NOT(ListenerSecurity::none),
  /** SASL_PLAINTEXT: the logins of {@link TestLogin} with SCRAM-SHA-256, SCRAM-SHA-512, PLAIN. */
  PASSWORD(() -> TestLogin.addTo(ListenerSecurity.none())),
  /** SSL: trust in the authority of {@link TestCertificates}. */
  TLS(Secured::tls),
  /** SSL with a client's certificate from the authority of {@link TestCertificates}. */
  CLIENT_CERTIFICATE(() -> tls().withClientCertificates(trust(), TestCertificates.PASSWORD)),
  /** SASL_SSL: trust and a login. */
  PASSWORD_OVER_TLS(() -> TestLogin.addTo(tls())),
  /** SASL_PLAINTEXT with GSSAPI: a ticket of {@link TestKdc}. */
  KERBEROS(() -> ListenerSecurity.none().withKerberos(TestKdc.running().service())),
  /** SASL_PLAINTEXT with OAUTHBEARER: a token that nobody signed. */
  TOKEN(() -> ListenerSecurity.none().withUnsignedTokens());

  private final Supplier<ListenerSecurity> listener;

  Secured(Supplier<ListenerSecurity> listener) {
    this.listener = listener;
  }

  ListenerSecurity listener() {
    return listener.get();
  }

  private static ListenerSecurity tls() {
    return ListenerSecurity.none()
        .withTls(TestCertificates.made().brokerStore(), TestCertificates.PASSWORD);
  }

  private static Path trust() {
    return TestCertificates.made().trustStore("PKCS12");
  }
}
