package io.kadb.server.remote.thin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.server.remote.config.ServerOption;
import io.kadb.server.remote.config.ServerSettings;
import io.kadb.server.remote.http.KadbServer;
import io.kadb.testing.TestCertificates;
import io.kadb.testing.TestCertificates.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kadb's own driver at a server that wants a certificate of every client. */
@Timeout(60)
class ThinTlsTest {
  private static final TestCertificates CERTIFICATES = TestCertificates.made();
  private static final String TRUST = "?sslCa=" + CERTIFICATES.authority();
  private static final String CERTIFICATE =
      TRUST + "&sslCert=" + CERTIFICATES.certificate(Holder.CLIENT);
  private static final String ENCRYPTED =
      CERTIFICATE + "&sslKey=" + CERTIFICATES.encryptedKey(Holder.CLIENT);
  private static final String WRONG = "wrong-secret";

  @TempDir private static Path folder;
  private static KadbServer server;

  @BeforeAll
  static void start() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), TestCertificates.PASSWORD + "\n");
    server =
        KadbServer.start(
            ServerSettings.of(
                Map.of(
                    ServerOption.PORT,
                    "0",
                    ServerOption.HOME,
                    folder.resolve("home").toString(),
                    ServerOption.TLS_KEYSTORE,
                    CERTIFICATES.brokerStore().toString(),
                    ServerOption.TLS_PASSWORD_FILE,
                    password.toString(),
                    ServerOption.TLS_CLIENT_CA,
                    CERTIFICATES.authority().toString()),
                name -> null,
                Optional.empty()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String user(String properties) throws SQLException {
    String url = "jdbc:kadb://127.0.0.1:" + server.port() + "/" + properties;
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet rows = connection.createStatement().executeQuery("SELECT CURRENT_USER")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void assertRefused(String state, String properties, String... texts) {
    assertThatThrownBy(() -> user(properties))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              for (Throwable t = e; t != null; t = t.getCause()) {
                assertThat(t.toString()).doesNotContain(WRONG, TestCertificates.PASSWORD);
              }
              assertThat(e.getMessage()).contains(texts);
              assertThat(e.getSQLState()).isEqualTo(state);
            });
  }

  @Test
  void theUserIsTheCommonNameOfTheCertificate() throws SQLException {
    assertThat(user(CERTIFICATE + "&sslKey=" + CERTIFICATES.key(Holder.CLIENT)))
        .isEqualTo("client");
  }

  @Test
  void showsACertificateWhoseKeyIsEncrypted() throws SQLException {
    assertThat(user(ENCRYPTED + "&sslKeyPassword=" + TestCertificates.PASSWORD))
        .isEqualTo("client");
  }

  @Test
  void showsACertificateOfAKeyStore() throws SQLException {
    for (String type : new String[] {"PKCS12", "JKS"}) {
      assertThat(
              user(
                  "?sslTrustStore="
                      + CERTIFICATES.trustStore(type)
                      + "&sslTrustStorePassword="
                      + TestCertificates.PASSWORD
                      + "&sslKeyStore="
                      + CERTIFICATES.keyStore(Holder.CLIENT, type)
                      + "&sslKeyStorePassword="
                      + TestCertificates.PASSWORD))
          .isEqualTo("client");
    }
  }

  @Test
  void saysThatThePasswordOfTheKeyIsMissingOrWrong() {
    String file = CERTIFICATES.encryptedKey(Holder.CLIENT).toString();

    assertRefused("HV024", ENCRYPTED, file, "the key is encrypted", "sslKeyPassword");
    assertRefused(
        "HV024", ENCRYPTED + "&sslKeyPassword=" + WRONG, file, "does not fit", "sslKeyPassword");
  }

  @Test
  void saysThatThePasswordOfAKeyStoreIsWrong() {
    String store = "&sslKeyStore=" + CERTIFICATES.keyStore(Holder.CLIENT, "PKCS12");
    assertRefused(
        "HV024", TRUST + store + "&sslKeyStorePassword=" + WRONG, "client.pkcs12", "password");
    assertRefused(
        "HV024",
        "?sslTrustStore=" + CERTIFICATES.trustStore("PKCS12") + "&sslTrustStorePassword=" + WRONG,
        "trust.pkcs12",
        "password");
  }

  @Test
  void saysThatTheServerWantsACertificateHoweverSoonItHangsUp() {
    for (int i = 0; i < 100; i++) {
      assertRefused("28000", TRUST, "wants a client's certificate", "sslCert");
    }
  }

  @Test
  void saysThatTheServerDoesNotKnowWhoVouches() {
    assertRefused(
        "28000",
        TRUST
            + "&sslCert="
            + CERTIFICATES.certificate(Holder.STRANGER)
            + "&sslKey="
            + CERTIFICATES.key(Holder.STRANGER),
        "certificate");
  }

  @Test
  void refusesAServerThatItDoesNotTrust() {
    assertRefused(
        "08001", "?sslCa=" + CERTIFICATES.otherAuthority(), "cannot connect to 127.0.0.1");
  }
}
