package io.kadb.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.KafkaTest;
import io.kadb.testing.Secured;
import io.kadb.testing.TestKdc;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Logins with a keytab. */
@KafkaTest(secured = Secured.KERBEROS)
class LoginByKerberosIT extends SecuredFixture {
  private static final TestKdc KDC = TestKdc.running();
  private static final String PRINCIPAL = KDC.principal("loader");
  private static final Path KEYTAB = KDC.keytab(PRINCIPAL);
  private static final String SASL = "\"#security.protocol\" 'SASL_PLAINTEXT'";

  @Test
  void logsInByLibrdkafkasNames() throws SQLException {
    assertThat(
            read(
                SASL,
                "\"#sasl.mechanisms\" 'GSSAPI', \"#sasl.kerberos.service.name\" 'kafka'",
                option("#sasl.kerberos.keytab", KEYTAB),
                option("#sasl.kerberos.principal", PRINCIPAL)))
        .containsExactly(MESSAGE);
  }

  @Test
  void logsInByTheOldNames() throws SQLException {
    assertThat(
            read(
                "k_security_protocol 'sasl_plaintext', kerberos_service_name 'kafka'",
                option("kerberos_keytab", KEYTAB),
                option("kerberos_principal", PRINCIPAL),
                "kerberos_min_time_before_relogin '60000'"))
        .containsExactly(MESSAGE);
    assertThat(sql.warnings()).noneMatch(warning -> warning.startsWith("01"));
  }

  @Test
  void logsInByTheJavaClientsNames() throws SQLException {
    assertThat(
            read(
                SASL,
                option(
                    "#sasl.jaas.config",
                    "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true"
                        + " storeKey=true keyTab=\""
                        + KEYTAB
                        + "\" principal=\""
                        + PRINCIPAL
                        + "\";")))
        .containsExactly(MESSAGE);
  }

  @Test
  void takesTheKeytabFromAPropertyBeforeTheOldName() throws SQLException {
    assertThat(
            read(
                SASL,
                "kerberos_keytab '/does/not/exist'",
                option("#sasl.kerberos.keytab", KEYTAB),
                option("kerberos_principal", PRINCIPAL)))
        .containsExactly(MESSAGE);
  }

  @Test
  void saysWhichKeytabIsMissing() throws SQLException {
    String error =
        refused(
            "HV024",
            SASL,
            "kerberos_keytab '/does/not/exist'",
            option("kerberos_principal", PRINCIPAL));

    assertThat(error).contains("kerberos_keytab", "/does/not/exist");
  }

  @Test
  void saysThatTheKeytabIsOfSomebodyElse() throws SQLException {
    String error =
        refused(
            "28000",
            SASL,
            option("#sasl.kerberos.keytab", KEYTAB),
            option("#sasl.kerberos.principal", KDC.principal("stranger")));

    assertThat(error)
        .contains("#sasl.kerberos.principal", "#sasl.kerberos.keytab")
        .doesNotContain("\n");
  }

  @Test
  void saysThatTheServiceMayHaveAnotherName() throws SQLException {
    define(
        SASL,
        "\"#sasl.kerberos.service.name\" 'broker'",
        option("#sasl.kerberos.keytab", KEYTAB),
        option("#sasl.kerberos.principal", PRINCIPAL));
    sql.update("ALTER SERVER k OPTIONS (SET k_latency_ms '1500')");

    assertThat(refused("08001", this::readAgain)).contains("\"#sasl.kerberos.service.name\"");
  }
}
