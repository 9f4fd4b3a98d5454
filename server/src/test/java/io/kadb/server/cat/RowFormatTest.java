package io.kadb.server.cat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values are written as COPY reads them, and each partition has one reader. */
class RowFormatTest {
  private static String text(RowFormat format, @Nullable String value) {
    StringBuilder out = new StringBuilder();
    format.value(out, value);
    return out.toString();
  }

  @Test
  void tellsNullFromAnEmptyText() {
    assertThat(text(RowFormat.CSV, null)).isEmpty();
    assertThat(text(RowFormat.CSV, "")).isEqualTo("\"\"");
    assertThat(text(RowFormat.TEXT, null)).isEqualTo("\\N");
    assertThat(text(RowFormat.TEXT, "")).isEmpty();
    assertThat(text(RowFormat.TEXT, "\\N")).isEqualTo("\\\\N");
  }

  @Test
  void quotesWhatCsvWouldTakeForSomethingElse() {
    assertThat(text(RowFormat.CSV, "a b")).isEqualTo("a b");
    assertThat(text(RowFormat.CSV, "a,\"b\"\r\n")).isEqualTo("\"a,\"\"b\"\"\r\n\"");
    assertThat(text(RowFormat.CSV, "\\.")).isEqualTo("\"\\.\"");
    assertThat(text(RowFormat.CSV, " a")).isEqualTo("\" a\"");
  }

  @Test
  void escapesWhatTextWouldTakeForSomethingElse() {
    assertThat(text(RowFormat.TEXT, "a\tb\\c\r\nd")).isEqualTo("a\\tb\\\\c\\r\\nd");
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "8"})
  void givesEachPartitionToExactlyOneSegment(int segments) {
    for (int partition = 0; partition < 20; partition++) {
      int p = partition;
      assertThat(IntStream.range(0, segments).filter(i -> new Share(i, segments).has(p)).count())
          .isEqualTo(1);
    }
  }

  @Test
  void refusesASegmentThatIsNone() {
    assertThatThrownBy(() -> new Share(3, 3)).hasMessageContaining("3 of 3");
    assertThatThrownBy(() -> new Share(-1, 3)).isInstanceOf(IllegalArgumentException.class);
  }
}
