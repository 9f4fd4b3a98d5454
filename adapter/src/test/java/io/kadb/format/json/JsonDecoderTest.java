package io.kadb.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.DecoderContract;
import io.kadb.format.MessageLimits;
import io.kadb.format.PrintedRows;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest extends DecoderContract {
  @Override
  protected Decoder decoder(RowShape shape, MessageLimits limits) {
    return new JsonDecoder(shape, limits);
  }

  @Override
  protected List<String> columns() {
    return List.of("n integer", "t text", "d double precision", "j jsonb");
  }

  @Override
  protected byte[] message(String n) {
    return JsonRows.bytes("{\"n\":\"" + n + "\",\"t\":\"x\",\"d\":1.5,\"j\":{}}");
  }

  @Override
  protected int rowsOfNoValue() {
    return 0;
  }

  /** In the tables {@code ∅} is NULL, {@code ↵} LF, {@code ←} CR and {@code →} a tab. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1,"b":2}                        | 1/2
          {"b":2,"a":1}                        | 1/2
          ↵→← {←↵"a"→: 1 ,↵"b" :2 }↵           | 1/2
          {}                                   | ∅/∅
          {"a":1}                              | 1/∅
          {"a":null,"b":"null"}                | ∅/null
          {"A":1," a":2,"b ":3,"":4}           | ∅/∅
          {"c":[{"a":1}],"a":2,"d":{"b":3}}    | 2/∅
          {"a":1}{"a":2}                       | 1/∅;2/∅
          {"a":1}↵{"a":2}↵                     | 1/∅;2/∅
          {"a":1}←↵ {"b":2}                    | 1/∅;∅/2
          [{"a":1},{"a":2}]                    | 1/∅;2/∅
          ↵[ {"a":1} ,↵{} ]↵                   | 1/∅;∅/∅
          []                                   | ``
          ↵                                    | ``
          {"a":1,"a":2}                        | 2/∅
          {"a":1,"a":null}                     | ∅/∅
          {"\\u0061":1,"\\u0062":2}            | 1/2
          {"a":"x","\\u0061":"y"}              | y/∅
          {"\\ud800":1,"\\u0000":1,"a":2}      | 2/∅
          """)
  void makesARowOfEachObject(String message, String rows) {
    assertThat(JsonRows.rows(Shapes.of("a text", "b text"), message)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          integer          | 1                      | 1
          integer          | -0                     | 0
          integer          | "1"                    | 1
          integer          | " 1 "                  | 1
          bigint           | 9007199254740993       | 9007199254740993
          bigint           | -9223372036854775808   | -9223372036854775808
          numeric          | 1.10                   | 1.10
          numeric          | 0.1000000000000000055  | 0.1000000000000000055
          numeric(10,1)    | 0.25                   | 0.3
          numeric          | "1.10"                 | 1.10
          double precision | 1e2                    | 100.0
          double precision | 1                      | 1.0
          double precision | "NaN"                  | NaN
          text             | 1.10                   | 1.10
          text             | 1E+2                   | 1E+2
          text             | -0                     | -0
          text             | true                   | true
          text             | "true"                 | true
          text             | ""                     | ``
          text             | " x "                  | ` x `
          boolean          | true                   | true
          boolean          | false                  | false
          boolean          | "yes"                  | true
          boolean          | 1                      | true
          char(3)          | 1                      | `1  `
          date             | "2024-02-29"           | 19782
          uuid             | "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11" | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
          text             | { "x" : [1, 2.50] }    | { "x" : [1, 2.50] }
          varchar(20)      | [1,"é"]                | [1,"é"]
          money            | {"a":1}                | {"a":1}
          json             | { "x" : [1, 2.50] }    | { "x" : [1, 2.50] }
          jsonb            | { "x" : [1, 2.50] }    | { "x" : [1, 2.50] }
          json             | "x"                    | "x"
          json             | "\\u0000\\ud800"       | "\\u0000\\ud800"
          jsonb            | "\\u00e9"              | "\\u00e9"
          json             | 1.10                   | 1.10
          jsonb            | true                   | true
          """)
  void readsValuesByTheTextInputOfTheirType(String type, String json, String value) {
    List<List<@Nullable Object>> rows =
        JsonRows.rowsOf(Shapes.of("a " + type), "{\"a\":" + json + "}");
    Object found = rows.get(0).get(0);
    String shown = found instanceof BigDecimal number ? number.toPlainString() : "" + found;
    assertThat(shown).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          integer          | 1.0        | 22P02 | "1.0"
          integer          | 1e2        | 22P02 | "1e2"
          integer          | 2147483648 | 22003 | "2147483648"
          integer          | ""         | 22P02 | integer
          integer          | true       | 22P02 | "true"
          integer          | {}         | 22P02 | found an object, wanted integer
          integer          | []         | 22P02 | found an array, wanted integer
          boolean          | {"a":1}    | 22P02 | found an object, wanted boolean
          bytea            | [1]        | 22P02 | found an array, wanted bytea
          double precision | 1e999      | 22003 | "1e999"
          date             | 20240230   | 22008 | "20240230"
          date             | "x"        | 22007 | "x"
          varchar(3)       | "abcd"     | 22001 | abcd
          varchar(3)       | [1,2]      | 22001 | [1,2]
          jsonb            | "\\u0000"  | 22P05 | jsonb
          text             | "a\\u0000" | 22P05 | \\u0000
          text             | "\\uD800"  | 22P02 | \\uD800
          text             | "\\udc00\\ud800" | 22P02 | \\uDC00
          text             | "\\ud800x" | 22P02 | \\uD800
          text             | "\\ud83d\\u0041" | 22P02 | \\uD83D
          integer          | "\\u0000"  | 22P05 | \\u0000
          """)
  void refusesWhatIsNoValueOfTheType(String type, String json, String state, String found) {
    KadbException e = JsonRows.refusal(Shapes.of("a " + type), "{\"a\":" + json + "}");
    assertThat(e.sqlState()).isEqualTo(state);
    assertThat(e.getMessage()).contains("orders[3]@1842", "column a", found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "\\"\\\\\\/\\b\\f\\n\\r\\t" | "\\/\b\f↵←→
          "\\u00e9\\u00E9é"           | ééé
          "\\ud83d\\ude00😀"          | 😀😀
          "\\ufffd\\uFFFF"            | \uFFFD\uFFFF
          "\\\\u0041"                 | \\u0041
          "a\\u0041\\u007fb"          | aA\u007Fb
          """)
  void readsEscapesInStrings(String json, String text) {
    assertThat(JsonRows.rows(Shapes.of("a text"), "{\"a\":" + json + "}")).isEqualTo(text);
  }

  @Test
  void givesDefaultsForMissingFieldsOnly() {
    RowShape shape = Shapes.withLastDefault(Shapes.of("a integer", "b integer"), "7");
    assertThat(JsonRows.rowsOf(shape, "{\"a\":1}{\"a\":2,\"b\":null}{\"a\":3,\"b\":4}"))
        .isEqualTo(List.of(List.of(1, 7), Arrays.asList(2, null), List.of(3, 4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"a\":null}"})
  void refusesNullInANotNullColumn(String message) {
    KadbException e = JsonRows.refusal(Shapes.of("a integer not null"), message);
    assertThat(e.sqlState()).isEqualTo("23502");
    assertThat(e.getMessage()).contains("orders[3]@1842", "column a");
  }

  @Test
  void refusesMoreRowsThanTheLimit() {
    Decoder decoder = decoder(Shapes.of("a text"), new MessageLimits(2, 1000));
    for (String message : List.of("{}{}{}", "[{},{},{}]")) {
      KadbException e =
          catchThrowableOfType(
              KadbException.class, () -> Shapes.rows(decoder, TestMessage.of(message)));
      assertThat(e.sqlState()).isEqualTo("54000");
      assertThat(e.getMessage()).contains("orders[3]@1842", "k_max_message_rows");
    }
    assertThat(Shapes.rows(decoder, TestMessage.of("[{},{}]"))).hasSize(2);
  }

  @Test
  void findsEachOfManyColumnsInAnyOrder() {
    String[] columns = new String[200];
    List<Object> values = new ArrayList<>();
    StringBuilder forwards = new StringBuilder("{\"x\":0");
    StringBuilder backwards = new StringBuilder("}");
    for (int i = 0; i < columns.length; i++) {
      columns[i] = "column_" + i * 7 + " integer";
      values.add(i);
      String field = ",\"column_" + i * 7 + "\":" + i;
      forwards.append(field);
      backwards.insert(0, field);
    }
    forwards.append('}').append("{\"x\":0").append(backwards);
    assertThat(JsonRows.rowsOf(Shapes.of(columns), forwards.toString()))
        .isEqualTo(List.of(values, values));
  }

  @Test
  void findsNamesOfAnyLengthAndNoOthers() {
    StringBuilder message = new StringBuilder("{\"\":\"unwanted\"");
    String[] columns = new String[50];
    List<Object> values = new ArrayList<>();
    for (int length = 1; length <= 2 * columns.length; length++) {
      String name = "n".repeat(length);
      message.append(",\"").append(name).append("\":").append(length);
      if (length % 2 == 0) {
        columns[values.size()] = name + " integer";
        values.add(length);
      }
    }
    message.append(",\"nx\":\"unwanted\",\"\\u006e\\u006e\":2}");
    assertThat(JsonRows.rowsOf(Shapes.of(columns), message.toString())).isEqualTo(List.of(values));
  }

  @Test
  void keepsStringsWithEscapesApart() {
    String large = "0123456789".repeat(150_000);
    String message =
        "{\"a\":\""
            + large
            + "\\n\",\"b\":\"x\\ty\",\"\\u0063\":\""
            + large
            + "\\\\\"}"
            + "{\"b\":\"\\ud83d\\ude00\",\"a\":\"\\u00e9\\/\"}";
    String[] columns = {"a text", "b text", "c text"};
    assertThat(JsonRows.rowsOf(Shapes.of(columns), message))
        .isEqualTo(
            List.of(List.of(large + "\n", "x\ty", large + "\\"), Arrays.asList("é/", "😀", null)));
    assertThat(PrintedRows.agree("json", Map.of(), TestMessage.of(message), columns)).isEqualTo(5);
  }

  @Test
  void aStringThatIsNoTextDoesNotSpoilTheNext() {
    Decoder decoder = decoder(Shapes.of("a text"), MessageLimits.DEFAULT);
    TestMessage half = TestMessage.of("{\"a\":\"x\\ty\\udc00z\"}");
    assertThat(
            catchThrowableOfType(KadbException.class, () -> Shapes.rows(decoder, half))
                .getMessage())
        .contains("\\uDC00 alone", "column a");
    assertThat(Shapes.rows(decoder, TestMessage.of("{\"a\":\"\\ty\"}")))
        .isEqualTo(List.of(List.of("\ty")));
  }

  @Test
  void doesNotQuoteMoreOfAValueThanErrorsMayShow() {
    String secret = "x".repeat(100);
    KadbException e = JsonRows.refusal(Shapes.of("a integer"), "{\"a\":\"" + secret + "\"}");
    assertThat(e.getMessage()).doesNotContain("x".repeat(65));
  }
}
