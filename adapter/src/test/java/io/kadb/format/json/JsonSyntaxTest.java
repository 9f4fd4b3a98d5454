package io.kadb.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are not JSON, or not rows: each is refused, and the error says where. */
class JsonSyntaxTest {
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
    KadbException e = JsonRows.refusal(Shapes.of("a text"), message.replace('↵', '\n'));
    assertThat(e.sqlState()).isEqualTo("22032");
    assertThat(e.getMessage()).contains("orders[3]@1842", "not JSON: found " + found);
    RowShape nothing = Shapes.wantingNothing("a text");
    assertThat(JsonRows.refusal(nothing, message.replace('↵', '\n')).sqlState()).isEqualTo("22032");
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
    KadbException e = JsonRows.refusal(Shapes.of("a text"), message);
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("orders[3]@1842", "found " + found, "wanted an object");
  }

  @Test
  void noticesTruncationAtEveryByte() {
    byte[] whole = JsonRows.bytes("{\"a\":[1.5e3,\"\\u00e9é\",true,null,{\"b\":{}}],\"c\":-0}");
    for (RowShape shape : List.of(Shapes.of("a text"), Shapes.wantingNothing("a text"))) {
      Decoder decoder = JsonRows.decoder(shape, MessageLimits.DEFAULT);
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
        Decoder decoder = JsonRows.decoder(Shapes.of("a " + type), MessageLimits.DEFAULT);
        KadbException e =
            catchThrowableOfType(KadbException.class, () -> Shapes.rows(decoder, message));
        assertThat(e).as("%s (%s) into %s", hex, what, type).isNotNull();
        assertThat(e.sqlState()).as(e.getMessage()).isIn("22021", "22032");
      }
    }
  }

  private static TestMessage around(String before, byte[] middle, String after) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(JsonRows.bytes(before));
    all.writeBytes(middle);
    all.writeBytes(JsonRows.bytes(after));
    return new TestMessage(all.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void boundsTheDepth(String open) {
    String close = open.equals("[") ? "]" : "}";
    String fits = "{\"a\":" + open.repeat(998) + "{}" + close.repeat(998) + "}";
    assertThat(JsonRows.rowsOf(Shapes.of("a json"), fits)).hasSize(1);
    for (String deeper :
        List.of(
            "{\"a\":" + open.repeat(999) + "{}" + close.repeat(999) + "}",
            "{\"a\":" + open.repeat(5_000_000))) {
      for (RowShape shape : List.of(Shapes.of("a json"), Shapes.wantingNothing("a json"))) {
        KadbException e = JsonRows.refusal(shape, deeper);
        assertThat(e.sqlState()).isEqualTo("54000");
        assertThat(e.getMessage()).contains("orders[3]@1842", "more than 1000");
      }
    }
  }

  @Test
  void doesNotTakeManyForDeep() {
    String many = "{\"a\":[" + "{},[],".repeat(2000) + "1]}";
    assertThat(JsonRows.rowsOf(Shapes.of("a json"), many + many)).hasSize(2);
    assertThat(JsonRows.rowsOf(Shapes.of("a json"), "[" + many + ",{}".repeat(2000) + "]"))
        .hasSize(2001);
  }
}
