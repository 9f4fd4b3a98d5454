package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.KadbException;
import io.kadb.server.remote.config.ServerOption;
import io.kadb.testing.TestCertificates;
import io.kadb.testing.TestCertificates.Holder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS, with certificates of the server and of its clients. */
class TlsTest {
  private static final TestCertificates CERTIFICATES = TestCertificates.made();
  private static final String OPEN =
      "{\"request\":\"openConnection\",\"connectionId\":\"c\",\"info\":{}}";
  private static final String STATEMENT =
      "{\"request\":\"createStatement\",\"connectionId\":\"c\"}";

  @TempDir private Path folder;
  private Path password;

  @BeforeEach
  void writePassword() throws IOException {
    password = Files.writeString(folder.resolve("password"), TestCertificates.PASSWORD + "\n");
  }

  private KadbServer start(Map<ServerOption, String> options) {
    return ServerFixture.start(folder, options);
  }

  private Map<ServerOption, String> keyStore() {
    return Map.of(
        ServerOption.TLS_KEYSTORE,
        CERTIFICATES.brokerStore().toString(),
        ServerOption.TLS_PASSWORD_FILE,
        password.toString());
  }

  private Map<ServerOption, String> keyStoreAndClients() {
    Map<ServerOption, String> all = new EnumMap<>(keyStore());
    all.put(ServerOption.TLS_CLIENT_CA, CERTIFICATES.authority().toString());
    return all;
  }

  @Test
  void servesByTheKeyOfAKeyStore() throws Exception {
    try (KadbServer server = start(keyStore())) {
      assertThat(server.url()).startsWith("https://127.0.0.1:");
      assertThat(post(server, context(null), OPEN)).contains("\"response\":\"openConnection\"");
    }
  }

  @Test
  void servesByKeysInPemFilesWithAndWithoutAPassword() throws Exception {
    for (Path key :
        new Path[] {CERTIFICATES.key(Holder.CLIENT), CERTIFICATES.encryptedKey(Holder.CLIENT)}) {
      Map<ServerOption, String> options =
          Map.of(
              ServerOption.TLS_CERTIFICATE,
              CERTIFICATES.certificate(Holder.CLIENT).toString(),
              ServerOption.TLS_KEY,
              key.toString(),
              ServerOption.TLS_PASSWORD_FILE,
              password.toString());
      try (KadbServer server = start(options);
          SSLSocket socket =
              (SSLSocket)
                  context(null).getSocketFactory().createSocket("127.0.0.1", server.port())) {
        socket.startHandshake();
        X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        assertThat(CertificateLogin.commonName(shown)).contains("client");
      }
    }
  }

  @Test
  void admitsOnlyClientsWithACertificateAndKnowsThemByIt() throws Exception {
    try (KadbServer server = start(keyStoreAndClients())) {
      assertThat(post(server, context(Holder.CLIENT), OPEN)).contains("openConnection");
      assertThat(post(server, context(Holder.CLIENT), STATEMENT)).contains("\"statementId\":1");
      assertThatThrownBy(() -> post(server, context(null), OPEN)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> post(server, context(Holder.STRANGER), OPEN))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(
            () ->
                start(
                    Map.of(
                        ServerOption.TLS_CERTIFICATE,
                        CERTIFICATES.certificate(Holder.CLIENT).toString())))
        .isInstanceOf(KadbException.class)
        .hasMessageContaining("tls-key");
    assertThatThrownBy(
            () -> start(Map.of(ServerOption.TLS_CLIENT_CA, CERTIFICATES.authority().toString())))
        .isInstanceOf(KadbException.class)
        .hasMessageContaining("tls-certificate");
  }

  private static String post(KadbServer server, SSLContext tls, String message) throws Exception {
    HttpClient http = HttpClient.newBuilder().sslContext(tls).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url()))
            .POST(BodyPublishers.ofString(message))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** Returns the TLS of a client who trusts the authority, with a certificate or none. */
  private static SSLContext context(Holder holder) throws GeneralSecurityException, IOException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load(CERTIFICATES.trustStore("PKCS12")));
    KeyManager[] keys = null;
    if (holder != null) {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(
          load(CERTIFICATES.keyStore(holder, "PKCS12")), TestCertificates.PASSWORD.toCharArray());
      keys = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, TestCertificates.PASSWORD.toCharArray());
    }
    return store;
  }
}
