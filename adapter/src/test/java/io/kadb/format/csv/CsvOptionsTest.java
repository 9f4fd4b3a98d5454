package io.kadb.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.FormatOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvOptionsTest {
  @Test
  void areTheUsualOnesIfNoneIsGiven() {
    assertThat(CsvOptions.of(FormatOptions.of(Map.of()))).isEqualTo(CsvOptions.DEFAULT);
    assertThat(CsvOptions.DEFAULT)
        .isEqualTo(new CsvOptions((byte) '"', (byte) ',', "", false, true, false));
  }

  @Test
  void areReadByName() {
    Map<String, String> values =
        Map.of(
            "csv_quote", "'",
            "csv_delimeter", ";",
            "csv_null", "\\N",
            "csv_ignore_header", "ON",
            "csv_attribute_trim_whitespace", "False",
            "csv_strict", "true");
    assertThat(CsvOptions.of(FormatOptions.of(values)))
        .isEqualTo(new CsvOptions((byte) '\'', (byte) ';', "\\N", true, false, true));
  }

  @Test
  void takeTheDelimiterByBothSpellings() {
    FormatOptions options = FormatOptions.of(Map.of("csv_delimiter", "\t"));
    assertThat(CsvOptions.of(options).delimiter()).isEqualTo((byte) '\t');
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";;", "ä", "\n", "\r", "\0"})
  void refuseAQuoteOrDelimiterThatIsNotOneByte(String value) {
    for (String name : new String[] {"csv_quote", "csv_delimeter", "csv_delimiter"}) {
      assertThat(refusal(Map.of(name, value)).getMessage()).contains(name);
    }
  }

  @Test
  void refuseEqualQuoteAndDelimiter() {
    assertThat(refusal(Map.of("csv_quote", ",")).getMessage())
        .contains("csv_quote", "csv_delimeter");
  }

  @ParameterizedTest
  @CsvSource({"csv_strict,yes", "csv_strict,''", "csv_ignore_header,1"})
  void refuseWhatIsNoBoolean(String name, String value) {
    assertThat(refusal(Map.of(name, value)).getMessage()).contains(name, "boolean");
  }

  private static KadbException refusal(Map<String, String> values) {
    KadbException e =
        catchThrowableOfType(KadbException.class, () -> CsvOptions.of(FormatOptions.of(values)));
    assertThat(e.sqlState()).isEqualTo("HV024");
    return e;
  }
}
