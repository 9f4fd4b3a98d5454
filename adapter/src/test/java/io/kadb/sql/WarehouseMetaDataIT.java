package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestPostgres;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What metadata says of the warehouse, without any broker. */
@PostgresTest
class WarehouseMetaDataIT {
  private SqlClient sql;
  private DatabaseMetaData metaData;

  @BeforeEach
  void createTables(TestPostgres postgres) throws SQLException {
    postgres.execute(
        "DROP SCHEMA IF EXISTS \"Odd schema\" CASCADE",
        "CREATE SCHEMA \"Odd schema\"",
        "CREATE TABLE \"Odd schema\".facts (b int, a text NOT NULL, d numeric(10,2),"
            + " t timestamptz, k inet, PRIMARY KEY (b, a))",
        "COMMENT ON TABLE \"Odd schema\".facts IS 'what happened'",
        "INSERT INTO \"Odd schema\".facts VALUES (1, 'x', 1.5)",
        "CREATE VIEW \"Odd schema\".some_view AS SELECT b FROM \"Odd schema\".facts",
        "CREATE TABLE \"Odd schema\".empty ()");
    sql = SqlClient.connect(Map.of("store", postgres.jdbcUrl()));
    sql.update("DROP SERVER IF EXISTS nobody CASCADE");
    sql.update("CREATE SERVER nobody FOREIGN DATA WRAPPER kadb_fdw");
    metaData = sql.connection().getMetaData();
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  private static List<String> rows(ResultSet result, String... labels) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (result) {
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (String label : labels) {
          values.add(result.getString(label));
        }
        rows.add(String.join("|", values.stream().map(String::valueOf).toList()));
      }
    }
    return rows;
  }

  @Test
  void listsTablesAndViewsWithTheirSchema() throws SQLException {
    assertThat(
            rows(
                metaData.getTables(null, "pg.Odd%", "%", null),
                "TABLE_TYPE",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "REMARKS"))
        .containsExactly(
            "TABLE|pg.Odd schema|empty|",
            "TABLE|pg.Odd schema|facts|what happened",
            "VIEW|pg.Odd schema|some_view|");
    assertThat(rows(metaData.getTables(null, null, "fact_", new String[] {"TABLE"}), "TABLE_NAME"))
        .containsExactly("facts");
    assertThat(rows(metaData.getSchemas(), "TABLE_SCHEM"))
        .contains("kadb", "public", "pg.public", "pg.Odd schema")
        .doesNotContain("pg.pg_catalog", "pg.information_schema", "pg.kadb");
  }

  @Test
  void listsColumnsAndPrimaryKeys() throws SQLException {
    assertThat(
            rows(
                metaData.getColumns(null, "pg.Odd schema", "facts", "%"),
                "COLUMN_NAME",
                "TYPE_NAME",
                "COLUMN_SIZE",
                "IS_NULLABLE",
                "ORDINAL_POSITION"))
        .containsExactly(
            "b|integer|10|NO|1",
            "a|text|2147483647|NO|2",
            "d|numeric|10|YES|3",
            "t|timestamp with time zone|35|YES|4",
            "k|inet|2147483647|YES|5");
    assertThat(
            rows(metaData.getPrimaryKeys(null, "pg.Odd schema", "facts"), "COLUMN_NAME", "KEY_SEQ"))
        .containsExactly("a|2", "b|1");
    assertThat(rows(metaData.getPrimaryKeys(null, "pg.Odd schema", "empty"), "KEY_SEQ")).isEmpty();
  }

  @Test
  void statementsFindATableByTheSchemaThatMetadataShows() throws SQLException {
    assertThat(sql.rows("SELECT * FROM pg.\"Odd schema\".facts"))
        .isEqualTo(sql.rows("SELECT * FROM \"pg.Odd schema\".\"facts\""))
        .hasSize(1);
    assertThat(sql.value("SELECT \"pg.Odd schema\".facts.a FROM \"pg.Odd schema\".facts"))
        .isEqualTo("x");
    sql.update("INSERT INTO \"pg.Odd schema\".\"facts\" (b, a) VALUES (2, 'y')");
    assertThat(sql.rows("SELECT a FROM \"pg.Odd schema\".facts ORDER BY b"))
        .containsExactly("x", "y");
  }

  @Test
  void seesWhatTheTransactionMadeAndDisturbsNoOpenResult() throws SQLException {
    sql.connection().setAutoCommit(false);
    try (var statement = sql.connection().createStatement();
        ResultSet open = statement.executeQuery("SELECT b FROM pg.\"Odd schema\".facts")) {
      assertThat(rows(metaData.getTables(null, "pg.Odd schema", "facts", null), "TABLE_NAME"))
          .hasSize(1);
      assertThat(open.next()).isTrue();
      assertThat(open.getInt(1)).isEqualTo(1);
    }
    sql.connection().commit();
  }

  @Test
  void listsTheFunctionsOfKadb() throws SQLException {
    assertThat(rows(metaData.getFunctions(null, "kadb", "%"), "FUNCTION_NAME"))
        .contains("cancel", "commit_offsets", "load_offsets_at_timestamp", "retry_rejects")
        .isSorted();
    assertThat(
            rows(
                metaData.getFunctionColumns(null, "kadb", "load_offsets_at_timestamp", "%"),
                "COLUMN_NAME",
                "COLUMN_TYPE",
                "TYPE_NAME"))
        .containsExactly(
            "table|1|oid", "milliseconds|1|bigint", "ftoid|5|oid", "prt|5|integer", "off|5|bigint");
  }
}
