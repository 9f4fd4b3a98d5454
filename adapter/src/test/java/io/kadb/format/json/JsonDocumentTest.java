package io.kadb.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.FormatOptions;
import io.kadb.format.Formats;
import io.kadb.format.RowShape;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.format.TestMessage;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Format json with {@code json_rows 'document'}. */
class JsonDocumentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":[1, 2]}", "[{\"a\":1},{\"a\":2}]", "[]", "1.50", "\"text\"", "true"})
  void makesOneRowOfAMessageThatIsAnyOneValue(String json) {
    for (String type : List.of("json", "jsonb")) {
      assertThat(values("document", type, "", "\n " + json + "\t")).containsExactly(json);
    }
  }

  @Test
  void otherwiseTheElementsOfAnArrayAreRows() {
    String array = "[{\"a\":1},{\"a\":2}]";
    assertThat(values("objects", "json", "", array)).containsExactly("{\"a\":1}", "{\"a\":2}");
    assertThat(values("document", "integer", "/1/a", array)).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void givesNoRowForBlanks(String json) {
    assertThat(values("document", "json", "", json)).isEmpty();
  }

  @Test
  void givesNullForNull() {
    assertThat(values("document", "json", "", "null")).containsOnlyNulls().hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"`{} {}`, byte 3", "`{`, byte 1", "`1\n2`, byte 2"})
  void refusesWhatIsNotExactlyOneValue(String json, String place) {
    KadbException e =
        catchThrowableOfType(KadbException.class, () -> values("document", "json", "", json));
    assertThat(e.sqlState()).isEqualTo("22032");
    assertThat(e.getMessage()).contains("orders[3]@1842", place);
  }

  @Test
  void refusesMalformedUtf8() {
    TestMessage message = new TestMessage(new byte[] {'"', (byte) 0xFF, '"'});
    KadbException e =
        catchThrowableOfType(
            KadbException.class, () -> decoder("document", "json", "").decode(message, row -> {}));
    assertThat(e.sqlState()).isEqualTo("22021");
  }

  @Test
  void refusesOtherWords() {
    KadbException e =
        catchThrowableOfType(KadbException.class, () -> values("lines", "json", "", "{}"));
    assertThat(e.sqlState()).isEqualTo("HV024");
    assertThat(e.getMessage()).contains("json_rows", "objects or document");
  }

  private static List<@Nullable Object> values(
      String rows, String type, String path, String message) {
    List<@Nullable Object> values = new ArrayList<>();
    decoder(rows, type, path)
        .decode(TestMessage.of(message), row -> values.addAll(Arrays.asList(row)));
    return values;
  }

  private static Decoder decoder(String rows, String type, String path) {
    ValueColumn column =
        new ValueColumn(
            "c",
            ColumnType.parse(type),
            false,
            Optional.empty(),
            Optional.of(0),
            Optional.of(path));
    return Formats.of("json", FormatOptions.of(Map.of("json_rows", rows)))
        .decoder(new RowShape(List.of(column), 1));
  }
}
