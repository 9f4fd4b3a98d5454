package io.kadb.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextOutputTest {
  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("smallint", (short) -5, "-5"),
        Arguments.of("integer", 7, "7"),
        Arguments.of("bigint", Long.MIN_VALUE, "-9223372036854775808"),
        Arguments.of("oid", 4294967295L, "4294967295"),
        Arguments.of("real", 0.1f, "0.1"),
        Arguments.of("real", 1e6f, "1e+06"),
        Arguments.of("real", 999999f, "999999"),
        Arguments.of("real", Float.MIN_VALUE, "1e-45"),
        Arguments.of("real", Float.MAX_VALUE, "3.4028235e+38"),
        Arguments.of("double precision", 0.0, "0"),
        Arguments.of("double precision", -0.0, "-0"),
        Arguments.of("double precision", 1.0, "1"),
        Arguments.of("double precision", 123456.789, "123456.789"),
        Arguments.of("double precision", 1e14, "100000000000000"),
        Arguments.of("double precision", 1e15, "1e+15"),
        Arguments.of("double precision", -1.5e300, "-1.5e+300"),
        Arguments.of("double precision", 0.0001, "0.0001"),
        Arguments.of("double precision", 0.00001234, "1.234e-05"),
        Arguments.of("double precision", 2e-3, "0.002"),
        Arguments.of("double precision", Double.MIN_VALUE, "5e-324"),
        Arguments.of("double precision", 0.1 + 0.2, "0.30000000000000004"),
        Arguments.of("double precision", Double.NaN, "NaN"),
        Arguments.of("double precision", Double.NEGATIVE_INFINITY, "-Infinity"),
        Arguments.of("numeric", new BigDecimal("1E+3"), "1000"),
        Arguments.of("numeric", new BigDecimal("0.0000001"), "0.0000001"),
        Arguments.of("numeric(10,2)", new BigDecimal("1.50"), "1.50"),
        Arguments.of("boolean", true, "true"),
        Arguments.of("boolean", false, "false"),
        Arguments.of("text", "a\tb", "a\tb"),
        Arguments.of("bytea", new byte[] {0, (byte) 0xAB, 127}, "\\x00ab7f"),
        Arguments.of("date", 0, "1970-01-01"),
        Arguments.of("date", 19782, "2024-02-29"),
        Arguments.of("date", -719162, "0001-01-01"),
        Arguments.of("date", -719163, "0001-12-31 BC"),
        Arguments.of("date", 2932897, "10000-01-01"),
        Arguments.of("time", 0L, "00:00:00"),
        Arguments.of("time", 45_296_000_001L, "12:34:56.000001"),
        Arguments.of("time", 45_296_500_000L, "12:34:56.5"),
        Arguments.of("timestamp", -1L, "1969-12-31 23:59:59.999999"),
        Arguments.of("timestamp", 1_709_210_096_120_000L, "2024-02-29 12:34:56.12"),
        Arguments.of("timestamptz", 1_709_210_096_000_000L, "2024-02-29 12:34:56+00"),
        Arguments.of("timestamptz", -62_135_596_800_000_001L, "0001-12-31 23:59:59.999999+00 BC"),
        Arguments.of("interval", "P1Y", "P1Y"),
        Arguments.of("inet", "::1", "::1"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void printsAsPostgresqlDoes(String type, Object value, String text) {
    TextOutput output = TextOutput.of(ColumnType.parse(type));
    assertThat(output.text(value)).isEqualTo(text);
    StringBuilder out = new StringBuilder("<");
    output.append(out, value);
    assertThat(out).hasToString("<" + text);
  }

  @Test
  void floatingPointNumbersComeBackTheSame() {
    Random random = new Random(11);
    TextOutput doubles = TextOutput.of(ColumnType.DOUBLE);
    TextOutput reals = TextOutput.of(ColumnType.REAL);
    for (int i = 0; i < 20_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      assertThat(TextInput.of(ColumnType.DOUBLE).read(doubles.text(number))).isEqualTo(number);
      float single = Float.intBitsToFloat(random.nextInt());
      assertThat(TextInput.of(ColumnType.REAL).read(reals.text(single))).isEqualTo(single);
    }
  }

  @Test
  void datesAndTimesComeBackTheSame() {
    Random random = new Random(12);
    TextInput dates = TextInput.of(ColumnType.DATE);
    TextInput timestamps = TextInput.of(ColumnType.TIMESTAMP);
    TextInput zoned = TextInput.of(ColumnType.TIMESTAMPTZ);
    for (int i = 0; i < 20_000; i++) {
      int days = random.nextInt(4_000_000) - 719_162;
      assertThat(dates.read(TextOutput.of(ColumnType.DATE).text(days))).isEqualTo(days);
      long micros =
          days * 86_400_000_000L + random.nextInt(86_400) * 1_000_000L + random.nextInt(1_000_000);
      assertThat(timestamps.read(TextOutput.of(ColumnType.TIMESTAMP).text(micros)))
          .isEqualTo(micros);
      assertThat(zoned.read(TextOutput.of(ColumnType.TIMESTAMPTZ).text(micros))).isEqualTo(micros);
    }
  }
}
