package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.testing.SqlClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements that kadb does not know are refused as such, never as a defect. */
class RefusedStatementsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE TABLE foo (a int)|0A000|CREATE TABLE is not supported",
        "EXPLAIN CREATE TABLE foo (a int)|0A000|CREATE TABLE is not supported",
        "DESCRIBE kadb.offsets|0A000|is not supported",
        "ALTER SYSTEM SET x = 1|0A000|is not supported",
        "SELCT 1|42601|line 1, column 1: this begins no statement",
        "TRUNCATE kadb.offsets|42601|line 1, column 1: this begins no statement",
        "DROP TABLE foo|0A000|DROP FOREIGN TABLE",
        "CREATE VIEW v AS SELECT 1|42601|line 1, column 8",
      })
  void saysWhatItDoesNotDo(String sql, String state, String text, @TempDir Path home)
      throws SQLException {
    try (SqlClient client = SqlClient.connect(Map.of("kadb.home", home.toString()))) {
      assertThatThrownBy(() -> client.connection().createStatement().execute(sql))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
          .hasMessageContaining(text);
    }
  }

  @Test
  void staysReadOnlyWhenItWasOpenedSo(@TempDir Path home) throws SQLException {
    Map<String, String> properties = Map.of("kadb.home", home.toString(), "readOnly", "true");
    try (SqlClient client = SqlClient.connect(properties)) {
      client.connection().setReadOnly(false);
      client.update("SET transaction_read_only = 'off'");
      assertThat(client.connection().isReadOnly()).isTrue();
      assertThatThrownBy(() -> client.update("DELETE FROM kadb.offsets"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
    }
  }
}
