package io.kadb.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.KafkaTest;
import io.kadb.testing.Secured;
import io.kadb.testing.TestCertificates;
import io.kadb.testing.TestLogin;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login with a password inside of TLS: what most brokers ask for. */
@KafkaTest(secured = Secured.PASSWORD_OVER_TLS)
class PasswordOverTlsIT extends SecuredFixture {
  private static final String SASL_TLS = "\"#security.protocol\" 'sasl_ssl'";
  private static final String TRUST =
      option("#ssl.ca.location", TestCertificates.made().authority());

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN"})
  void readsAsAUserWithAPassword(String mechanism) throws SQLException {
    assertThat(
            read(SASL_TLS, TRUST, option("#sasl.mechanisms", mechanism), login(TestLogin.LOADER)))
        .containsExactly(MESSAGE);
  }

  @Test
  void takesTheProtocolByItsOldName() throws SQLException {
    assertThat(
            read(
                "k_security_protocol 'sasl_ssl', \"#sasl.mechanism\" 'SCRAM-SHA-256'",
                TRUST,
                login(TestLogin.LOADER)))
        .containsExactly(MESSAGE);
  }

  @Test
  void tellsAWrongPasswordFromAWrongAuthority() throws SQLException {
    String scram = "\"#sasl.mechanisms\" 'SCRAM-SHA-512', \"#sasl.username\" 'loader'";

    assertThat(refused("28000", SASL_TLS, scram, TRUST, "\"#sasl.password\" 'wrong-secret'"))
        .contains("#sasl.")
        .doesNotContain("wrong-secret");
    assertThat(
            refused(
                "08001",
                SASL_TLS,
                scram,
                option("#ssl.ca.location", TestCertificates.made().otherAuthority()),
                "\"#sasl.password\" 'wrong-secret'"))
        .contains("#ssl.ca.location")
        .doesNotContain("wrong-secret");
  }
}
