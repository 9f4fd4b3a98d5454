package io.kadb.driver.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberValuesTest {
  @Test
  void readsIntegersOfAnySize() throws SQLException {
    assertThat(NumberValues.toLong(5, Kind.BIGINT)).isEqualTo(5L);
    assertThat(NumberValues.toLong(Long.MIN_VALUE, Kind.BIGINT)).isEqualTo(Long.MIN_VALUE);
    assertThat(NumberValues.toInteger(-7, Kind.INTEGER)).isEqualTo(-7);
    assertThat(NumberValues.toShort(12, Kind.SMALLINT)).isEqualTo((short) 12);
    assertThat(ObjectValues.toObject(5, Kind.BIGINT)).isEqualTo(5L);
    assertThat(ObjectValues.toObject(5, Kind.SMALLINT)).isEqualTo(5);
    assertThat(NumberValues.toBigInteger(Long.MAX_VALUE, Kind.BIGINT))
        .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertRefused(() -> NumberValues.toByte(128, Kind.INTEGER), "22003");
    assertRefused(() -> NumberValues.toInteger(1L << 31, Kind.BIGINT), "22003");
    assertRefused(() -> NumberValues.toLong("9223372036854775808", Kind.NUMERIC), "22003");
    assertRefused(() -> NumberValues.toLong("1e1000000000", Kind.NUMERIC), "22003");
    assertRefused(() -> NumberValues.toFloat("1e+300", Kind.DOUBLE), "22003");
    assertRefused(() -> NumberValues.toBigDecimal("NaN", Kind.DOUBLE), "22003");
    assertRefused(() -> NumberValues.toBoolean(2, Kind.INTEGER), "22003");
    assertRefused(() -> NumberValues.toLong("x", Kind.TEXT), "22P02");
    assertRefused(() -> NumberValues.toLong("{}", Kind.JSON), "42804");
    assertRefused(() -> NumberValues.toDouble("2024-02-29", Kind.DATE), "42804");
  }

  @Test
  void cutsFractionsOff() throws SQLException {
    assertThat(NumberValues.toInteger("-1.9", Kind.NUMERIC)).isEqualTo(-1);
    assertThat(NumberValues.toLong("1.9", Kind.DOUBLE)).isEqualTo(1);
  }

  @Test
  void readsFloatsFromTheirText() throws SQLException {
    assertThat(NumberValues.toDouble("1e+15", Kind.DOUBLE)).isEqualTo(1e15);
    assertThat(NumberValues.toDouble("NaN", Kind.DOUBLE)).isNaN();
    assertThat(NumberValues.toDouble("-Infinity", Kind.DOUBLE)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(NumberValues.toFloat("1.1", Kind.REAL)).isEqualTo(1.1f);
    assertThat(NumberValues.toDouble("1.1", Kind.REAL)).isEqualTo((double) 1.1f);
    assertThat(NumberValues.toFloat("Infinity", Kind.REAL)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(1 / NumberValues.toDouble("-0", Kind.DOUBLE)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(ObjectValues.toObject(3, Kind.DOUBLE)).isEqualTo(3.0);
    assertThat(ObjectValues.toObject("2.5", Kind.REAL)).isEqualTo(2.5f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1d", "1f", "0x1p3", "", "1e"})
  void refusesWhatOnlyJavaCallsANumber(String text) {
    assertRefused(() -> NumberValues.toDouble(text, Kind.TEXT), "22P02");
  }

  @Test
  void keepsTheScaleOfNumerics() throws SQLException {
    assertThat(NumberValues.toBigDecimal("1.500", Kind.NUMERIC)).isEqualTo(new BigDecimal("1.500"));
    assertThat(NumberValues.toBigDecimal(true, Kind.BOOLEAN)).isEqualTo(BigDecimal.ONE);
  }

  @Test
  void readsBooleans() throws SQLException {
    assertThat(NumberValues.toBoolean(true, Kind.BOOLEAN)).isTrue();
    assertThat(NumberValues.toBoolean("no", Kind.TEXT)).isFalse();
    assertThat(NumberValues.toBoolean(1, Kind.INTEGER)).isTrue();
    assertThat(NumberValues.toInteger(true, Kind.BOOLEAN)).isEqualTo(1);
    assertThat(TextValues.toText(true, Kind.BOOLEAN)).isEqualTo("true");
  }

  @Test
  void readsBytes() throws SQLException {
    assertThat(TextValues.toBytes("\\x00ff7f", Kind.BYTEA)).containsExactly(0, -1, 127);
    assertThat(TextValues.toBytes("\\x", Kind.BYTEA)).isEmpty();
    assertThat(TextValues.toBytes("é", Kind.TEXT)).hasSize(2);
    assertRefused(() -> TextValues.toBytes("\\x0g", Kind.BYTEA), "08P01");
  }

  private static void assertRefused(ThrowingCallable call, String state) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }
}
