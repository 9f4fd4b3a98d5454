package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionTest {
  @Test
  void listsEveryOption() {
    assertThat(Arrays.stream(Option.values()).map(Option::optionName))
        .containsExactlyInAnyOrder(
            "k_brokers",
            "k_topic",
            "k_consumer_group",
            "k_seg_batch",
            "k_timeout_ms",
            "k_latency_ms",
            "format",
            "k_initial_offset",
            "k_automatic_offsets",
            "avro_schema",
            "csv_quote",
            "csv_delimeter",
            "csv_null",
            "csv_ignore_header",
            "csv_attribute_trim_whitespace",
            "k_segments",
            "k_scan_mode",
            "k_stop_at_end",
            "k_limit_offsets",
            "csv_strict",
            "csv_dialect",
            "csv_escape",
            "csv_force_not_null",
            "csv_fill_missing_fields",
            "delimited_delimiter",
            "delimited_eol_prefix",
            "delimited_quote",
            "delimited_escape",
            "delimited_null",
            "json_rows",
            "avro_json_bytes",
            "avro_match",
            "schema_registry_url",
            "schema_registry_user",
            "schema_registry_password",
            "schema_registry_ssl_ca_location",
            "schema_registry_ssl_certificate_location",
            "schema_registry_ssl_key_location",
            "schema_registry_ssl_key_password",
            "k_key_format",
            "k_tombstone_rows",
            "k_max_message_rows",
            "k_max_message_bytes",
            "source",
            "path",
            "k_on_error",
            "k_reject_limit",
            "k_security_protocol",
            "kerberos_keytab",
            "kerberos_principal",
            "kerberos_service_name",
            "kerberos_min_time_before_relogin");
  }

  @Test
  void givesNoNameToTwoOptions() {
    List<String> names = new ArrayList<>();
    for (Option option : Option.values()) {
      names.add(option.optionName());
      names.addAll(option.aliases());
    }
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void requiresSixOptionsAndNoOther() {
    assertThat(Option.requiredOptions())
        .extracting(Option::optionName)
        .containsExactly(
            "k_brokers", "k_topic", "k_consumer_group", "k_seg_batch", "k_timeout_ms", "format");
  }

  @Test
  void knowsOldAndSecondNames() {
    assertThat(Option.named("csv_delimeter")).contains(Option.CSV_DELIMITER);
    assertThat(Option.named("csv_delimiter")).contains(Option.CSV_DELIMITER);
    assertThat(Option.named("schema")).contains(Option.AVRO_SCHEMA);
    assertThat(Option.named("k_allow_offset_increase")).contains(Option.AUTOMATIC_OFFSETS);
    assertThat(Option.named("K_TOPIC")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void describesItselfInOneSentence(Option option) {
    assertThat(option.description()).endsWith(".").doesNotContain("|", "\n");
    assertThat(option.levels()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void standsOnConnectionsServersAndTablesOrOnColumns(Option option) {
    assertThat(option.levels())
        .isIn(Set.of(Level.CONNECTION, Level.SERVER, Level.TABLE), Set.of(Level.COLUMN));
    assertThat(option.levels().contains(Level.COLUMN))
        .isEqualTo(option == Option.SOURCE || option == Option.PATH);
  }

  @ParameterizedTest
  @EnumSource
  void acceptsItsOwnDefault(Option option) {
    assertThat(option.defaultText().stream())
        .allSatisfy(text -> assertThat(option.valueType().accepts(text)).isTrue());
  }

  @ParameterizedTest
  @EnumSource
  void standsForAKnownClientPropertyIfForAny(Option option) {
    assertThat(option.property().stream())
        .allSatisfy(
            name ->
                assertThat(ClientPropertyList.find(name))
                    .hasValueSatisfying(property -> assertThat(property.name()).isEqualTo(name)));
  }
}
