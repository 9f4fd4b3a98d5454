package io.kadb.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.DecoderContract;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
    return bytes("{\"n\":\"" + n + "\",\"t\":\"x\",\"d\":1.5,\"j\":{}}");
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
    assertThat(rows(Shapes.of("a text", "b text"), message)).isEqualTo(rows);
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
    List<List<@Nullable Object>> rows = rowsOf(Shapes.of("a " + type), "{\"a\":" + json + "}");
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
          jsonb            | "\\u0000"  | 22P02 | jsonb
          text             | "a\\u0000" | 22P05 | \\u0000
          text             | "\\uD800"  | 22P02 | \\uD800
          text             | "\\udc00\\ud800" | 22P02 | \\uDC00
          text             | "\\ud800x" | 22P02 | \\uD800
          integer          | "\\u0000"  | 22P05 | \\u0000
          """)
  void refusesWhatIsNoValueOfTheType(String type, String json, String state, String found) {
    KadbException e = refusal(Shapes.of("a " + type), "{\"a\":" + json + "}");
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
    assertThat(rows(Shapes.of("a text"), "{\"a\":" + json + "}")).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /foo    | ["bar","baz"]
          /foo/0  | bar
          /       | 0
          /a~1b   | 1
          /c%d    | 2
          /e^f    | 3
          /i\\j   | 5
          /k"l    | 6
          `/ `    | 7
          /m~0n   | 8
          /m~01n  | ∅
          """)
  void followsTheExamplesOfTheJsonPointerRfc(String path, String value) {
    String document =
        """
        {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8}""";
    assertThat(rows(path("text", path), document)).isEqualTo(value);
    assertThat(rows(path("text", "/g|h"), document)).isEqualTo("4");
    assertThat(rows(path("text", ""), document)).isEqualTo(document);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /user/address/0/zip | {"user":{"address":[{"zip":"04109"},{"zip":"x"}]}} | 04109
          /a/1                | {"a":[0,[1,{}],2]}                                | [1,{}]
          /a/1                | {"a":{"1":"name"}}                                | name
          /a/01               | {"a":[0,1]}                                       | ∅
          /a/01               | {"a":{"01":"name"}}                               | name
          /a/-                | {"a":[0,1]}                                       | ∅
          /a/2                | {"a":[0,1]}                                       | ∅
          /a/4294967297       | {"a":[0,1]}                                       | ∅
          /a/b                | {"a":1}                                           | ∅
          /a/b                | {"a":null}                                        | ∅
          /a/b                | {"a":[{"b":1}]}                                   | ∅
          /a/b                | {"a":{"b":1},"a":{"c":2}}                         | ∅
          /a/b                | {"a":{"b":1},"a":7}                               | ∅
          /a/b                | {"a":{"c":2},"a":{"b":1}}                         | 1
          /a/b                | {"a":{"b":1,"b":2}}                               | 2
          /é/😀               | {"é":{"\\ud83d\\ude00":1}}                        | 1
          /1/0                | {"0":0,"1":[5]}                                   | 5
          """)
  void takesTheValueAtAPath(String path, String message, String value) {
    assertThat(rows(path("text", path), message)).isEqualTo(value);
  }

  @Test
  void pathsMayShareTheirBeginningsAndEachOther() {
    List<RowShape.ValueColumn> columns = new ArrayList<>();
    for (String path : List.of("", "/a", "/a/b", "/a/b", "/a/c/0", "/a/c/2", "/d")) {
      RowShape.ValueColumn column = path("text", path).columns().get(0);
      columns.add(
          new RowShape.ValueColumn(
              "p" + columns.size(),
              column.type(),
              false,
              column.defaultText(),
              Optional.of(columns.size()),
              column.path()));
    }
    assertThat(rows(new RowShape(columns, 7), "{\"a\":{\"b\":1,\"c\":[2,3,4]}}{\"d\":[5]}"))
        .isEqualTo(
            "{\"a\":{\"b\":1,\"c\":[2,3,4]}}/{\"b\":1,\"c\":[2,3,4]}/1/1/2/4/∅;"
                + "{\"d\":[5]}/∅/∅/∅/∅/∅/[5]");
  }

  @Test
  void pathsInAnArrayOfObjectsBeginAtEachObject() {
    assertThat(rows(path("text", "/a/0"), "[{\"a\":[1]},{\"a\":[2]}]")).isEqualTo("1;2");
    assertThat(rows(path("text", ""), " [ {\"a\": 1} , {} ] ")).isEqualTo("{\"a\": 1};{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b", "/~", "/~2", "/a~"})
  void refusesAPathThatIsNoJsonPointer(String path) {
    KadbException e =
        catchThrowableOfType(
            KadbException.class, () -> decoder(path("text", path), MessageLimits.DEFAULT));
    assertThat(e.sqlState()).isEqualTo("HV024");
    assertThat(e.getMessage()).contains("path", "JSON Pointer");
  }

  @Test
  void refusesAPathDeeperThanAnyDocument() {
    assertThat(rows(path("text", "/a".repeat(1000)), "{}")).isEqualTo("∅");
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () -> decoder(path("text", "/a".repeat(1001)), MessageLimits.DEFAULT));
    assertThat(e.sqlState()).isEqualTo("HV024");
  }

  @Test
  void givesDefaultsForMissingFieldsOnly() {
    RowShape shape = Shapes.withLastDefault(Shapes.of("a integer", "b integer"), "7");
    assertThat(rowsOf(shape, "{\"a\":1}{\"a\":2,\"b\":null}{\"a\":3,\"b\":4}"))
        .isEqualTo(List.of(List.of(1, 7), Arrays.asList(2, null), List.of(3, 4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"a\":null}"})
  void refusesNullInANotNullColumn(String message) {
    KadbException e = refusal(Shapes.of("a integer not null"), message);
    assertThat(e.sqlState()).isEqualTo("23502");
    assertThat(e.getMessage()).contains("orders[3]@1842", "column a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                 | the end of the message at byte 1
          {"a"              | the end of the message at byte 4
          {"a":             | the end of the message at byte 5
          {"a":1            | the end of the message at byte 6
          {"a":1,}          | '}' at byte 7
          {"a":1,,"b":2}    | ',' at byte 7
          {"a" 1}           | '1' at byte 5
          {a:1}             | 'a' at byte 1
          {'a':1}           | ''' at byte 1
          {"a":01}          | '1' at byte 6
          {"a":+1}          | '+' at byte 5
          {"a":.5}          | '.' at byte 5
          {"a":1.}          | '}' at byte 7
          {"a":1e}          | '}' at byte 7
          {"a":-}           | '}' at byte 6
          {"a":0x1F}        | 'x' at byte 6
          {"a":NaN}         | 'N' at byte 5
          {"a":tru}         | '}' at byte 8
          {"a":TRUE}        | 'T' at byte 5
          {"a":nullx}       | 'x' at byte 9
          {"a":"x}          | the end of the message at byte 8
          {"a":"↵"}         | 0x0A at byte 6
          {"a":"\\x"}       | 'x' at byte 7
          {"a":"\\u12G4"}   | 'G' at byte 10
          {"a":"\\          | the end of the message at byte 7
          {"a":[1,2}        | '}' at byte 9
          {"a":[1,]}        | ']' at byte 8
          {"a":[1 2]}       | '2' at byte 8
          {"a":1]           | ']' at byte 6
          {"a":1}}          | '}' at byte 7
          {"a":1},{"a":2}   | ',' at byte 7
          [{"a":1}          | the end of the message at byte 8
          [{"a":1},]        | ']' at byte 9
          [{"a":1}]{}       | '{' at byte 9
          [{"a":1}]]        | ']' at byte 9
          {"a":1} x         | 'x' at byte 8
          {"a":1}//x        | '/' at byte 7
          x                 | 'x' at byte 0
          \uFEFF{}          | 0xEF at byte 0
          {"a":1,"b":{"c":"\\q"}} | 'q' at byte 18
          """)
  void refusesWhatIsNotJsonAndSaysWhere(String message, String found) {
    KadbException e = refusal(Shapes.of("a text"), message.replace('↵', '\n'));
    assertThat(e.sqlState()).isEqualTo("22032");
    assertThat(e.getMessage()).contains("orders[3]@1842", "not JSON: found " + found);
    RowShape nothing = Shapes.wantingNothing("a text");
    assertThat(refusal(nothing, message.replace('↵', '\n')).sqlState()).isEqualTo("22032");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1            | a number at byte 0
          "{}"         | a string at byte 0
          null         | null at byte 0
          true         | a boolean at byte 0
          {} 1         | a number at byte 3
          {}[]         | an array at byte 2
          [1]          | a number at byte 1
          [{},[]]      | an array at byte 4
          [[{}]]       | an array at byte 1
          """)
  void refusesRowsThatAreNoObjects(String message, String found) {
    KadbException e = refusal(Shapes.of("a text"), message);
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("orders[3]@1842", "found " + found, "wanted an object");
  }

  @Test
  void noticesTruncationAtEveryByte() {
    byte[] whole = bytes("{\"a\":[1.5e3,\"\\u00e9é\",true,null,{\"b\":{}}],\"c\":-0}");
    for (RowShape shape : List.of(Shapes.of("a text"), Shapes.wantingNothing("a text"))) {
      Decoder decoder = decoder(shape, MessageLimits.DEFAULT);
      for (int length = 1; length < whole.length; length++) {
        TestMessage cut = new TestMessage(Arrays.copyOf(whole, length));
        KadbException e =
            catchThrowableOfType(KadbException.class, () -> Shapes.rows(decoder, cut));
        assertThat(e).as("cut after %d bytes", length).isNotNull();
        assertThat(e.sqlState()).isEqualTo("22032");
        assertThat(e.getMessage()).contains("end of the message at byte " + length);
      }
      assertThat(Shapes.rows(decoder, new TestMessage(whole))).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "C3, lead byte without its second",
    "A9, second byte alone",
    "C0 AF, overlong",
    "C1 BF, overlong",
    "E0 80 AF, overlong",
    "F0 80 80 AF, overlong",
    "ED A0 80, surrogate",
    "ED B0 80, surrogate",
    "F4 90 80 80, past U+10FFFF",
    "F8 88 80 80 80, five bytes",
    "FF, never used",
    "C3 22, quote within a character"
  })
  void refusesMalformedUtf8(String hex, String what) {
    byte[] bad = new byte[(hex.length() + 1) / 3];
    for (int i = 0; i < bad.length; i++) {
      bad[i] = (byte) Integer.parseInt(hex.substring(3 * i, 3 * i + 2), 16);
    }
    for (String escape : List.of("", "\\n", "\\u0080")) {
      for (String type : List.of("text", "varchar(20)", "json", "jsonb", "integer")) {
        TestMessage message = around("{\"b\":1,\"a\":\"", bad, escape + "\"}");
        Decoder decoder = decoder(Shapes.of("a " + type), MessageLimits.DEFAULT);
        KadbException e =
            catchThrowableOfType(KadbException.class, () -> Shapes.rows(decoder, message));
        assertThat(e).as("%s (%s) into %s", hex, what, type).isNotNull();
        assertThat(e.sqlState()).as(e.getMessage()).isIn("22021", "22032");
      }
    }
  }

  private static TestMessage around(String before, byte[] middle, String after) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(bytes(before));
    all.writeBytes(middle);
    all.writeBytes(bytes(after));
    return new TestMessage(all.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void boundsTheDepth(String open) {
    String close = open.equals("[") ? "]" : "}";
    String fits = "{\"a\":" + open.repeat(998) + "{}" + close.repeat(998) + "}";
    assertThat(rowsOf(Shapes.of("a json"), fits)).hasSize(1);
    for (String deeper :
        List.of(
            "{\"a\":" + open.repeat(999) + "{}" + close.repeat(999) + "}",
            "{\"a\":" + open.repeat(5_000_000))) {
      for (RowShape shape : List.of(Shapes.of("a json"), Shapes.wantingNothing("a json"))) {
        KadbException e = refusal(shape, deeper);
        assertThat(e.sqlState()).isEqualTo("54000");
        assertThat(e.getMessage()).contains("orders[3]@1842", "more than 1000");
      }
    }
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
    assertThat(rowsOf(Shapes.of(columns), forwards.toString())).isEqualTo(List.of(values, values));
  }

  @Test
  void doesNotQuoteMoreOfAValueThanErrorsMayShow() {
    String secret = "x".repeat(100);
    KadbException e = refusal(Shapes.of("a integer"), "{\"a\":\"" + secret + "\"}");
    assertThat(e.getMessage()).doesNotContain("x".repeat(65));
  }

  private static RowShape path(String type, String path) {
    RowShape.ValueColumn column = Shapes.of("p " + type).columns().get(0);
    return new RowShape(
        List.of(
            new RowShape.ValueColumn(
                column.name(),
                column.type(),
                false,
                column.defaultText(),
                column.slot(),
                Optional.of(path))),
        1);
  }

  private String rows(RowShape shape, String message) {
    List<String> rows = new ArrayList<>();
    for (List<@Nullable Object> row : rowsOf(shape, signs(message))) {
      rows.add(String.join("/", row.stream().map(v -> v == null ? "∅" : shown(v)).toList()));
    }
    return String.join(";", rows);
  }

  private static String signs(String text) {
    return text.replace('↵', '\n').replace('←', '\r').replace('→', '\t');
  }

  private static String shown(Object value) {
    return value.toString().replace('\n', '↵').replace('\r', '←').replace('\t', '→');
  }

  private List<List<@Nullable Object>> rowsOf(RowShape shape, String message) {
    return Shapes.rows(decoder(shape, MessageLimits.DEFAULT), TestMessage.of(message));
  }

  private KadbException refusal(RowShape shape, String message) {
    KadbException e = catchThrowableOfType(KadbException.class, () -> rowsOf(shape, message));
    assertThat(e).as(message).isNotNull();
    return e;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
