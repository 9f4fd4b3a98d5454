package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Casts in SQL take texts as PostgreSQL does, and refuse them with its states. */
class TextCastsTest extends EmbeddedFixture {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'t'::boolean; true",
        "CAST('yes' AS BOOLEAN); true",
        "'off'::bool; false",
        "' 7 '::smallint; 7",
        "CAST('0x1F' AS INTEGER); 31",
        "'1_000'::bigint; 1000",
        "'1.50'::numeric; 1.50",
        "'1.555'::numeric(5,2); 1.56",
        "'NaN'::float8; NaN",
        "CAST('2.5' AS REAL); 2.5",
        "NULL::boolean; null",
        "CAST(CAST(NULL AS TEXT) AS INTEGER); null",
        "(1 = 1)::text; true",
        "CAST(1 = 2 AS VARCHAR(3)); fal",
        "'5'::int + '6'; 11",
      })
  void give(String expression, String value) throws SQLException {
    assertThat(sql.value("SELECT " + expression)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT CAST('999999999999999999999' AS BIGINT); 22003",
        "SELECT '99999999999'::int; 22003",
        "SELECT '40000'::smallint; 22003",
        "SELECT '1e400'::float8; 22003",
        "SELECT CAST('abc' AS INTEGER); 22P02",
        "SELECT CAST('abc' AS NUMERIC); 22P02",
        "SELECT 'maybe'::boolean; 22P02",
        "SELECT ''::int; 22P02",
        "SELECT 'abc'::date; 22007",
        "SELECT '2020-02-31'::date; 22008",
        "SELECT (1 = 1)::int; 42846",
        "SELECT prt, count(*) FROM kadb.offsets; 42803",
        "SELECT prt, off, count(*) FROM kadb.offsets GROUP BY prt; 42803",
        "SELECT prt FROM kadb.offsets WHERE count(*) > 1; 42803",
        "SELECT sum(count(*)) FROM kadb.offsets; 42803",
      })
  void refuse(String query, String state) {
    assertThatThrownBy(() -> sql.rows(query))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  @Test
  void sayWhatTheyFoundAndWanted() {
    assertThatThrownBy(() -> sql.rows("SELECT 'abc'::int"))
        .hasMessageContaining("found \"abc\", wanted integer");
  }
}
