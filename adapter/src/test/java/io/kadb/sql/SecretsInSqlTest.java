package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsInSqlTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "CREATE SERVER s OPTIONS (\"#sasl.password\" 'a''b', k_brokers 'h:1')"
            + " ; CREATE SERVER s OPTIONS (\"#sasl.password\" '********', k_brokers 'h:1')",
        "ALTER SERVER s OPTIONS (SET \"#ssl.key.password\" 'x')"
            + " ; ALTER SERVER s OPTIONS (SET \"#ssl.key.password\" '********')",
        "OPTIONS (SCHEMA_REGISTRY_PASSWORD 'x') ; OPTIONS (SCHEMA_REGISTRY_PASSWORD '********')",
        "OPTIONS (schema_registry_password /* 'no' */ -- 'no¶ 'x')"
            + " ; OPTIONS (schema_registry_password /* 'no' */ -- 'no¶ '********')",
        "(\"#sasl.password\" 'a' ¶ 'b') ; (\"#sasl.password\" '********' ¶ '********')",
        "(\"#sasl.password\" E'a\\'b') ; (\"#sasl.password\" '********')",
        "(\"#sasl.password\" U&'a') ; (\"#sasl.password\" '********')",
        "(\"#sasl.password\"'a') ; (\"#sasl.password\"'********')",
        "(\"#sasl.passwort\" 'a') ; (\"#sasl.passwort\" '********')",
        "OPTIONS (ADD schema_registry_pasword 'x')"
            + " ; OPTIONS (ADD schema_registry_pasword '********')",
        "SET schema_registry_password = 'x' ; SET schema_registry_password = '********'",
        "SET schema_registry_password TO 'x' ; SET schema_registry_password TO '********'",
        "(\"#sasl.password\" 'never closed ; (\"#sasl.password\" '********'",
        "(schema_registry_url 'http://u:p@h/') ; (schema_registry_url 'http://********@h/')"
      })
  void masksSecrets(String sql, String shown) {
    assertThat(SecretsInSql.masked(sql.replace('¶', '\n'))).isEqualTo(shown.replace('¶', '\n'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a''b', \"c\" FROM t WHERE x = 'y' -- 'z'",
        "OPTIONS (\"#sasl.password\" '${env:SECRET}')",
        "OPTIONS (k_topic 'a', format 'csv')",
        "INSERT INTO kadb.offsets VALUES (?, 1, 2)",
        "",
        "/* never closed '"
      })
  void leavesEverythingElse(String sql) {
    assertThat(SecretsInSql.masked(sql)).isEqualTo(sql);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_000})
  void copesWithLongTexts(int length) {
    String sql = "SELECT '" + "''x".repeat(length) + "'";

    assertThat(SecretsInSql.masked(sql)).isEqualTo(sql);
  }
}
