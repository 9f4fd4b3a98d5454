package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionCheckTest {
  @Test
  void asksForNothingThatIsRequired() {
    assertThat(new OptionCheck().server(Map.of()).table(Map.of()).finish()).isEmpty();
  }

  @Test
  void namesOptionAndValueOfAWrongValue() {
    KadbException e = refused(new OptionCheck().table(Map.of("k_seg_batch", "12abc")));
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(e)
        .hasMessage("table option k_seg_batch: \"12abc\" is not an integer from 1 to 2147483647");
  }

  @Test
  void reportsAllProblemsOfADefinitionTogether() {
    Map<String, String> table = new LinkedHashMap<>();
    table.put("k_timeout_ms", "");
    table.put("#enable.auto.commit", "true");
    table.put("csv_strict", "maybe");
    KadbException e =
        refused(new OptionCheck().table(table).column("zip", Map.of("path", "user/zip")));
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(e.getMessage().split("; "))
        .satisfiesExactly(
            first -> assertThat(first).contains("k_timeout_ms: \"\" is not an integer"),
            second -> assertThat(second).contains("#enable.auto.commit: may not be set"),
            third -> assertThat(third).contains("csv_strict: \"maybe\" is not a boolean"),
            fourth -> assertThat(fourth).startsWith("option of column zip path: \"user/zip\""));
  }

  @ParameterizedTest
  @CsvSource({
    "enable.auto.commit, offsets move only in kadb.offsets",
    "auto.offset.reset, k_initial_offset",
    "enable.partition.eof, end of a partition",
    "plugin.library.paths, no code",
    "interceptors, no code",
    "interceptor.classes, no code",
    "key.deserializer, k_key_format",
    "value.deserializer, format",
    "rebalance_cb, no code",
    "anything_cb, no code",
    "ssl.certificate.verify_cb, no code",
  })
  void refusesForbiddenPropertiesWithTheReason(String property, String reason) {
    KadbException e = refused(new OptionCheck().server(Map.of("#" + property, "x")));
    assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_PROPERTY);
    assertThat(e.sqlState()).isEqualTo("HV00D");
    assertThat(e).hasMessageContainingAll("#" + property, "may not be set", reason);
  }

  @ParameterizedTest
  @CsvSource({
    "fetch.max.byte, fetch.max.bytes",
    "sasl.pasword, sasl.password",
    "socket.timout.ms, socket.timeout.ms",
    "bootstrap.server, bootstrap.servers",
  })
  void refusesUnknownPropertiesAndNamesTheNearest(String wrong, String right) {
    KadbException e = refused(new OptionCheck().table(Map.of("#" + wrong, "geheim")));
    assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_PROPERTY);
    assertThat(e)
        .hasMessage("table option #%s: no such client property, did you mean #%s?", wrong, right);
  }

  @Test
  void namesNothingWhenNothingIsNear() {
    KadbException e = refused(new OptionCheck().table(Map.of("#zzzzzzzzzzzz", "1")));
    assertThat(e).hasMessage("table option #zzzzzzzzzzzz: no such client property");
  }

  @ParameterizedTest
  @CsvSource({
    "fetch.min.bytes, 1k",
    "socket.timeout.ms, 12abc",
    "check.crcs, yes",
    "security.protocol, tls",
    "isolation.level, serializable",
    "bootstrap.servers, 'h1:9092,'",
    "metadata.broker.list, ':9092'",
    "sasl.kerberos.ticket.renew.jitter, abc",
  })
  void checksValuesOfProperties(String property, String value) {
    KadbException e = refused(new OptionCheck().server(Map.of("#" + property, value)));
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(e).hasMessageContainingAll("#" + property, "\"" + value + "\"");
  }

  @Test
  void onlyWarnsOfUnknownOptions() {
    Map<String, String> table = new LinkedHashMap<>();
    table.put("k_topik", "t");
    table.put("zzzzzzzzzz", "1");
    table.put("security.protocol", "ssl");
    assertThat(new OptionCheck().table(table).server(Map.of("k_broker", "h")).finish())
        .containsExactly(
            Notice.warning("unknown table option k_topik is ignored, did you mean k_topic?"),
            Notice.warning("unknown table option zzzzzzzzzz is ignored"),
            Notice.warning(
                "unknown table option security.protocol is ignored, did you mean"
                    + " #security.protocol?"),
            Notice.warning("unknown server option k_broker is ignored, did you mean k_brokers?"));
  }

  @Test
  void warnsOfOptionsOnTheWrongKindOfObject() {
    assertThat(new OptionCheck().table(Map.of("path", "/a")).finish())
        .containsExactly(
            Notice.warning("unknown table option path is ignored, it belongs on a column"));
    assertThat(new OptionCheck().column("a", Map.of("k_topic", "t")).finish())
        .containsExactly(
            Notice.warning(
                "unknown option of column a k_topic is ignored, it belongs on a server or a"
                    + " table"));
  }

  @Test
  void refusesPropertiesOnColumns() {
    KadbException e = refused(new OptionCheck().column("a", Map.of("#client.id", "x")));
    assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_PROPERTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k_allow_offset_increase", "schema"})
  void warnsOfDeprecatedNames(String name) {
    String value = name.equals("schema") ? "{}" : "true";
    assertThat(new OptionCheck().table(Map.of(name, value)).finish())
        .singleElement()
        .satisfies(notice -> assertThat(notice.level()).isEqualTo(Notice.Level.WARNING))
        .satisfies(notice -> assertThat(notice.text()).contains(name, "deprecated"));
  }

  @ParameterizedTest
  @CsvSource({
    "k_security_protocol, SASL_SSL",
    "kerberos_keytab, /etc/k.keytab",
    "kerberos_principal, kadb@EXAMPLE",
    "kerberos_service_name, kafka",
    "kerberos_min_time_before_relogin, 60000",
  })
  void takesOldNamesSilently(String name, String value) {
    assertThat(new OptionCheck().server(Map.of(name, value)).finish()).isEmpty();
  }

  @Test
  void warnsOfPropertiesWithoutEffect() {
    assertThat(new OptionCheck().server(Map.of("#queued.min.messages", "1000")).finish())
        .containsExactly(
            Notice.warning(
                "server option #queued.min.messages is ignored: the Java client has no such"
                    + " setting"));
  }

  @Test
  void refusesTheSameCharacterAsQuoteAndDelimiter() {
    KadbException e =
        refused(new OptionCheck().table(Map.of("csv_quote", ";", "csv_delimiter", ";")));
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(e).hasMessageContaining("may not be the same character");
  }

  @Test
  void refusesTwoSpellingsOfOneOption() {
    KadbException e =
        refused(new OptionCheck().table(Map.of("csv_delimeter", ";", "csv_delimiter", "|")));
    assertThat(e).hasMessageContainingAll("csv_delimeter", "csv_delimiter", "only one of them");
  }

  @Test
  void leavesReferencesForLater() {
    assertThat(new OptionCheck().table(Map.of("k_seg_batch", "${env:BATCH}")).finish()).isEmpty();
  }

  @Test
  void neverShowsTheValueOfASecret() {
    KadbException e =
        refused(
            new OptionCheck()
                .server(Map.of("#sasl.pasword", "geheim", "#sasl.password", "geheim"))
                .table(Map.of("k_seg_batch", "x")));
    assertThat(e.getMessage()).doesNotContain("geheim");
  }

  @Test
  void cutsLongValues() {
    KadbException e = refused(new OptionCheck().table(Map.of("k_topic", "x".repeat(300))));
    assertThat(e.getMessage()).contains("x".repeat(64)).doesNotContain("x".repeat(65));
  }

  private static KadbException refused(OptionCheck check) {
    KadbException e = catchThrowableOfType(KadbException.class, check::finish);
    assertThat(e).isNotNull();
    return e;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schema_registry_url|localhost:8081",
        "schema_registry_url|ftp://localhost:8081",
        "schema_registry_url|http://",
        "schema_registry_url|http://a:8081,b:8081",
        "schema_registry_url|http://a:8081?x=1",
        "k_brokers|http://localhost:9092",
        "#bootstrap.servers|https://localhost:9092",
        "#sasl.mechanisms|SCRAM-SHA256",
        "#sasl.mechanism|scram"
      })
  void refusesValuesThatCannotBeUsed(String option, String value) {
    KadbException e = refused(new OptionCheck().server(Map.of(option, value)));
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(e).hasMessageContainingAll(option, "\"" + value + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schema_registry_url|http://localhost",
        "schema_registry_url|https://a.example:8081/ccompat/v7, http://[::1]:8081/",
        "schema_registry_url|http://schema-registry:8081,${env:SECOND}",
        "k_brokers|SSL://localhost:9092,plaintext://[::1]:9093",
        "#sasl.mechanisms|scram-sha-256",
        "#sasl.mechanism|OAUTHBEARER"
      })
  void takesValuesThatCan(String option, String value) {
    assertThat(new OptionCheck().server(Map.of(option, value)).finish()).isEmpty();
  }

  @Test
  void neverShowsTheUserOfAnAddress() {
    KadbException e =
        refused(
            new OptionCheck()
                .server(Map.of("schema_registry_url", "http://ann:geheim@localhost:8081")));
    assertThat(e).hasMessageContaining("without a user").hasMessageNotContaining("geheim");
  }

  @Test
  void namesTheKnownMechanisms() {
    KadbException e = refused(new OptionCheck().server(Map.of("#sasl.mechanisms", "SCRAM")));
    assertThat(e)
        .hasMessage(
            "server option #sasl.mechanisms: \"SCRAM\" is not one of PLAIN, SCRAM-SHA-256,"
                + " SCRAM-SHA-512, GSSAPI, OAUTHBEARER");
  }

  @Test
  void takesAMechanismOfTheUsersOwnWithItsLogin() {
    Map<String, String> server =
        Map.of("#sasl.mechanism", "OWN", "#sasl.jaas.config", "own.Module required;");
    assertThat(new OptionCheck().server(server).finish()).isEmpty();
  }

  @Test
  void comparesTheMarksOfATableWithThoseItInherits() {
    Map<String, String> table = Map.of("csv_delimiter", "\"");
    Map<String, String> server = Map.of("csv_quote", "'");
    assertThat(new OptionCheck().table(table, List.of(server, Map.of())).finish()).isEmpty();
    assertThat(new OptionCheck().table(table, List.of(Map.of(), server)).finish()).isEmpty();
    assertThat(
            new OptionCheck()
                .table(table, List.of(Map.of("csv_quote", "${env:QUOTE}"), Map.of()))
                .finish())
        .isEmpty();
    KadbException e = refused(new OptionCheck().table(table, List.of(Map.of(), Map.of())));
    assertThat(e).hasMessageContaining("may not be the same character");
    refused(new OptionCheck().table(Map.of("csv_delimeter", "'"), List.of(server, Map.of())));
  }

  @Test
  void saysThatATextIsEmpty() {
    KadbException e = refused(new OptionCheck().server(Map.of("k_consumer_group", "")));
    assertThat(e).hasMessage("server option k_consumer_group: the value is empty");
  }

  @Test
  void asksForACloserLookAtValues() {
    OptionCheck check =
        new OptionCheck(
            (column, option) -> Optional.of("line 1, column 9"),
            (option, value) ->
                option == Option.AVRO_SCHEMA ? Optional.of("no schema") : Optional.empty());
    KadbException e = refused(check.table(Map.of("avro_schema", "{}", "k_topic", "t")));
    assertThat(e).hasMessage("line 1, column 9: table option avro_schema: no schema");
  }
}
