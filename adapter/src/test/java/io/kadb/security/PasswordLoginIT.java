package io.kadb.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.KafkaTest;
import io.kadb.testing.Secured;
import io.kadb.testing.TestClients;
import io.kadb.testing.TestLogin;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins with user name and password, and what the brokers then allow. */
@KafkaTest(
    secured = Secured.PASSWORD,
    server = {
      "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
      "super.users=User:ANONYMOUS"
    })
class PasswordLoginIT extends SecuredFixture {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String SASL = "\"#security.protocol\" 'SASL_PLAINTEXT'";
  private static final String SCRAM = SASL + ", \"#sasl.mechanisms\" 'SCRAM-SHA-512'";

  @BeforeEach
  void letSomeRead() {
    allow(TestLogin.LOADER, AclOperation.READ);
    allow(TestLogin.PATHFINDER, AclOperation.READ);
  }

  private void allow(TestLogin who, AclOperation what) {
    AclBinding rule =
        new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, topic.name(), PatternType.LITERAL),
            new AccessControlEntry("User:" + who.userName(), "*", what, AclPermissionType.ALLOW));
    TestClients.await(kafka.clients().admin().createAcls(List.of(rule)).all());
    AclBindingFilter filter = rule.toFilter();
    long deadline = System.nanoTime() + SOON.toNanos();
    while (TestClients.await(kafka.clients().admin().describeAcls(filter).values()).isEmpty()) {
      assertThat(System.nanoTime()).as("no rule " + rule).isLessThan(deadline);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN"})
  void readsAsAUserWithAPassword(String mechanism) throws SQLException {
    assertThat(read(SASL, option("#sasl.mechanisms", mechanism), login(TestLogin.LOADER)))
        .containsExactly(MESSAGE);
    assertThat(sql.warnings()).noneMatch(warning -> warning.startsWith("01"));
  }

  @Test
  void takesTheUserOfTheTableBeforeThatOfTheServer() throws SQLException {
    define(SCRAM, login(TestLogin.STRANGER));
    sql.update(
        "ALTER FOREIGN TABLE t OPTIONS (ADD "
            + option("#sasl.username", TestLogin.LOADER.userName())
            + ", ADD "
            + option("#sasl.password", TestLogin.LOADER.password())
            + ")");

    assertThat(readAgain()).containsExactly(MESSAGE);
  }

  @Test
  void takesTheJavaClientsOwnNames() throws SQLException {
    String password = TestLogin.LOADER.password().replace("\\", "\\\\").replace("\"", "\\\"");
    assertThat(
            read(
                SASL,
                "\"#sasl.mechanism\" 'SCRAM-SHA-256'",
                option(
                    "#sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required"
                        + " username=loader password=\""
                        + password
                        + "\";")))
        .containsExactly(MESSAGE);
  }

  @Test
  void takesThePasswordFromTheEnvironment() throws SQLException {
    assertThat(
            read(
                SCRAM,
                option("#sasl.username", TestLogin.PATHFINDER.userName()),
                "\"#sasl.password\" '${env:PATH}'"))
        .containsExactly(MESSAGE);
  }

  @Test
  void takesThePasswordFromAFileAndReadsItForEachStatement() throws SQLException, IOException {
    Path secrets = folder.resolve("secrets.properties");
    writeEntry(secrets, "not yet the right one");
    String reference = "${file:" + secrets + ":kafka.password}";
    refused(
        "28000",
        SCRAM,
        option("#sasl.username", TestLogin.LOADER.userName()),
        option("#sasl.password", reference));

    writeEntry(secrets, TestLogin.LOADER.password());

    assertThat(readAgain()).containsExactly(MESSAGE);
  }

  private static void writeEntry(Path file, String password) throws IOException {
    Properties entries = new Properties();
    entries.setProperty("kafka.password", password);
    try (Writer writer = Files.newBufferedWriter(file)) {
      entries.store(writer, null);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN"})
  void refusesAWrongPassword(String mechanism) throws SQLException {
    String error =
        refused(
            "28000",
            SASL,
            option("#sasl.mechanisms", mechanism),
            "\"#sasl.username\" 'loader', \"#sasl.password\" 'wrong-secret'");

    assertThat(error)
        .contains("uthentication failed")
        .contains("#sasl.")
        .doesNotContain("wrong-secret");
  }

  @Test
  void saysWhichMechanismsTheBrokersOffer() throws SQLException {
    String error =
        refused(
            "28000",
            SASL,
            "\"#sasl.mechanisms\" 'OAUTHBEARER'",
            option(
                "#sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                    + " unsecuredLoginStringClaim_sub=\"loader\";"));

    assertThat(error).contains("OAUTHBEARER", "SCRAM-SHA-256", "PLAIN").contains("#sasl.");
  }

  @Test
  void saysWhichTopicAUserMayNotSee() throws SQLException {
    String error = refused("42501", SCRAM, login(TestLogin.STRANGER));

    assertThat(error).contains(topic.name()).contains("READ and DESCRIBE");
    assertThat(sql.rows("SELECT * FROM kadb.offsets")).isEmpty();
  }

  @Test
  void saysWhichTopicAUserMaySeeButNotRead() throws SQLException {
    allow(TestLogin.STRANGER, AclOperation.DESCRIBE);

    String error = refused("42501", SCRAM, login(TestLogin.STRANGER));

    assertThat(error).contains(topic.name()).contains("READ and DESCRIBE");
    assertThat(sql.rows("SELECT * FROM kadb.offsets")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM kadb.load_offsets_committed('t')",
        "SELECT kadb.offsets_to_committed('t')",
        "SELECT kadb.commit_offsets('t')"
      })
  void saysWhichGroupAUserMayNotUse(String call) throws SQLException {
    define(SCRAM, login(TestLogin.LOADER));
    readAgain();
    List<String> before = sql.rows("SELECT * FROM kadb.offsets");

    assertThat(refused("42501", () -> sql.rows(call))).contains("consumer group g");
    assertThat(sql.rows("SELECT * FROM kadb.offsets")).isEqualTo(before).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM kadb.load_partitions('t')",
        "SELECT kadb.partitions_obtain('t')",
        "SELECT kadb.partitions_reset('t')"
      })
  void saysWhichTopicTheFunctionsMayNotSee(String call) throws SQLException {
    define(SCRAM, login(TestLogin.STRANGER));

    assertThat(refused("42501", () -> sql.rows(call))).contains(topic.name());
    assertThat(sql.rows("SELECT * FROM kadb.offsets")).isEmpty();
  }

  @Test
  void viewsWarnOfTopicsThatAUserMayNotSee() throws SQLException {
    define(SCRAM, login(TestLogin.STRANGER));

    assertThat(sql.rows("SELECT table_name, prt, lag FROM kadb.lag"))
        .containsExactly("t|null|null");
    assertThat(sql.warnings())
        .singleElement()
        .asString()
        .startsWith("01000 foreign table public.t: ")
        .contains(topic.name());
  }

  @Test
  void readsOnceTheRightIsGiven() throws SQLException {
    refused("42501", SCRAM, login(TestLogin.STRANGER));

    allow(TestLogin.STRANGER, AclOperation.READ);

    assertThat(readAgain()).containsExactly(MESSAGE);
  }

  @Test
  void saysThatTheProtocolMayBeWrongWhereBrokersWantALogin() throws SQLException {
    define("\"#security.protocol\" 'PLAINTEXT'");
    sql.update("ALTER SERVER k OPTIONS (SET k_latency_ms '1500')");

    String error = refused("08001", this::readAgain);

    assertThat(error).contains("#security.protocol").contains(kafka.bootstrapServers());
  }
}
