package io.kadb.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Shows that a test class gets a PostgreSQL database of its own. */
@PostgresTest
class TestPostgresIT {

  @Test
  void runsAPostgresThatKnowsTheVersionWanted(TestPostgres postgres) throws SQLException {
    assertThat(postgres.queryText("SHOW server_version")).startsWith("18.");
  }

  @Test
  void keepsWhatATestWritesForTheNextTestOfTheClass(TestPostgres first, TestPostgres second)
      throws SQLException {
    first.execute("CREATE TABLE t (a int)", "INSERT INTO t SELECT generate_series(1, 3)");

    assertThat(second.queryLong("SELECT count(*) FROM t")).isEqualTo(3);
    assertThat(second.jdbcUrl()).isEqualTo(first.jdbcUrl());
  }

  @Test
  void connectsToAFreshDatabase(TestPostgres postgres) throws SQLException {
    assertThat(postgres.database()).startsWith("testpostgresit_");
    assertThat(postgres.queryText("SELECT current_database()")).isEqualTo(postgres.database());
  }

  @Test
  void losesConnectionsThatComeThroughAProxyWhenItCutsThem(TestPostgres postgres)
      throws SQLException {
    try (TcpProxy proxy = new TcpProxy()) {
      proxy.forwardTo("127.0.0.1", postgres.port());
      try (var connection = DriverManager.getConnection(postgres.jdbcUrl(proxy.port()));
          var statement = connection.createStatement()) {
        assertThat(statement.execute("SELECT 1")).isTrue();

        proxy.cut();

        assertThatThrownBy(() -> statement.execute("SELECT 1"))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
      }
    }
  }
}
