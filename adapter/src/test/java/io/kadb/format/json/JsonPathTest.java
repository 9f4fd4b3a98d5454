package io.kadb.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that take any place of a document. */
class JsonPathTest {
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
    assertThat(JsonRows.rows(JsonRows.path("text", path), document)).isEqualTo(value);
    assertThat(JsonRows.rows(JsonRows.path("text", "/g|h"), document)).isEqualTo("4");
    assertThat(JsonRows.rows(JsonRows.path("text", ""), document)).isEqualTo(document);
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
    assertThat(JsonRows.rows(JsonRows.path("text", path), message)).isEqualTo(value);
  }

  @Test
  void pathsMayShareTheirBeginningsAndEachOther() {
    List<RowShape.ValueColumn> columns = new ArrayList<>();
    for (String path : List.of("", "/a", "/a/b", "/a/b", "/a/c/0", "/a/c/2", "/d")) {
      RowShape.ValueColumn column = JsonRows.path("text", path).columns().get(0);
      columns.add(
          new RowShape.ValueColumn(
              "p" + columns.size(),
              column.type(),
              false,
              column.defaultText(),
              Optional.of(columns.size()),
              column.path()));
    }
    assertThat(
            JsonRows.rows(new RowShape(columns, 7), "{\"a\":{\"b\":1,\"c\":[2,3,4]}}{\"d\":[5]}"))
        .isEqualTo(
            "{\"a\":{\"b\":1,\"c\":[2,3,4]}}/{\"b\":1,\"c\":[2,3,4]}/1/1/2/4/∅;"
                + "{\"d\":[5]}/∅/∅/∅/∅/∅/[5]");
  }

  @Test
  void pathsInAnArrayOfObjectsBeginAtEachObject() {
    assertThat(JsonRows.rows(JsonRows.path("text", "/a/0"), "[{\"a\":[1]},{\"a\":[2]}]"))
        .isEqualTo("1;2");
    assertThat(JsonRows.rows(JsonRows.path("text", ""), " [ {\"a\": 1} , {} ] "))
        .isEqualTo("{\"a\": 1};{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b", "/~", "/~2", "/a~"})
  void refusesAPathThatIsNoJsonPointer(String path) {
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () -> JsonRows.decoder(JsonRows.path("text", path), MessageLimits.DEFAULT));
    assertThat(e.sqlState()).isEqualTo("HV024");
    assertThat(e.getMessage()).contains("path", "JSON Pointer");
  }

  @Test
  void refusesAPathDeeperThanAnyDocument() {
    assertThat(JsonRows.rows(JsonRows.path("text", "/a".repeat(1000)), "{}")).isEqualTo("∅");
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () ->
                JsonRows.decoder(JsonRows.path("text", "/a".repeat(1001)), MessageLimits.DEFAULT));
    assertThat(e.sqlState()).isEqualTo("HV024");
  }

  @Test
  void doesNotTakeABareQuoteForAnEscapedOne() {
    for (String name : List.of("a\"b", "a\\qb", "a\nb")) {
      Decoder decoder = JsonRows.decoder(JsonRows.path("text", "/" + name), MessageLimits.DEFAULT);
      String escaped = name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
      for (int i = 0; i < 2; i++) {
        assertThat(Shapes.rows(decoder, TestMessage.of("{\"" + escaped + "\":1}")))
            .isEqualTo(List.of(List.of("1")));
        assertThat(
                catchThrowableOfType(
                    KadbException.class,
                    () -> Shapes.rows(decoder, TestMessage.of("{\"" + name + "\":1}"))))
            .as(name)
            .isNotNull();
      }
    }
  }
}
