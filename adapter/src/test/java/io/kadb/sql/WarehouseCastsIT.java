package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Casts of texts follow PostgreSQL's rules on whichever side they are done. */
class WarehouseCastsIT extends WarehouseFixture {
  @BeforeEach
  void createTexts() throws SQLException {
    TestTopic texts = kafka.newTopic("texts", 1);
    texts.send(0, "1,0x1F,t,1_000");
    table("k (id int, i text, b text, l text)", texts, "k_scan_mode 'snapshot'");
    postgres.execute(
        "DROP TABLE IF EXISTS texts",
        "CREATE TABLE texts (id int, i text, b text, at timestamp)",
        "INSERT INTO texts VALUES (1, ' 31 ', 'yes', '2024-01-01'), (2, '7', 'off', NULL)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT k.b::boolean, k.i::int, k.l::bigint FROM k JOIN pg.public.names n ON n.id = k.id;"
            + "true|31|1000",
        "SELECT n.name FROM k JOIN pg.public.names n ON n.id = k.id WHERE k.b::boolean;one",
        "SELECT n.name FROM k, pg.public.names n WHERE n.id = k.id AND k.i::int = 31;one",
        "SELECT p.id FROM k JOIN pg.public.texts p ON p.i::int = k.i::int;1",
        "SELECT p.b::boolean AND k.b::boolean FROM k JOIN pg.public.texts p ON p.id = k.id;true",
        "SELECT p.b::boolean, p.at FROM pg.public.texts p WHERE p.id = 2;false|null",
        "SELECT 't'::boolean, '0x1F'::int, '1.5'::numeric FROM k, pg.public.names n"
            + " WHERE n.id = 1;true|31|1.5",
        "SELECT (k.id = n.id)::text FROM k JOIN pg.public.names n ON n.id = k.id;true",
        "SELECT max(k.i::int) FROM k JOIN pg.public.names n ON n.id = k.id;31",
        "SELECT id FROM pg.public.texts WHERE i::int = 7 UNION ALL SELECT i::int FROM k"
            + " ORDER BY 1 DESC LIMIT 1;31",
        "SELECT k.id FROM k WHERE k.b::boolean AND k.id IN (SELECT id FROM pg.public.names);1",
      })
  void give(String query, String row) throws SQLException {
    assertThat(sql.rows(query)).containsExactly(row);
  }

  @Test
  void refuseWithTheSameStates() {
    String from = " FROM k JOIN pg.public.names n ON n.id = k.id";
    refused("22P02", () -> sql.rows("SELECT k.b::int" + from));
    refused("22003", () -> sql.rows("SELECT (k.l || '000000000')::int" + from));
    refused("22P02", () -> sql.rows("SELECT 'x'::int" + from));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM pg.public.texts WHERE i::int = 7",
        "SELECT i::int FROM pg.public.texts",
        "SELECT k.id FROM k JOIN pg.public.texts p ON p.id = k.id WHERE p.i::int = 7",
      })
  void ofColumnsOfTheWarehouseArePushedDown(String query) throws SQLException {
    String plan = String.join("\n", sql.rows("EXPLAIN " + query));
    assertThat(plan).contains("CAST").doesNotContain("KADB_CAST");
    assertThat(plan.indexOf("CAST")).isGreaterThan(plan.indexOf("JdbcToEnumerable"));
  }

  @Test
  void ofConstantsDoNotKeepConditionsFromBeingPushedDown() throws SQLException {
    String query =
        "SELECT k.id FROM k JOIN pg.public.texts p ON p.id = k.id WHERE p.id = '0x1'::int";
    assertThat(sql.rows(query)).containsExactly("1");
    assertThat(String.join("\n", sql.rows("EXPLAIN " + query)))
        .contains("JdbcFilter(condition=[=($0, 1)])")
        .doesNotContain("KADB_CAST");
  }

  @Test
  void ofColumnsOfAMessageAreDoneHere() throws SQLException {
    String query = "SELECT k.i::int FROM k JOIN pg.public.names n ON n.id = k.id";
    assertThat(String.join("\n", sql.rows("EXPLAIN " + query))).contains("KADB_CAST_INTEGER");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT id FROM pg.public.bytes WHERE b = '\\x6B31'; 1",
        "SELECT id FROM pg.public.bytes WHERE b IN ('k', '\\x00'); 2",
        "SELECT id FROM pg.public.bytes WHERE b = 'k'::bytea; 2",
        "SELECT k.id FROM k JOIN pg.public.bytes p ON p.id = k.id WHERE p.b = '\\x6B31'; 1",
        "SELECT p.n::int, p.b::text FROM pg.public.bytes p WHERE id = 1; 3|\\x6b31",
        "SELECT k.id + p.n::int FROM k JOIN pg.public.bytes p ON p.id = k.id; 4",
        "SELECT id FROM pg.public.bytes WHERE u = '{123E4567e89b12d3a456426614174000}'::uuid; 1",
        "SELECT n / 2 FROM pg.public.bytes WHERE id = 1; 1.25000000000000000000",
      })
  void ofOtherTypesWorkInTheWarehouse(String query, String row) throws SQLException {
    postgres.execute(
        "DROP TABLE IF EXISTS bytes",
        "CREATE TABLE bytes (id int, b bytea, n numeric(5,2), u uuid)",
        "INSERT INTO bytes VALUES (1, 'k1', 2.5, '123e4567e89b12d3a456426614174000'),"
            + " (2, 'k', 1, NULL)");
    assertThat(sql.rows(query)).containsExactly(row);
  }
}
