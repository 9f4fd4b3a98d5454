package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors show no more than 64 characters of a value, whoever found it wrong. */
class LongValuesTest extends EmbeddedFixture {
  private static final String LONG = "x".repeat(65);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "22P02 | SELECT CAST('%s' AS INTEGER)",
        "22P02 | SELECT CAST(v AS INTEGER) FROM (VALUES ('1'), ('%s')) AS t (v)",
        "22P02 | SELECT CAST('a \"%s\"' AS BIGINT)",
        "22P02 | SELECT CAST('%s' AS BOOLEAN)",
        "22P02 | SELECT 1 + '%s'",
        "22007 | SELECT DATE '%s'",
        "22007 | SELECT TIMESTAMP '%s'",
        "22007 | SELECT INTERVAL '%s' DAY",
        "22007 | SELECT CAST('%s' AS DATE)",
        "22023 | SET kadb.scan_mode = '%s'",
        "42704 | SHOW %s"
      })
  void areCut(String state, String sqlText) {
    String error = refused(state, () -> sql.rows(sqlText.formatted(LONG)));

    assertThat(error).contains("xxxxx").doesNotContain(LONG);
  }

  @Test
  void areCutWhereTheyAreNumbers() {
    String number = "9".repeat(65);

    String error =
        refused("22003", () -> sql.rows("SELECT CAST('" + number + "' AS DECIMAL(5, 2))"));

    assertThat(error).contains("99999").doesNotContain(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k_seg_batch", "format", "csv_quote", "#fetch.min.bytes", "k_topic"})
  void areCutWhereAnOptionRefusesThem(String option) {
    String error =
        refused(
            "HV024",
            () ->
                sql.update(
                    "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (\"%s\" ' %s')"
                        .formatted(option, LONG)));

    assertThat(error).contains(option, "xxxxx").doesNotContain(LONG);
  }
}
