package io.kadb.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kadb.testing.KafkaTest;
import io.kadb.testing.Secured;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestCertificates;
import io.kadb.testing.TestCertificates.Holder;
import io.kadb.testing.TestLogin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets stay where they were put: whatever happens, nobody gets to read one. */
@KafkaTest(secured = Secured.PASSWORD_OVER_TLS)
class SecretsIT extends SecuredFixture {
  private static final TestCertificates CERTIFICATES = TestCertificates.made();
  private static final String WRONG = "wrong-secret";
  private static final String REGISTRY = "registry-secret";
  private static final String SCRAM =
      "\"#security.protocol\" 'SASL_SSL', \"#sasl.mechanisms\" 'SCRAM-SHA-512', "
          + option("#ssl.ca.location", CERTIFICATES.authority());

  /** The client shows a certificate, too, which these brokers do not ask for. */
  private static final String CERTIFICATE =
      option("#ssl.certificate.location", CERTIFICATES.certificate(Holder.CLIENT))
          + ", "
          + option("#ssl.key.location", CERTIFICATES.encryptedKey(Holder.CLIENT))
          + ", "
          + option("#ssl.key.password", TestCertificates.PASSWORD)
          + ", "
          + option("schema_registry_password", REGISTRY);

  private final List<String> seen = new ArrayList<>();
  private CapturedLog log;

  @BeforeEach
  void capture() {
    log = new CapturedLog();
  }

  @AfterEach
  void release() {
    log.close();
  }

  @Test
  void areNotShownWhereAllGoesWell() throws Exception {
    define(SCRAM, CERTIFICATE, login(TestLogin.STRANGER));
    seen.addAll(sql.warnings());
    assertThat(readAgain()).containsExactly(MESSAGE);
    seen.addAll(sql.warnings());
    seen.addAll(sql.rows("EXPLAIN PLAN FOR SELECT v FROM t"));
    showSchema();

    assertThat(log.text())
        .contains("ConsumerConfig values", "AdminClientConfig values")
        .contains("sasl.jaas.config = [hidden]", "ssl.keystore.key = [hidden]");
    assertNothingShown();
  }

  @Test
  void areNotShownByErrorsOfTheBrokers() throws Exception {
    define(SCRAM, CERTIFICATE, option("#sasl.username", "loader"), option("#sasl.password", WRONG));
    showError("28000", this::readAgain);
    sql.update("ALTER SERVER k OPTIONS (SET " + option("#sasl.mechanisms", "PLAIN") + ")");
    showError("28000", this::readAgain);
    sql.update(
        "ALTER SERVER k OPTIONS (SET "
            + option("#ssl.ca.location", CERTIFICATES.otherAuthority())
            + ")");
    showError("08001", this::readAgain);
    sql.update("ALTER SERVER k OPTIONS (SET " + option("#ssl.key.password", WRONG) + ")");
    showError("HV024", this::readAgain);
    seen.addAll(sql.rows("EXPLAIN PLAN FOR SELECT v FROM t"));

    assertThat(log.text()).contains("failed authentication");
    assertNothingShown();
  }

  @Test
  void areNotShownByErrorsInDefinitions() throws Exception {
    define(SCRAM, login(TestLogin.STRANGER));
    String secret = option("#sasl.password", WRONG);
    showError("42601", () -> alter("ADD " + secret + " x"));
    showError("42601", () -> sql.update("CREATE SERVER x OPTIONS (" + secret + ")"));
    showError("42710", () -> alter("ADD " + secret));
    showError("HV00D", () -> alter("ADD " + option("#sasl.pasword", WRONG)));
    showError("HV00D", () -> alter("ADD " + option("#ssl.key.passwort", WRONG)));
    alter("ADD " + option("sasl.password", WRONG));
    seen.addAll(sql.warnings());
    readAgain();
    seen.addAll(sql.warnings());
    assertThat(sql.warnings()).anyMatch(w -> w.startsWith("01000") && w.contains("sasl.password"));
    showSchema();

    assertNothingShown();
  }

  @Test
  void areNotShownWhereTheyCannotBeRead() throws Exception {
    define(SCRAM, option("#sasl.jaas.config", "own.Module required password=x " + WRONG + ";"));

    assertThat(showError("HV024", this::readAgain)).contains("#sasl.jaas.config");
    showSchema();

    assertNothingShown();
  }

  private void alter(String changes) throws SQLException {
    sql.update("ALTER SERVER k OPTIONS (" + changes + ")");
  }

  /** Reads whatever there is in schema kadb: tables, views. */
  private void showSchema() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found = sql.connection().getMetaData().getTables(null, "kadb", "%", null)) {
      while (found.next()) {
        tables.add(found.getString("TABLE_NAME"));
        seen.add(SqlClient.row(found));
      }
    }
    assertThat(tables).contains("offsets");
    for (String table : tables) {
      seen.addAll(sql.rows("SELECT * FROM kadb.\"" + table + '"'));
      seen.addAll(sql.warnings());
    }
  }

  private String showError(String state, ThrowingCallable call) {
    Throwable error = catchThrowable(call);
    assertThat(error).as("wanted an error with SQLState " + state).isInstanceOf(SQLException.class);
    assertThat(((SQLException) error).getSQLState()).as(error.getMessage()).isEqualTo(state);
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    seen.add(text.toString());
    return error.getMessage();
  }

  private void assertNothingShown() throws IOException {
    String[] secrets = {
      TestLogin.STRANGER.password(),
      TestCertificates.PASSWORD,
      WRONG,
      REGISTRY,
      Files.readAllLines(CERTIFICATES.key(Holder.CLIENT)).get(3),
      Files.readAllLines(CERTIFICATES.encryptedKey(Holder.CLIENT)).get(3)
    };
    assertThat(String.join("\n", seen)).doesNotContain(secrets);
    assertThat(log.text()).doesNotContain(secrets);
  }
}
