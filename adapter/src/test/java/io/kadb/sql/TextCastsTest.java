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
        "1.5::int; 2",
        "2.5::smallint; 3",
        "-(2.5)::bigint; -3",
        "CAST('2.5'::numeric AS INTEGER); 3",
        "2.5::float8::int; 2",
        "3.5::real::int; 4",
        "2.565::numeric(4,2); 2.57",
        "'\\x00ff'::bytea; \\x00ff",
        "'a\\\\b\\001'::bytea; \\x615c6201",
        "'\\x00FF'::bytea::text; \\x00ff",
        "'\\x6B'::bytea = 'k'; true",
        "'Feb 29, 2024'::date; 2024-02-29",
        "CAST('20240229' AS DATE); 2024-02-29",
        "'{123E4567-e89b-12d3-a456-426614174000}'::uuid; 123e4567-e89b-12d3-a456-426614174000",
        "'[1, 2]'::json; [1, 2]",
        "'1 day 26 hours'::interval; P1DT26H",
        "CAST('1 day' AS INTERVAL); P1D",
        "1e10::float8::text; 10000000000",
        "1e-7::float8::text; 1e-07",
        "CAST(1e20::float8 AS VARCHAR(5)); 1e+20",
        "0.5::text; 0.5",
        "1.5::numeric::text; 1.5",
        "1.0/3; 0.33333333333333333333",
        "2::numeric/3; 0.66666666666666666667",
        "10.00/4; 2.5000000000000000",
        "1.0/0.0007; 1428.5714285714285714",
        "round(2.567, 2); 2.57",
        "round(2.5); 3",
        "2::numeric * 3::numeric; 6",
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
        "SELECT 32767.5::smallint; 22003",
        "SELECT 1e10::int; 22003",
        "SELECT 1e19::float8::bigint; 22003",
        "SELECT 'NaN'::float8::int; 22003",
        "SELECT '\\x0'::bytea; 22023",
        "SELECT '{a: 1}'::json; 22P02",
        "SELECT '{'::jsonb; 22P02",
        "SELECT '123'::uuid; 22P02",
        "SELECT '1 fortnight'::interval; 22007",
        "SELECT 1.0/0; 22012",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CAST(?::numeric AS INTEGER); 2.5; 3",
        "(?::float8)::int; 2.5; 2",
        "?::numeric / 3; 1; 0.33333333333333333333",
        "?::text::bytea::text; \\x6B; \\x6b",
        "(?::text)::date; Feb 29, 2024; 2024-02-29",
        "?::uuid; {123E4567-e89b-12d3-a456-426614174000}; 123e4567-e89b-12d3-a456-426614174000",
        "CAST(? AS JSON); [1]; [1]",
        "?::interval; 26 hours; PT26H",
        "(?::float8)::text; 1e20; 1e+20",
      })
  void giveOfParameters(String expression, String parameter, String value) throws SQLException {
    assertThat(sql.value("SELECT " + expression, parameter)).isEqualTo(value);
  }

  @Test
  void refuseParameters() {
    assertThatThrownBy(() -> sql.rows("SELECT ?::jsonb", "{a: 1}"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P02"));
  }
}
