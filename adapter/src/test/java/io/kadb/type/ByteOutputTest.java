package io.kadb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kadb.error.KadbException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Decimals with few digits take another way than those with many: both lie close together. */
  @Test
  void printsFloatingPointNumbersAsTextOutputWhateverTheirDigits() {
    Random random = new Random(3);
    ByteText out = new ByteText(4);
    for (int i = 0; i < 20 * INPUTS; i++) {
      int digits = 1 + random.nextInt(17);
      long unscaled = Math.floorMod(random.nextLong(), (long) Math.pow(10, digits));
      BigDecimal decimal = BigDecimal.valueOf(unscaled, random.nextInt(22) - 2);
      double number = random.nextBoolean() ? decimal.doubleValue() : -decimal.doubleValue();
      for (double each : new double[] {number, Math.nextUp(number), Math.nextDown(number)}) {
        assertSame(out, ColumnType.DOUBLE, each);
      }
      float single = (float) number;
      for (float each : new float[] {single, Math.nextUp(single), Math.nextDown(single)}) {
        assertSame(out, ColumnType.REAL, each);
      }
    }
  }

  private static void assertSame(ByteText out, ColumnType type, Object value) {
    String text = TextOutput.of(type).text(value);
    if (!printed(out, type, value).equals(text)) {
      assertThat(printed(out, type, value)).as(type.sql()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "999999999999999, 999999999999999",
    "1e15, 1e+15",
    "-99999999999999.9, -99999999999999.9",
    "999999999.999999, 999999999.999999",
    "0.0001, 0.0001",
    "0.00009999999999999999, 9.999999999999999e-05",
    "0.000999, 0.000999",
    "1.0000000000000002, 1.0000000000000002",
    "-0.05, -0.05",
    "120, 120",
  })
  void printsDoublesAtTheEdgesOfTheShortWay(double number, String text) {
    assertThat(printed(new ByteText(0), ColumnType.DOUBLE, number)).isEqualTo(text);
  }

  @Test
  void printsNumericAsItIsWhateverItsScale() {
    Random random = new Random(4);
    ByteText out = new ByteText(4);
    ColumnType type = ColumnType.parse("numeric");
    for (int i = 0; i < INPUTS; i++) {
      BigInteger unscaled = new BigInteger(random.nextInt(80), random);
      BigDecimal number =
          new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), i % 30 - 5);
      assertThat(printed(out, type, number)).isEqualTo(number.toPlainString());
    }
    BigDecimal most = BigDecimal.valueOf(-999_999_999_999_999_999L, 18);
    assertThat(printed(out, type, most)).isEqualTo("-0.999999999999999999");
    assertThat(printed(out, type, new BigDecimal("0.00"))).isEqualTo("0.00");
    assertThat(printed(out, type, BigDecimal.valueOf(Long.MIN_VALUE, 3)))
        .isEqualTo("-9223372036854775.808");
  }

  @Test
  void printsCharactersAsStringDoes() {
    Random random = new Random(5);
    ByteText out = new ByteText(1);
    for (int i = 0; i < INPUTS; i++) {
      char[] characters = new char[random.nextInt(80)];
      int most = new int[] {0x80, 0x100, 0x800, 0xE100, 0x10000}[i % 5];
      for (int at = 0; at < characters.length; at++) {
        boolean plain = random.nextInt(4) > 0;
        characters[at] =
            (char) (plain ? random.nextInt(0x80) : most - 1 - random.nextInt(most / 4));
      }
      String text = new String(characters);
      String sent = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      assertThat(printed(out, ColumnType.TEXT, text)).isEqualTo(sent);
    }
    assertThat(printed(out, ColumnType.TEXT, "a😀\ud83d!\ude00é")).isEqualTo("a😀?!?é");
  }

  @Test
  void goesBackToAnEarlierLengthOnly() {
    ByteText out = new ByteText(1);
    out.ascii("abc");
    out.shorten(1);
    out.ascii("d");
    assertThat(new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8)).isEqualTo("ad");
    assertThatIllegalArgumentException().isThrownBy(() -> out.shorten(3));
  }
}
