package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of foreign tables are cast, and compared with texts, as PostgreSQL does it. */
class ColumnCastsIT extends TableFixture {
  @BeforeEach
  void fill() throws SQLException {
    TestTopic topic = kafka.newTopic("casts", 1);
    topic.send(0, "1|2.5|2.5|\\x6b31|{\"a\": 1}|Feb 29, 2024|123e4567e89b12d3a456426614174000");
    topic.send(0, "2|-2.5|1e20|k|{a: 1}|2024|x");
    table(
        "c (id int, n numeric(5,2), f float8, b bytea, j text, d text, u text)",
        topic,
        "csv_delimeter '|'",
        "csv_quote '~'",
        "k_scan_mode 'snapshot'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT n::int, f::int, f::text, b::text FROM c WHERE id = 1; 3|2|2.5|\\x6b31",
        "SELECT n::smallint, f::text, b::text FROM c WHERE id = 2; -3|1e+20|\\x6b",
        "SELECT n / 3, round(n, 1) FROM c WHERE id = 1; 0.83333333333333333333|2.5",
        "SELECT j::json, d::date FROM c WHERE id = 1; {\"a\": 1}|2024-02-29",
        "SELECT u::uuid FROM c WHERE id = 1; 123e4567-e89b-12d3-a456-426614174000",
        "SELECT id FROM c WHERE b = '\\x6B31'; 1",
        "SELECT id FROM c WHERE b = 'k'; 2",
        "SELECT id FROM c WHERE 'k' <> b; 1",
        "SELECT id FROM c WHERE b IN ('k', '\\x00'); 2",
        "SELECT id FROM c WHERE b NOT IN ('k', '\\x00'); 1",
        "SELECT id FROM c WHERE b::text = '\\x6b31'; 1",
        "SELECT id FROM c WHERE n::int = 3; 1",
      })
  void give(String query, String row) throws SQLException {
    assertThat(sql.rows(query)).containsExactly(row);
  }

  @Test
  void compareWithParameters() throws SQLException {
    assertThat(sql.rows("SELECT id FROM c WHERE b = ?", "\\x6B31")).containsExactly("1");
    assertThat(sql.rows("SELECT id FROM c WHERE b = ?::bytea", "k")).containsExactly("2");
  }

  @ParameterizedTest
  @CsvSource({
    "SELECT j::json FROM c, 22P02",
    "SELECT u::uuid FROM c, 22P02",
    "SELECT d::date FROM c, 22007",
    "SELECT f::int FROM c, 22003",
    "SELECT id FROM c WHERE b = '\\x0', 22023",
  })
  void refuse(String query, String state) {
    refused(state, () -> sql.rows(query));
  }
}
