package io.kadb.sql;

import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestPostgres;
import io.kadb.testing.TestTopic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Casts among texts and times against a PostgreSQL server: the same texts or SQLStates. */
@KafkaTest
@PostgresTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CastsAgainstPostgresIT {
  private static final List<String> TYPES =
      List.of(
          "text",
          "varchar(12)",
          "char(12)",
          "date",
          "time",
          "time(0)",
          "time(3)",
          "timestamp",
          "timestamp(0)",
          "timestamp(3)",
          "timestamptz",
          "timestamptz(0)");

  private static final List<String> TEXTS =
      List.of(
          "2024-02-29 12:00:00.123456+02",
          "1969-12-31 23:59:59.9999995",
          "0001-01-01 00:00:00.5005",
          "12:34:56.123456",
          "23:59:59.9999",
          "2024-02-29",
          "noon");

  private final TestPostgres postgres;
  private final SqlClient sql;
  private final Connection server;

  CastsAgainstPostgresIT(KafkaCluster kafka, TestPostgres postgres) throws Exception {
    this.postgres = postgres;
    this.server = postgres.connect();
    try (Statement statement = server.createStatement()) {
      statement.execute("SET timezone = 'UTC'");
    }
    TestTopic topic = kafka.newTopic("casts", 1);
    this.sql = SqlClient.connect(Map.of("store", postgres.jdbcUrl(), "scanMode", "snapshot"));
    sql.update(
        "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + kafka.bootstrapServers()
            + "', k_consumer_group 'g', k_seg_batch '100', k_timeout_ms '1000')");
    String columns =
        " (id INT, at TIMESTAMP, clock TIME, zoned TIMESTAMPTZ, at3 TIMESTAMP(3), clock0 TIME(0),"
            + " day DATE, txt TEXT)";
    sql.update(
        "CREATE FOREIGN TABLE t"
            + columns
            + " SERVER k OPTIONS (format 'csv', k_topic '"
            + topic.name()
            + "')");
    List<String> rows =
        List.of(
            "1,2024-02-29 12:00:00.123456,12:00:00.123456,2024-02-29 12:00:00.123456+02,"
                + "2024-02-29 12:00:00.123456,12:00:00.5,2024-02-29,2024-02-29 12:00:00.123456",
            "2,1969-12-31 23:59:59.9999995,23:59:59.999999,1969-12-31 23:59:59.9999+00,"
                + "1969-12-31 23:59:59.999999,23:59:59.4,1969-12-31,1969-12-31 23:59:59.9995",
            "3,,,,,,,");
    topic.send(0, rows.toArray(String[]::new));
    try (Statement statement = server.createStatement()) {
      statement.execute("CREATE TEMP TABLE t" + columns);
      for (String row : rows) {
        statement.execute(
            "INSERT INTO t VALUES ("
                + String.join(
                    ",",
                    java.util.Arrays.stream(row.split(",", -1))
                        .map(v -> v.isEmpty() ? "NULL" : "'" + v + "'")
                        .toList())
                + ")");
      }
    }
  }

  @AfterAll
  void close() throws SQLException {
    sql.close();
    server.close();
  }

  private String ours(String query) {
    try {
      List<String> rows = sql.rows(query);
      return rows + (sql.warnings().isEmpty() ? "" : " " + sql.warnings());
    } catch (SQLException e) {
      return e.getSQLState() + (Boolean.getBoolean("verbose") ? " " + e.getMessage() : "");
    }
  }

  private String theirs(String query) {
    try (Statement statement = server.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(SqlClient.row(result));
      }
      return rows.toString();
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private void compare(List<String> expressions, String from) {
    List<String> differences = new ArrayList<>();
    for (String expression : expressions) {
      String wanted = theirs("SELECT " + expression + from);
      String found = ours("SELECT " + expression + from);
      if (!wanted.equals(found)) {
        differences.add(expression + ": " + wanted + " kadb " + found);
      }
    }
    System.out.println(expressions.size() + " expressions, differ " + differences.size());
    differences.forEach(System.out::println);
  }

  @Test
  void file() throws Exception {
    for (String query :
        java.nio.file.Files.readAllLines(java.nio.file.Path.of(System.getProperty("f")))) {
      if (query.isBlank()) continue;
      String wanted = theirs(query);
      String found = ours(query);
      System.out.println(
          (wanted.equals(found) ? "ok   " : "DIFF ") + query + ": " + wanted + " kadb " + found);
    }
  }

  @Test
  void constants() {
    List<String> all = new ArrayList<>();
    for (String text : TEXTS) {
      for (String one : TYPES) {
        all.add("'" + text + "'::" + one);
        for (String two : TYPES) {
          all.add("'" + text + "'::" + one + "::" + two);
        }
      }
    }
    compare(all, "");
  }

  @Test
  void columns() {
    List<String> all = new ArrayList<>();
    for (String column : List.of("at", "clock", "zoned", "at3", "clock0", "day", "txt")) {
      for (String one : TYPES) {
        all.add(column + "::" + one);
        all.add("coalesce(" + column + "::" + one + ", NULL)");
        all.add(column + "::" + one + "::text");
      }
    }
    compare(all, " FROM t ORDER BY id");
  }
}
