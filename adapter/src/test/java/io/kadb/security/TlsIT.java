package io.kadb.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.KafkaTest;
import io.kadb.testing.Secured;
import io.kadb.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encryption without a client's certificate: whom kadb trusts, and what it says if it does not. */
@KafkaTest(secured = Secured.TLS)
class TlsIT extends SecuredFixture {
  private static final String TLS = "\"#security.protocol\" 'ssl'";
  private final TestCertificates certificates = TestCertificates.made();

  @Test
  void trustsTheAuthorityInAFile() throws SQLException {
    assertThat(read(TLS, option("#ssl.ca.location", certificates.authority())))
        .containsExactly(MESSAGE);
  }

  @Test
  void trustsTheAuthoritiesInAFolder() throws SQLException, IOException {
    Path authorities = Files.createDirectory(folder.resolve("authorities"));
    Files.copy(certificates.otherAuthority(), authorities.resolve("1.pem"));
    Files.copy(certificates.authority(), authorities.resolve("2.crt"));

    assertThat(read(TLS, option("#ssl.ca.location", authorities))).containsExactly(MESSAGE);
  }

  @Test
  void trustsTheAuthorityInTheDefinition() throws SQLException, IOException {
    String pem = Files.readString(certificates.authority());

    assertThat(read(TLS, option("#ssl.ca.pem", pem))).containsExactly(MESSAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void trustsTheAuthorityInAStoreOfJava(String type) throws SQLException {
    assertThat(
            read(
                TLS,
                option("#ssl.truststore.type", type),
                option("#ssl.truststore.location", certificates.trustStore(type)),
                option("#ssl.truststore.password", TestCertificates.PASSWORD)))
        .containsExactly(MESSAGE);
  }

  @Test
  void saysThatAnotherAuthorityIsTrusted() throws SQLException {
    String error = refused("08001", TLS, option("#ssl.ca.location", certificates.otherAuthority()));

    assertThat(error).contains("certificate", "not trusted", "\"#ssl.ca.location\"");
  }

  @Test
  void saysThatTheSystemsAuthoritiesAreTrusted() throws SQLException {
    String error = refused("08001", TLS);

    assertThat(error).contains("certificate", "not trusted", "\"#ssl.ca.location\"");
  }

  @Test
  void saysThatTheCertificateIsOfAnotherHost() throws SQLException {
    String port = kafka.bootstrapServers().substring(kafka.bootstrapServers().indexOf(':'));
    defineAt("localhost" + port, TLS, option("#ssl.ca.location", certificates.authority()));

    String error = refused("08001", this::readAgain);

    assertThat(error)
        .contains("localhost", "k_brokers", "\"#ssl.endpoint.identification.algorithm\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", ""})
  void acceptsTheCertificateOfAnotherHostWhereAsked(String algorithm) throws SQLException {
    String port = kafka.bootstrapServers().substring(kafka.bootstrapServers().indexOf(':'));
    defineAt(
        "localhost" + port,
        TLS,
        option("#ssl.ca.location", certificates.authority()),
        option("#ssl.endpoint.identification.algorithm", algorithm));

    assertThat(readAgain()).containsExactly(MESSAGE);
  }

  @Test
  void saysThatTheBrokersMayNotSpeakTls() throws SQLException {
    defineAt(
        kafka.proxiedBootstrapServers(), TLS, option("#ssl.ca.location", certificates.authority()));
    sql.update("ALTER SERVER k OPTIONS (SET k_latency_ms '1500')");

    assertThat(refused("08001", this::readAgain)).contains("\"#security.protocol\"");
  }

  @Test
  void saysThatTheBrokersMayWantTls() throws SQLException {
    define("\"#security.protocol\" 'plaintext'");
    sql.update("ALTER SERVER k OPTIONS (SET k_latency_ms '1500')");

    assertThat(refused("08001", this::readAgain)).contains("\"#security.protocol\"");
  }

  @Test
  void saysWhichFileIsMissing() throws SQLException {
    String error = refused("HV024", TLS, "\"#ssl.ca.location\" '/does/not/exist.pem'");

    assertThat(error).contains("#ssl.ca.location", "/does/not/exist.pem");
  }

  @Test
  void saysThatTheStoreHasAnotherPassword() throws SQLException {
    String error =
        refused(
            "HV024",
            TLS,
            option("#ssl.truststore.location", certificates.trustStore("PKCS12")),
            option("#ssl.truststore.password", "wrong-secret"));

    assertThat(error)
        .contains(certificates.trustStore("PKCS12").toString(), "password")
        .doesNotContain("wrong-secret");
  }
}
