package io.kadb.sql;

import io.kadb.testing.PostgresTest;
import io.kadb.testing.TestPostgres;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** The table of offsets with PostgreSQL as the store. */
@PostgresTest
class OffsetsTableOnPostgresIT extends OffsetsTableTest {
  private final TestPostgres postgres;

  OffsetsTableOnPostgresIT(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @Override
  Map<String, String> store() {
    return Map.of("store", postgres.jdbcUrl());
  }

  @BeforeEach
  void empty() throws SQLException {
    sql.update("DELETE FROM kadb.offsets");
  }
}
