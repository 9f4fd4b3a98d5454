package io.kadb.server.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.type.ColumnType;
import io.kadb.type.TextOutput;
import io.kadb.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written without a detour by way of text is the text that kadb prints elsewhere. */
class JsonBytesShapesTest {
  private static final int TIMES = 20_000;
  private static final TextOutput DOUBLE = TextOutput.of(ColumnType.of(TypeKind.DOUBLE));
  private static final TextOutput TIMESTAMP = TextOutput.of(ColumnType.of(TypeKind.TIMESTAMP));

  private final Random random = new Random(20_240_229);

  @ParameterizedTest
  @ValueSource(
      doubles = {
        1,
        -1,
        0.1,
        -0.5,
        0.0001,
        1e-4,
        123.456,
        99999.99,
        1e14,
        999999999999999d,
        100,
        1.5e3,
        0.30000000000000004,
        9007199254740993d,
        2.5,
        0.000123,
        12345678.125
      })
  void printsShortDoubles(double value) {
    assertSameOrLeft(value);
  }

  @Test
  void printsOrLeavesAnyDouble() {
    int printed = 0;
    for (int i = 0; i < TIMES; i++) {
      double cents = random.nextLong(-10_000_000_000L, 10_000_000_000L);
      printed += assertSameOrLeft(cents / Math.pow(10, random.nextInt(9))) ? 1 : 0;
      assertSameOrLeft(Math.nextUp(cents / 1_000));
      assertSameOrLeft(Double.longBitsToDouble(random.nextLong()));
      assertSameOrLeft(random.nextDouble());
    }
    assertThat(printed).isGreaterThan(TIMES / 2);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        1e15,
        0.00001,
        Double.MIN_VALUE,
        Double.MAX_VALUE
      })
  void leavesWhatIsPrintedInAnotherWay(double value) {
    assertThat(new JsonBytes(0).shortDecimal(value)).isFalse();
  }

  private static boolean assertSameOrLeft(double value) {
    JsonBytes json = new JsonBytes(0);
    boolean printed = json.shortDecimal(value);
    assertThat(text(json)).isEqualTo(printed ? DOUBLE.text(value) : "");
    return printed;
  }

  @Test
  void printsDecimals() {
    for (int i = 0; i < TIMES; i++) {
      long unscaled = random.nextLong() >> random.nextInt(64) >> 5;
      int scale = random.nextInt(19);
      JsonBytes json = new JsonBytes(0);
      json.decimal(unscaled, scale);
      assertThat(text(json))
          .isEqualTo(new BigDecimal(BigInteger.valueOf(unscaled), scale).toPlainString());
    }
  }

  @Test
  void printsNumbersOfFewDigitsAndLeavesOthers() {
    for (int i = 0; i < TIMES; i++) {
      long unscaled = random.nextLong() >> random.nextInt(64);
      BigDecimal value = BigDecimal.valueOf(unscaled, random.nextInt(-2, 25));
      JsonBytes json = new JsonBytes(0);
      boolean few = value.precision() <= 18 && value.scale() >= 0 && value.scale() <= 18;
      assertThat(json.shortDecimal(value)).isEqualTo(few);
      assertThat(text(json)).isEqualTo(few ? value.toPlainString() : "");
    }
  }

  @Test
  void printsNumbersOfAsManyDigitsAsADoubleTellsApart() {
    for (int scale = 0; scale <= 18; scale++) {
      for (int i = 0; i < TIMES / 10; i++) {
        long below = i < 1_000 ? i : random.nextLong(1_000_000_000_000_000L);
        BigDecimal value = BigDecimal.valueOf(999_999_999_999_999L - below, scale).negate();
        JsonBytes json = new JsonBytes(0);
        assertThat(json.shortDecimal(value)).isTrue();
        assertThat(text(json)).isEqualTo(value.toPlainString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, -10, 99, 100, 999_999_999_999_999_999L, Long.MAX_VALUE})
  void printsNumbersAtTheirBounds(long value) {
    JsonBytes json = new JsonBytes(0);
    json.number(value);
    json.raw(' ');
    json.number(-value);
    assertThat(text(json)).isEqualTo(value + " " + -value);
  }

  @Test
  void printsTimestamps() {
    long first = LocalDateTime.of(1, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    long end = LocalDateTime.of(10_000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    for (int i = 0; i < TIMES; i++) {
      long seconds = random.nextLong(first, end);
      int micros = random.nextInt(1_000_000) / (i % 3 == 0 ? 1 : 1_000) * (i % 3 == 1 ? 1_000 : 1);
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(seconds, i % 5 == 0 ? 0 : micros * 1_000, ZoneOffset.UTC);
      JsonBytes json = new JsonBytes(0);
      json.timestamp(time, "");
      long internal = ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
      assertThat(text(json)).isEqualTo(TIMESTAMP.text(internal));
    }
  }

  private static String text(JsonBytes json) {
    return new String(json.toByteArray(), StandardCharsets.UTF_8);
  }
}
