package io.kadb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {
  @ParameterizedTest
  @ValueSource(strings = {"text", "TEXT", "Text"})
  void knowsTextInAnyCase(String name) {
    Decoder decoder = factory(name, Map.of()).decoder(Shapes.of("value text"));
    assertThat(Shapes.rows(decoder, TestMessage.of("a,b"))).isEqualTo(List.of(List.of("a,b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "CSV"})
  void knowsCsvInAnyCase(String name) {
    Decoder decoder = factory(name, Map.of()).decoder(Shapes.of("a text", "b text"));
    assertThat(Shapes.rows(decoder, TestMessage.of("a,b"))).isEqualTo(List.of(List.of("a", "b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "JSON"})
  void knowsJsonInAnyCase(String name) {
    Decoder decoder = factory(name, Map.of()).decoder(Shapes.of("b text", "a text"));
    assertThat(Shapes.rows(decoder, TestMessage.of("{\"a\":1,\"b\":2}")))
        .isEqualTo(List.of(List.of("2", "1")));
  }

  @ParameterizedTest
  @CsvSource({
    "json, /a, true", "JSON, '', true", "avro, '', true", "Avro_Registry, '', true",
    "avro, /a, false", "csv, '', false", "binary, '', false", "delimited, /a, false"
  })
  void knowsWhichFormatsReadAPath(String format, String path, boolean reads) {
    assertThat(Formats.readsPath(format, path)).isEqualTo(reads);
  }

  @ParameterizedTest
  @ValueSource(strings = {"delimited", "DELIMITED"})
  void knowsDelimitedInAnyCase(String name) {
    Decoder decoder =
        factory(name, Map.of("delimited_delimiter", "||")).decoder(Shapes.of("a text", "b text"));
    assertThat(Shapes.rows(decoder, TestMessage.of("a||b"))).isEqualTo(List.of(List.of("a", "b")));
  }

  @Test
  void passesTheOptionsOn() {
    Map<String, String> options =
        Map.of("csv_delimiter", ";", "k_max_message_rows", "1", "unknown", "x");
    Decoder decoder = factory("csv", options).decoder(Shapes.of("a text", "b text"));
    assertThat(Shapes.rows(decoder, TestMessage.of("a;b"))).isEqualTo(List.of(List.of("a", "b")));
    KadbException e =
        catchThrowableOfType(
            KadbException.class, () -> Shapes.rows(decoder, TestMessage.of("a;b\nc;d")));
    assertThat(e.sqlState()).isEqualTo("54000");
  }

  @Test
  void namesTheKnownFormatsForAnUnknownOne() {
    KadbException e = catchThrowableOfType(KadbException.class, () -> factory("xml", Map.of()));
    assertThat(e.sqlState()).isEqualTo("HV024");
    assertThat(e.getMessage()).contains("format", "\"xml\"", "text", "csv");
    assertThat(Formats.names()).allSatisfy(name -> assertThat(e.getMessage()).contains(name));
  }

  @ParameterizedTest
  @CsvSource({"k_max_message_rows,0", "k_max_message_bytes,x", "k_max_message_bytes,-1"})
  void refusesLimitsThatAreNotPositive(String name, String value) {
    KadbException e =
        catchThrowableOfType(KadbException.class, () -> factory("text", Map.of(name, value)));
    assertThat(e.sqlState()).isEqualTo("HV024");
    assertThat(e.getMessage()).contains(name);
  }

  @Test
  void optionsOfOtherFormatsDoNotMatter() {
    assertThat(factory("text", Map.of("csv_quote", "too long"))).isNotNull();
  }

  private static DecoderFactory factory(String format, Map<String, String> options) {
    return Formats.of(format, FormatOptions.of(options));
  }
}
