package io.kadb.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.KafkaTest;
import io.kadb.testing.Secured;
import io.kadb.testing.TestCertificates;
import io.kadb.testing.TestCertificates.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers that let nobody in without a certificate. */
@KafkaTest(secured = Secured.CLIENT_CERTIFICATE)
class ClientCertificateIT extends SecuredFixture {
  private static final TestCertificates CERTIFICATES = TestCertificates.made();
  private static final String TLS =
      "\"#security.protocol\" 'SSL', " + option("#ssl.ca.location", CERTIFICATES.authority());

  @Test
  void showsACertificateFromPemFiles() throws SQLException {
    assertThat(
            read(
                TLS,
                option("#ssl.certificate.location", CERTIFICATES.certificate(Holder.CLIENT)),
                option("#ssl.key.location", CERTIFICATES.key(Holder.CLIENT))))
        .containsExactly(MESSAGE);
  }

  @Test
  void showsACertificateWhoseKeyIsEncrypted() throws SQLException {
    assertThat(
            read(
                TLS,
                option("#ssl.certificate.location", CERTIFICATES.certificate(Holder.CLIENT)),
                option("#ssl.key.location", CERTIFICATES.encryptedKey(Holder.CLIENT)),
                option("#ssl.key.password", TestCertificates.PASSWORD)))
        .containsExactly(MESSAGE);
  }

  @Test
  void showsACertificateAndItsKeyFromOneFile() throws SQLException, IOException {
    Path both = folder.resolve("both.pem");
    Files.writeString(
        both,
        Files.readString(CERTIFICATES.key(Holder.CLIENT))
            + Files.readString(CERTIFICATES.certificate(Holder.CLIENT)));

    assertThat(
            read(TLS, option("#ssl.certificate.location", both), option("#ssl.key.location", both)))
        .containsExactly(MESSAGE);
  }

  @Test
  void showsACertificateFromTheDefinition() throws SQLException, IOException {
    assertThat(
            read(
                TLS,
                option(
                    "#ssl.certificate.pem",
                    Files.readString(CERTIFICATES.certificate(Holder.CLIENT))),
                option("#ssl.key.pem", Files.readString(CERTIFICATES.key(Holder.CLIENT)))))
        .containsExactly(MESSAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void showsACertificateFromAStoreOfJava(String type) throws SQLException {
    assertThat(
            read(
                TLS,
                option("#ssl.keystore.type", type),
                option("#ssl.keystore.location", CERTIFICATES.keyStore(Holder.CLIENT, type)),
                option("#ssl.keystore.password", TestCertificates.PASSWORD),
                option("#ssl.key.password", TestCertificates.PASSWORD)))
        .containsExactly(MESSAGE);
  }

  @Test
  void showsACertificateFromAStoreAsLibrdkafkaTakesIt() throws SQLException {
    assertThat(
            read(
                TLS,
                option("#ssl.keystore.location", CERTIFICATES.keyStore(Holder.CLIENT, "PKCS12")),
                option("#ssl.keystore.password", TestCertificates.PASSWORD)))
        .containsExactly(MESSAGE);
  }

  @Test
  void saysThatTheBrokersWantACertificate() throws SQLException {
    String error = refused("28000", TLS);

    assertThat(error).contains("certificate", "\"#ssl.certificate.location\"");
  }

  @Test
  void saysThatTheBrokersDoNotKnowWhoVouches() throws SQLException {
    String error =
        refused(
            "28000",
            TLS,
            option("#ssl.certificate.location", CERTIFICATES.certificate(Holder.STRANGER)),
            option("#ssl.key.location", CERTIFICATES.key(Holder.STRANGER)));

    assertThat(error).contains("certificate", "\"#ssl.certificate.location\"");
  }

  @Test
  void saysThatTheKeyHasAnotherPassword() throws SQLException {
    String error =
        refused(
            "HV024",
            TLS,
            option("#ssl.certificate.location", CERTIFICATES.certificate(Holder.CLIENT)),
            option("#ssl.key.location", CERTIFICATES.encryptedKey(Holder.CLIENT)),
            option("#ssl.key.password", "wrong-secret"));

    assertThat(error)
        .contains("#ssl.key.location", "#ssl.key.password")
        .doesNotContain("wrong-secret");
  }

  @Test
  void saysThatTheKeyBelongsToAnotherCertificate() throws SQLException {
    String error =
        refused(
            "28000",
            TLS,
            option("#ssl.certificate.location", CERTIFICATES.certificate(Holder.CLIENT)),
            option("#ssl.key.location", CERTIFICATES.key(Holder.STRANGER)));

    assertThat(error).contains("\"#ssl.certificate.location\"", "\"#ssl.key.location\"");
  }
}
