package io.kadb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.KadbException;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.type.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes that rows become in each format. */
class WrittenFormatsTest {
  private static final List<ValueColumn> TWO =
      List.of(column("id", "int", null), column("name", "text", null));

  private static ValueColumn column(String name, String type, @Nullable String path) {
    return new ValueColumn(
        name,
        ColumnType.parse(type),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(path));
  }

  private static String written(
      String format, Map<String, String> options, List<ValueColumn> columns, String... texts) {
    byte[] bytes =
        WrittenFormats.of(format, FormatOptions.of(options)).encoder(columns).encode(texts);
    return bytes == null ? "(none)" : new String(bytes, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "csv;a;1,a",
        "csv;-;1,",
        "csv;a b;1,a b",
        "csv;a,b;1,\"a,b\"",
        "csv;a\"b;1,\"a\"\"b\"",
        "json;a\"\\;{\"id\":1,\"name\":\"a\\\"\\\\\"}",
        "json;-;{\"id\":1,\"name\":null}"
      })
  void writesTwoColumns(String format, String name, String wanted) {
    assertThat(written(format, Map.of(), TWO, "1", name)).isEqualTo(wanted);
  }

  @Test
  void quotesBlanksOnlyWhereReadersTrim() {
    assertThat(written("csv", Map.of(), TWO, "1", " a ")).isEqualTo("1,\" a \"");
    assertThat(written("csv", Map.of("csv_attribute_trim_whitespace", "false"), TWO, "1", " a "))
        .isEqualTo("1, a ");
  }

  @Test
  void tellsEmptyTextFromNullInTheDialectOfPostgres() {
    Map<String, String> postgres = Map.of("csv_dialect", "postgresql");

    assertThat(written("csv", postgres, TWO, "1", "")).isEqualTo("1,\"\"");
    assertThat(written("csv", postgres, TWO, "1", null)).isEqualTo("1,");
    assertThat(written("csv", postgres, TWO.subList(1, 2), new String[] {null})).isEqualTo("\n");
  }

  @Test
  void escapesWhatDelimitersStandIn() {
    Map<String, String> options = new HashMap<>(Map.of("delimited_delimiter", "||"));
    options.put("delimited_escape", "\\");
    assertThat(written("delimited", options, TWO, "1", "a||b\\")).isEqualTo("1||a\\||b\\\\");
    options.put("delimited_quote", "'");
    assertThat(written("delimited", options, TWO, "1", "a|'b")).isEqualTo("1||'a|\\'b'");
  }

  @Test
  void putsColumnsAtTheirPaths() {
    List<ValueColumn> columns =
        List.of(
            column("a", "double precision", "/x/0"),
            column("b", "boolean", "/x/1"),
            column("c", "json", "/y/1/z"),
            column("d", "text", "/y/m~1n"));

    assertThat(written("json", Map.of(), columns, "NaN", "true", "[1.0]", "\u0001"))
        .isEqualTo("{\"x\":[\"NaN\",true],\"y\":{\"1\":{\"z\":[1.0]},\"m/n\":\"\\u0001\"}}");
    assertThat(written("json", Map.of(), List.of(column("all", "json", "")), "{\"a\" : 1}"))
        .isEqualTo("{\"a\" : 1}");
  }

  @Test
  void refusesPathsThatLieInEachOther() {
    List<ValueColumn> columns = List.of(column("a", "json", "/x"), column("b", "int", "/x/y"));

    assertThatThrownBy(() -> written("json", Map.of(), columns, "{}", "1"))
        .isInstanceOf(KadbException.class)
        .hasMessageContaining("column b")
        .extracting(e -> ((KadbException) e).sqlState())
        .isEqualTo("HV004");
  }

  @Test
  void knowsNullInTextAndBinary() {
    List<ValueColumn> text = List.of(column("v", "text", null));
    List<ValueColumn> bytes = List.of(column("v", "bytea", null));

    assertThat(written("text", Map.of(), text, "ä")).isEqualTo("ä");
    assertThat(written("text", Map.of(), text, new String[] {null})).isEqualTo("(none)");
    assertThat(written("binary", Map.of(), bytes, "\\x41")).isEqualTo("A");
    assertThat(written("binary", Map.of(), bytes, new String[] {null})).isEqualTo("(none)");
  }

  @ParameterizedTest
  @CsvSource({"avro,0A000", "AVRO_RAW,0A000", "avro_registry,0A000", "xml,HV024"})
  void saysWhichFormatsCanOnlyBeRead(String format, String state) {
    assertThatThrownBy(() -> WrittenFormats.of(format, FormatOptions.of(Map.of())))
        .isInstanceOf(KadbException.class)
        .extracting(e -> ((KadbException) e).sqlState())
        .isEqualTo(state);
  }
}
