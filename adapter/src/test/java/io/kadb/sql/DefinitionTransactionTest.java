package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When definitions take effect. */
class DefinitionTransactionTest extends EmbeddedFixture {
  @Test
  void undoesDefinitionsByRollback() throws SQLException {
    server("s");
    table("t", "s");
    Connection connection = sql.connection();
    connection.setAutoCommit(false);
    sql.update("CREATE SCHEMA sales");
    table("sales.u", "s");
    sql.update("ALTER FOREIGN TABLE t DROP COLUMN name");
    assertThat(columns(sql, "sales.u")).hasSize(2);
    assertThat(columns(sql, "t")).containsExactly("id integer");
    SqlClient other = connect();
    assertThat(columns(other, "t")).as("not committed yet").hasSize(2);
    connection.rollback();
    assertThat(columns(sql, "t")).containsExactly("id integer", "name text");
    refused("42P01", () -> columns(sql, "sales.u"));
    connection.commit();

    sql.update("DROP FOREIGN TABLE t");
    connection.commit();
    refused("42P01", () -> columns(other, "t"));
  }

  @Test
  void undoesDefinitionsToASavepointAndThoseOfAFailedStatement() throws SQLException {
    server("s");
    sql.update("BEGIN");
    table("a", "s");
    sql.update("SAVEPOINT x");
    table("b", "s");
    refused("42P07", () -> table("a", "s"));
    assertThat(columns(sql, "b")).as("the transaction is still usable").hasSize(2);
    sql.update("ROLLBACK TO SAVEPOINT x");
    refused("42P01", () -> columns(sql, "b"));
    sql.update("COMMIT");
    SqlClient other = connect();
    assertThat(columns(other, "a")).hasSize(2);
    refused("42P01", () -> columns(other, "b"));
  }

  @Test
  void runsPreparedDefinitionsWhenTheyAreExecuted() throws SQLException {
    server("s");
    try (PreparedStatement create =
            sql.connection().prepareStatement("CREATE FOREIGN TABLE t (id int) SERVER s");
        PreparedStatement drop = sql.connection().prepareStatement("DROP FOREIGN TABLE t")) {
      refused("42P01", () -> columns(sql, "t"));
      assertThat(create.getMetaData()).isNull();
      assertThat(create.executeUpdate()).isZero();
      assertThat(columns(sql, "t")).hasSize(1);
      assertThat(drop.executeUpdate()).isZero();
      refused("42P01", () -> columns(sql, "t"));
      assertThat(create.execute()).isFalse();
      assertThat(columns(sql, "t")).hasSize(1);
    }
  }

  @Test
  void plansAPreparedSelectAgainAfterAnAlter() throws SQLException {
    server("s");
    table("t", "s");
    try (PreparedStatement explain =
        sql.connection().prepareStatement("EXPLAIN SELECT name FROM t")) {
      assertThat(rows(explain)).contains("columns=[[name]]");
      connect().update("ALTER FOREIGN TABLE t ADD COLUMN c int, DROP COLUMN name");
      refused("42703", explain::executeQuery);
      connect().update("ALTER FOREIGN TABLE t ADD COLUMN name text");
      assertThat(rows(explain)).contains("columns=[[name]]");
    }
    try (PreparedStatement select =
        sql.connection().prepareStatement("SELECT * FROM t WHERE 1 = 0")) {
      assertThat(select.executeQuery().getMetaData().getColumnCount()).isEqualTo(3);
      connect().update("ALTER FOREIGN TABLE t DROP COLUMN name");
      assertThat(select.executeQuery().getMetaData().getColumnCount()).isEqualTo(2);
      sql.update("DROP FOREIGN TABLE t");
      refused("42P01", select::executeQuery);
    }
  }

  @Test
  void definesNothingOnAReadOnlyConnection() throws SQLException {
    server("s");
    table("t", "s");
    SqlClient readOnly = connect("readOnly=true");
    for (String ddl :
        List.of(
            "CREATE SERVER r FOREIGN DATA WRAPPER kadb_fdw",
            "CREATE SERVER IF NOT EXISTS s FOREIGN DATA WRAPPER kadb_fdw",
            "ALTER SERVER s OPTIONS (k_topic 'x')",
            "DROP SERVER s CASCADE",
            "CREATE FOREIGN TABLE u (id int) SERVER s",
            "ALTER FOREIGN TABLE t ADD COLUMN c int",
            "DROP FOREIGN TABLE t",
            "CREATE SCHEMA x",
            "DROP SCHEMA public CASCADE",
            "INSERT INTO kadb.offsets VALUES (1, 2, 3)",
            "UPDATE kadb.offsets SET off = 0",
            "DELETE FROM kadb.offsets")) {
      refused("25006", () -> readOnly.update(ddl));
    }
    assertThat(columns(readOnly, "t")).hasSize(2);
    sql.connection().setReadOnly(true);
    refused("25006", () -> sql.update("DROP FOREIGN TABLE t"));
    sql.connection().setReadOnly(false);
    sql.update("DROP FOREIGN TABLE t");
  }

  private static String rows(PreparedStatement statement) throws SQLException {
    StringBuilder rows = new StringBuilder();
    try (var result = statement.executeQuery()) {
      while (result.next()) {
        rows.append(result.getString(1)).append('\n');
      }
    }
    return rows.toString();
  }
}
