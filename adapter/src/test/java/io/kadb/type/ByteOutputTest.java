package io.kadb.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.KadbException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteOutputTest {
  private static final int INPUTS = 10_000;

  private static String printed(ByteText out, ColumnType type, Object value) {
    out.clear();
    ByteOutput.of(type).append(out, value);
    return new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
  }

  static Stream<Arguments> values() {
    return TextOutputTest.values();
  }

  @ParameterizedTest
  @MethodSource("values")
  void printsAsTextOutput(String sql, Object value, String text) {
    assertThat(printed(new ByteText(0), ColumnType.parse(sql), value)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bigint",
        "real",
        "double precision",
        "numeric",
        "boolean",
        "bytea",
        "date",
        "time",
        "timestamp",
        "timestamptz",
        "text"
      })
  void agreesWithTextOutputOnAnyValue(String sql) {
    ColumnType type = ColumnType.parse(sql);
    InputGrammar grammar = InputGrammar.of(type, 7);
    ByteText out = new ByteText(4);
    int values = 0;
    for (int i = 0; i < INPUTS; i++) {
      Object value;
      try {
        value = TextInput.of(type).read(grammar.next());
      } catch (KadbException e) {
        continue;
      }
      values++;
      assertThat(printed(out, type, value)).isEqualTo(TextOutput.of(type).text(value));
    }
    assertThat(values).isGreaterThan(INPUTS / 100);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        9,
        10,
        -10,
        99,
        100,
        999_999_999_999_999_999L,
        1_000_000_000_000_000_000L,
        Long.MAX_VALUE,
        -Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void printsNumbersOfAnyLength(long number) {
    assertThat(printed(new ByteText(1), ColumnType.BIGINT, number))
        .isEqualTo(Long.toString(number));
  }
}
