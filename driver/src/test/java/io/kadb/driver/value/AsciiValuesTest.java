package io.kadb.driver.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way gives what the conversions from text give, or nothing. */
class AsciiValuesTest {
  private static final int TIMES = 50_000;

  private final Random random = new Random(20_240_229);

  @Test
  void readsNumbersAsTheConversionsFromTextDo() throws SQLException {
    int read = 0;
    for (int i = 0; i < TIMES; i++) {
      long digits = random.nextLong() >> random.nextInt(64);
      String text = BigDecimal.valueOf(digits, random.nextInt(20)).toPlainString();
      double easy = easyDouble(text);
      if (!Double.isNaN(easy)) {
        assertThat(easy).isEqualTo(NumberValues.toDouble(text, Kind.NUMERIC));
        read++;
      }
      BigDecimal decimal = easyDecimal(text);
      assertThat(decimal == null || decimal.equals(new BigDecimal(text))).as(text).isTrue();
      String printed = Double.toString(random.nextInt(1_000_000) / 1_000.0);
      assertThat(easyDouble(printed)).isEqualTo(Double.parseDouble(printed));
    }
    assertThat(read).isGreaterThan(TIMES / 2);
  }

  @Test
  void keepsTheSignOfZeroAndTheScale() {
    assertThat(easyDouble("-0")).isEqualTo(-0.0);
    assertThat(easyDecimal("-0.50")).isEqualTo(new BigDecimal("-0.50"));
    assertThat(easyDecimal("7.00")).isEqualTo(new BigDecimal("7.00"));
    assertThat(easyDecimal("0")).isEqualTo(BigDecimal.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "1.",
        ".5",
        "1e3",
        "NaN",
        "Infinity",
        "1.2.3",
        "+1",
        " 1",
        "1 ",
        "--1",
        "1-",
        "1234567890123456789"
      })
  void leavesOtherNumbers(String text) {
    assertThat(easyDouble(text)).isNaN();
    assertThat(easyDecimal(text)).isNull();
  }

  @Test
  void readsTimestampsAsTheConversionFromTextDoes() throws SQLException {
    for (String text :
        new String[] {
          "2024-02-29 12:34:56", "1970-01-01 00:00:00.1", "9999-12-31 23:59:59.999999",
          "0001-01-01 00:00:00", "2024-06-01 10:00:00.000001", "1582-10-10 01:02:03.123456789"
        }) {
      assertThat(easyTimestamp(text))
          .isEqualTo(DateTimeValues.toLocalDateTime(text, Kind.TIMESTAMP));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-30 00:00:00",
        "2024-02-29 24:00:00",
        "2024-02-29",
        "2024-02-29 12:34",
        "2024-02-29T12:34:56",
        "2024-02-29 12:34:56+00",
        "2024-02-29 12:34:56.",
        "2024-02-29 12:34:56.1234567890",
        "2024-02-29 12:34:56.12a",
        "12024-02-29 12:34:56",
        "0044-03-15 12:00:00 BC",
        "2024-0x-29 12:34:56",
        "2024-02-29 12:34:56.+1"
      })
  void leavesOtherTimestamps(String text) {
    assertThat(easyTimestamp(text)).isNull();
  }

  private static double easyDouble(String text) {
    return AsciiValues.easyDouble(bytes(text), 0, text.length());
  }

  private static BigDecimal easyDecimal(String text) {
    return AsciiValues.easyDecimal(bytes(text), 0, text.length());
  }

  private static LocalDateTime easyTimestamp(String text) {
    return AsciiValues.easyTimestamp(bytes(text), 0, text.length());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
