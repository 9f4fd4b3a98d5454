package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaslSettingsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "PLAIN, org.apache.kafka.common.security.plain.PlainLoginModule",
    "scram-sha-256, org.apache.kafka.common.security.scram.ScramLoginModule",
    "SCRAM-SHA-512, org.apache.kafka.common.security.scram.ScramLoginModule",
  })
  void logsInWithUserNameAndPassword(String mechanism, String module) {
    Map<String, String> values =
        values(
            Map.of(
                "#sasl.mechanisms", mechanism,
                "#sasl.username", "alice",
                "#sasl.password", "geheim"));
    assertThat(values).containsEntry("sasl.mechanism", mechanism.toUpperCase(Locale.ROOT));
    assertThat(login(values).getLoginModuleName()).isEqualTo(module);
    assertThat(login(values).getOptions())
        .isEqualTo(Map.of("username", "alice", "password", "geheim"));
    assertThat(values).doesNotContainKeys("sasl.username", "sasl.password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a\\b", "a;b = c", "a'b", "a\nb\t1", "ä€", "", "\\n"})
  void keepsEveryPasswordAsItIs(String password) {
    Map<String, String> values =
        values(
            Map.of(
                "#sasl.mechanism", "PLAIN",
                "#sasl.username", "alice",
                "#sasl.password", password));
    assertThat(login(values).getOptions().get("password")).isEqualTo(password);
  }

  @Test
  void logsInWithKeytabAndPrincipal() throws IOException {
    Map<String, String> values =
        values(
            Map.of(
                "#sasl.kerberos.keytab", keytab(),
                "#sasl.kerberos.principal", "kadb@EXAMPLE.COM",
                "#sasl.kerberos.service.name", "broker",
                "#sasl.kerberos.min.time.before.relogin", "30000"));
    assertThat(values)
        .containsEntry("sasl.kerberos.service.name", "broker")
        .containsEntry("sasl.kerberos.min.time.before.relogin", "30000");
    assertThat(login(values).getOptions().entrySet())
        .extracting(Object::toString)
        .contains("useKeyTab=true", "keyTab=" + keytab(), "principal=kadb@EXAMPLE.COM");
  }

  @Test
  void knowsKerberosUnderItsOldNames() throws IOException {
    Map<String, String> values =
        values(
            Map.of(
                "kerberos_keytab", keytab(),
                "kerberos_principal", "kadb@EXAMPLE.COM",
                "kerberos_service_name", "broker",
                "kerberos_min_time_before_relogin", "30000"));
    assertThat(values)
        .containsEntry("sasl.kerberos.service.name", "broker")
        .containsEntry("sasl.kerberos.min.time.before.relogin", "30000");
    assertThat(login(values).getOptions().entrySet())
        .extracting(Object::toString)
        .contains("keyTab=" + keytab(), "principal=kadb@EXAMPLE.COM");
  }

  @Test
  void usesTheTicketCacheWithoutAKeytab() {
    Map<String, String> values = values(Map.of());
    assertThat(values).containsEntry("sasl.kerberos.service.name", "kafka");
    assertThat(login(values).getOptions().get("useTicketCache")).isEqualTo("true");
  }

  @Test
  void keepsALoginConfigurationOfTheUsersOwn() {
    Map<String, String> given =
        Map.of(
            "#sasl.mechanism", "PLAIN",
            "#sasl.jaas.config", "own.Module required;",
            "#sasl.username", "alice",
            "#sasl.password", "geheim");
    assertThat(values(given)).containsEntry("sasl.jaas.config", "own.Module required;");
  }

  @Test
  void prefersCredentialsNearerToTheTable() {
    Map<String, String> server = new HashMap<>();
    server.put("k_brokers", "h");
    server.put("#security.protocol", "SASL_SSL");
    server.put("#sasl.mechanism", "PLAIN");
    server.put("#sasl.jaas.config", "own.Module required;");
    OptionSet options =
        OptionSet.merge(
            Map.of(), server, Map.of("#sasl.username", "bob", "#sasl.password", "geheim"));
    assertThat(login(options.clientProperties().values()).getOptions().get("username"))
        .isEqualTo("bob");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> values(Map.of("#sasl.mechanism", "PLAIN", "#sasl.username", "a")))
        .hasMessageContaining("missing option #sasl.password for SASL mechanism PLAIN");
    assertThatThrownBy(() -> values(Map.of("#sasl.kerberos.keytab", keytab())))
        .hasMessageContaining("missing option #sasl.kerberos.principal");
    assertThatThrownBy(() -> values(Map.of("#sasl.username", "a", "#sasl.password", "b")))
        .hasMessageContaining("missing option #sasl.mechanisms");
  }

  @Test
  void saysWhichKeytabItCannotRead() {
    String missing = folder.resolve("missing").toString();
    assertThatThrownBy(
            () ->
                values(
                    Map.of("kerberos_keytab", missing, "kerberos_principal", "kadb@EXAMPLE.COM")))
        .hasMessageContaining("server option kerberos_keytab: cannot read \"");
  }

  @Test
  void logsInWithATokenFromAnEndpoint() {
    Map<String, String> values =
        values(
            Map.of(
                "#sasl.mechanisms", "OAUTHBEARER",
                "#sasl.oauthbearer.token.endpoint.url", "https://id/token",
                "#sasl.oauthbearer.client.id", "kadb",
                "#sasl.oauthbearer.client.secret", "geheim"));
    assertThat(login(values).getLoginModuleName()).endsWith(".OAuthBearerLoginModule");
    assertThat(values)
        .containsEntry("sasl.oauthbearer.client.credentials.client.id", "kadb")
        .containsEntry("sasl.oauthbearer.client.credentials.client.secret", "geheim")
        .containsKey("sasl.login.callback.handler.class");
    assertThat(AdminClientConfig.configNames()).containsAll(values.keySet());
  }

  @Test
  void passesEverythingAboutTokensOnAsTheJavaClientWantsIt() {
    String login =
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
            + " unsecuredLoginStringClaim_sub=\"kadb\" extension_tenant=\"a b\";";
    Map<String, String> values =
        values(
            Map.of(
                "#sasl.mechanisms", "oauthbearer",
                "#sasl.jaas.config", login,
                "#sasl.login.callback.handler.class", "own.Handler",
                "#sasl.login.refresh.window.factor", "0.5",
                "#sasl.oauthbearer.scope", "kafka",
                "#sasl.oauthbearer.sub.claim.name", "azp"));

    assertThat(values)
        .containsEntry("sasl.mechanism", "OAUTHBEARER")
        .containsEntry("sasl.jaas.config", login)
        .containsEntry("sasl.login.callback.handler.class", "own.Handler")
        .containsEntry("sasl.login.refresh.window.factor", "0.5")
        .containsEntry("sasl.oauthbearer.sub.claim.name", "azp");
    assertThat(login(values).getOptions().entrySet())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("unsecuredLoginStringClaim_sub=kadb", "extension_tenant=a b");
    assertThat(AdminClientConfig.configNames()).containsAll(values.keySet());
  }

  @Test
  void leavesTokensToTheUsersOwnClasses() {
    Map<String, String> own =
        Map.of(
            "#sasl.mechanism", "OAUTHBEARER",
            "#sasl.login.callback.handler.class", "own.Handler");
    assertThat(values(own)).containsEntry("sasl.login.callback.handler.class", "own.Handler");
    assertThatThrownBy(() -> values(Map.of("#sasl.mechanism", "OAUTHBEARER")))
        .hasMessageContaining("missing option #sasl.oauthbearer.token.endpoint.url");
  }

  @Test
  void staysSilentWhereTheProtocolNeedsNoLogin() {
    OptionSet options =
        OptionSet.merge(Map.of(), Map.of("k_brokers", "h", "#sasl.username", "a"), Map.of());
    assertThat(options.clientProperties().values()).containsOnlyKeys("bootstrap.servers");
  }

  private static Map<String, String> values(Map<String, String> given) {
    Map<String, String> server = new HashMap<>(given);
    server.put("k_brokers", "h");
    server.put("#security.protocol", "sasl_plaintext");
    return OptionSet.merge(Map.of(), server, Map.of()).clientProperties().values();
  }

  /** Reads the login configuration as the Kafka client does. */
  private static AppConfigurationEntry login(Map<String, String> values) {
    Password config = new Password(values.get("sasl.jaas.config"));
    List<AppConfigurationEntry> entries =
        JaasContext.loadClientContext(Map.of("sasl.jaas.config", config)).configurationEntries();
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private String keytab() throws IOException {
    Path file = folder.resolve("kadb.keytab");
    return (Files.exists(file) ? file : Files.createFile(file)).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "scram-sha-512", "PLAIN"})
  void asksForTheUserNameByTheNameUsersKnow(String mechanism) {
    assertThatThrownBy(
            () -> values(Map.of("#sasl.mechanisms", mechanism, "#sasl.password", "geheim")))
        .hasMessageContaining("missing option #sasl.username")
        .hasMessageNotContaining("jaas");
  }

  @Test
  void refusesAMechanismThatAReferenceTurnsOutToMean() throws IOException {
    Path file = Files.writeString(folder.resolve("m.properties"), "m=SCRAM");
    assertThatThrownBy(() -> values(Map.of("#sasl.mechanisms", "${file:" + file + ":m}")))
        .hasMessageContaining("#sasl.mechanisms")
        .hasMessageContaining("SCRAM-SHA-512");
  }
}
