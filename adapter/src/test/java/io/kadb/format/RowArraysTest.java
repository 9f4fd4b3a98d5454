package io.kadb.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowArraysTest {
  private static RowShape spans(RowShape shape) {
    return new RowShape(shape.columns(), shape.width(), true);
  }

  private static List<@Nullable Object[]> arrays(String format, RowShape shape, String message) {
    List<@Nullable Object[]> arrays = new ArrayList<>();
    Formats.of(format, FormatOptions.of(Map.of("delimited_delimiter", ",")))
        .decoder(shape)
        .decode(TestMessage.of(message), arrays::add);
    return arrays;
  }

  /** The engine keeps the rows; those who take texts are done with a row at once. */
  @ParameterizedTest
  @CsvSource({"csv, '1\n2'", "delimited, '1\n2'", "json, '{\"a\":1}{\"a\":2}'"})
  void areNewForRowsOfValuesAndTheSameForTexts(String format, String message) {
    List<@Nullable Object[]> values = arrays(format, Shapes.of("a integer"), message);
    assertThat(values).hasSize(2).doesNotHaveDuplicates();
    assertThat(values.get(0)).containsExactly(1);
    List<@Nullable Object[]> texts = arrays(format, spans(Shapes.of("a integer")), message);
    assertThat(texts).hasSize(2);
    assertThat(texts.get(0)).isSameAs(texts.get(1));
  }

  @Test
  void areEmptyWhereNothingIsWanted() {
    RowShape nothing = Shapes.wantingNothing("a integer");
    assertThat(new RowArrays(nothing).next()).isEmpty();
    assertThat(new RowArrays(spans(nothing)).next()).isEmpty();
  }
}
