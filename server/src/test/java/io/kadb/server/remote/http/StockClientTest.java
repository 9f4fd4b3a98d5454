package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs with Avatica's own driver can do, in both forms of messages. */
class StockClientTest extends ServerFixture {
  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void runsQueriesAndReadsValuesOfEveryType(String form) throws SQLException {
    try (Connection connection = stock(form);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT CAST(7 AS SMALLINT) s, 42 i, 9007199254740993 b, CAST(1.5 AS REAL) r,"
                    + " CAST(2.25 AS DOUBLE PRECISION) d, CAST(12.34 AS NUMERIC(10,2)) n, TRUE t,"
                    + " 'grün \"x\"' v, DATE '2024-02-29' da, TIME '12:34:56' ti,"
                    + " TIMESTAMP '2024-02-29 12:34:56.789' ts, CAST(NULL AS INTEGER) nn")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getShort("s")).isEqualTo((short) 7);
      assertThat(row.getInt("i")).isEqualTo(42);
      assertThat(row.getLong("b")).isEqualTo(9_007_199_254_740_993L);
      assertThat(row.getFloat("r")).isEqualTo(1.5f);
      assertThat(row.getDouble("d")).isEqualTo(2.25);
      assertThat(row.getBigDecimal("n")).isEqualByComparingTo(new BigDecimal("12.34"));
      assertThat(row.getBoolean("t")).isTrue();
      assertThat(row.getString("v")).isEqualTo("grün \"x\"");
      assertThat(row.getString("da")).isEqualTo("2024-02-29");
      assertThat(row.getString("ti")).isEqualTo("12:34:56");
      assertThat(row.getTimestamp("ts")).isEqualTo(Timestamp.valueOf("2024-02-29 12:34:56.789"));
      assertThat(row.getInt("nn")).isZero();
      assertThat(row.wasNull()).isTrue();
      assertThat(row.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void preparesStatementsWithParameters(String form) throws SQLException {
    try (Connection connection = stock(form);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT CAST(? AS INTEGER) + 1 a, CAST(? AS VARCHAR) b, CAST(? AS TIMESTAMP) c")) {
      for (int i = 0; i < 3; i++) {
        statement.setInt(1, i);
        statement.setString(2, "v" + i);
        statement.setTimestamp(3, Timestamp.valueOf("2024-03-31 02:30:00.001"));
        try (ResultSet row = statement.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getInt(1)).isEqualTo(i + 1);
          assertThat(row.getString(2)).isEqualTo("v" + i);
          assertThat(row.getString(3)).isEqualTo("2024-03-31 02:30:00.001");
          assertThat(row.next()).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void writesAndCountsAndCommitsAndRollsBack(String form) throws SQLException {
    try (Connection connection = stock(form);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("INSERT INTO kadb.offsets VALUES (1, 0, 5), (1, 1, 6)"))
          .isEqualTo(2);
      connection.setAutoCommit(false);
      assertThat(statement.executeUpdate("DELETE FROM kadb.offsets WHERE prt = 1")).isEqualTo(1);
      connection.rollback();
      assertThat(sql.rows("SELECT prt FROM kadb.offsets ORDER BY prt")).containsExactly("0", "1");
      statement.executeUpdate("DELETE FROM kadb.offsets WHERE prt = 0");
      connection.commit();
      assertThat(sql.rows("SELECT prt FROM kadb.offsets")).containsExactly("1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void runsBatches(String form) throws SQLException {
    try (Connection connection = stock(form);
        Statement texts = connection.createStatement();
        PreparedStatement prepared =
            connection.prepareStatement("INSERT INTO kadb.offsets VALUES (?, ?, ?)")) {
      texts.addBatch("INSERT INTO kadb.offsets VALUES (1, 0, 5)");
      texts.addBatch("INSERT INTO kadb.offsets VALUES (1, 1, 6), (1, 2, 7)");
      assertThat(texts.executeBatch()).containsExactly(1, 2);
      for (int i = 0; i < 3; i++) {
        prepared.setLong(1, 2);
        prepared.setInt(2, i);
        prepared.setLong(3, 10 + i);
        prepared.addBatch();
      }
      assertThat(prepared.executeBatch()).containsExactly(1, 1, 1);
      assertThat(sql.value("SELECT count(*) FROM kadb.offsets")).isEqualTo("6");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void listsTablesAndColumns(String form) throws SQLException {
    sql.update("CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw");
    sql.update("CREATE FOREIGN TABLE my_topic (id int NOT NULL, at timestamp) SERVER s");
    try (Connection connection = stock(form)) {
      var metaData = connection.getMetaData();
      assertThat(metaData.getSQLKeywords())
          .isEqualTo(sql.connection().getMetaData().getSQLKeywords());
      assertThat(column(metaData.getTables(null, "public", "%", null), "TABLE_NAME"))
          .containsExactly("my_topic");
      assertThat(column(metaData.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_NAME"))
          .contains("lag");
      assertThat(column(metaData.getColumns(null, "public", "my_topic", "%"), "COLUMN_NAME"))
          .containsExactly("id", "at");
      assertThat(column(metaData.getSchemas(), "TABLE_SCHEM")).contains("public", "kadb");
      assertThat(column(metaData.getTypeInfo(), "TYPE_NAME")).isNotEmpty();
      assertThat(column(metaData.getCatalogs(), "TABLE_CAT")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void errorsHaveTheirStateAndOneLineOfText(String form) throws SQLException {
    try (Connection connection = stock(form);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM nowhere"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("42P01");
                assertThat(e.getMessage()).contains("nowhere").doesNotContain("\tat ");
                assertThat(e.toString()).doesNotContain("\tat ");
              });
      assertThatThrownBy(() -> statement.executeQuery("SELECT 1/0"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22012"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void readsManyFrames(String form) throws SQLException {
    try (Connection connection = stock(form);
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(7);
      try (ResultSet rows = statement.executeQuery(manyRows())) {
        int expected = 0;
        while (rows.next()) {
          assertThat(rows.getInt(1)).isEqualTo(expected++);
        }
        assertThat(expected).isEqualTo(1000);
      }
    }
  }

  static String manyRows() {
    String digits = "(VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))";
    return "SELECT a.n * 100 + b.n * 10 + c.n AS n FROM "
        + digits
        + " AS a (n), "
        + digits
        + " AS b (n), "
        + digits
        + " AS c (n) ORDER BY 1";
  }

  private static List<String> column(ResultSet rows, String label) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(label));
      }
    }
    return values;
  }
}
