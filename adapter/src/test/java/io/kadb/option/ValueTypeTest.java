package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTypeTest {
  @ParameterizedTest(name = "{0} takes [{1}]")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "k_seg_batch | 1",
        "k_seg_batch | 2147483647",
        "k_timeout_ms | 0",
        "k_initial_offset | 9223372036854775807",
        "k_initial_offset | 007",
        "k_automatic_offsets | true",
        "k_automatic_offsets | FALSE",
        "k_automatic_offsets | On",
        "k_automatic_offsets | off",
        "format | CSV",
        "format | avro_registry",
        "k_scan_mode | Snapshot",
        "csv_quote | '",
        "csv_delimeter | ;",
        "csv_delimeter | `\t`",
        "csv_null | ``",
        "avro_schema | {\"type\": \"record\", \"name\": \"r\", \"fields\": []}",
        "k_brokers | localhost",
        "k_brokers | h1:9092, h2:65535",
        "k_brokers | [::1]:9092,[fe80::1]",
        "k_brokers | SASL_SSL://h1:9092",
        "k_topic | a.B-c_1",
        "k_reject_limit | 0",
        "k_reject_limit | 100%",
        "source | key",
        "source | header:trace id",
        "path | /user/address/0/zip",
        "path | /a~1b~0c",
        "path | ``",
      })
  void acceptsValuesInRange(String option, String value) {
    assertThat(type(option).accepts(value)).isTrue();
  }

  @ParameterizedTest(name = "{0} refuses [{1}]")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "k_seg_batch | 0",
        "k_seg_batch | -1",
        "k_seg_batch | 2147483648",
        "k_seg_batch | 99999999999999999999",
        "k_seg_batch | ``",
        "k_seg_batch | 12abc",
        "k_seg_batch | abc",
        "k_seg_batch | ` 12`",
        "k_seg_batch | 1.0",
        "k_seg_batch | +1",
        "k_seg_batch | 1_000",
        "k_seg_batch | ١٢",
        "k_initial_offset | 9223372036854775808",
        "k_automatic_offsets | yes",
        "k_automatic_offsets | 1",
        "k_automatic_offsets | t",
        "k_automatic_offsets | ``",
        "format | xml",
        "k_scan_mode | ``",
        "csv_quote | ``",
        "csv_quote | ab",
        "csv_quote | é",
        "csv_delimeter | `\n`",
        "csv_delimeter | `\r`",
        "avro_schema | {\"type\": }",
        "avro_schema | {} {}",
        "avro_schema | {\"a\": 1, \"a\": 2}",
        "avro_schema | ``",
        "k_brokers | ``",
        "k_brokers | h1:9092,",
        "k_brokers | h1:0",
        "k_brokers | h1:65536",
        "k_brokers | h1:port",
        "k_brokers | h1 h2",
        "k_topic | ``",
        "k_topic | ..",
        "k_topic | a b",
        "k_reject_limit | 101%",
        "k_reject_limit | -1",
        "source | value",
        "source | header:",
        "path | user/zip",
        "path | /a~2",
      })
  void refusesEverythingElse(String option, String value) {
    assertThat(type(option).accepts(value)).isFalse();
  }

  private static ValueType type(String option) {
    return Option.named(option).orElseThrow().valueType();
  }

  @Test
  void checksALongPathWithoutMuchStack() {
    assertThat(Option.PATH.valueType().accepts("/a~0".repeat(100_000))).isTrue();
    assertThat(Option.PATH.valueType().accepts("/a".repeat(100_000) + "~")).isFalse();
  }
}
