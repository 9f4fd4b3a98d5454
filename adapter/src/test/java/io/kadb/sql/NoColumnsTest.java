package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign tables without columns, which PostgreSQL has too. */
class NoColumnsTest extends EmbeddedFixture {
  @BeforeEach
  void define() throws SQLException {
    server("s");
    sql.update("CREATE FOREIGN TABLE n () SERVER s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT * FROM n", "SELECT n.* FROM n", "SELECT 1 FROM (SELECT * FROM n) AS x"})
  void haveNothingThatAStarCouldMean(String query) {
    assertThat(refused("HV004", () -> sql.rows(query)))
        .contains("line 1, column", "no columns", "ADD COLUMN");
  }

  @Test
  void haveHiddenColumnsAndCanBeGivenOthers() throws SQLException {
    assertThat(sql.rows("EXPLAIN SELECT _value FROM n").toString()).contains("[_value]");
    sql.update("ALTER FOREIGN TABLE n ADD COLUMN a int");
    assertThat(columns(sql, "n")).containsExactly("a integer");
  }
}
