package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestPostgres;
import io.kadb.testing.TestTopic;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Casts among texts and times, and what is done with times, against a PostgreSQL server: the same
 * rows, or the same SQLState. Table t is a foreign table to one, a table to the other.
 */
@KafkaTest
@PostgresTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CastsAgainstPostgresIT {
  private static final String COLUMNS =
      "(id INT, at TIMESTAMP, clock TIME, zoned TIMESTAMPTZ, at3 TIMESTAMP(3), clock0 TIME(0),"
          + " day DATE, txt TEXT)";

  private static final List<String> TYPES =
      List.of(
          "text",
          "varchar(30)",
          "varchar(12)",
          "date",
          "time",
          "time(0)",
          "time(3)",
          "timestamp",
          "timestamp(0)",
          "timestamp(3)",
          "timestamptz",
          "timestamptz(0)");

  private final SqlClient sql;
  private final SqlClient server;

  CastsAgainstPostgresIT(KafkaCluster kafka, TestPostgres postgres) throws Exception {
    TestTopic topic = kafka.newTopic("casts", 1);
    topic.send(
        0,
        "1,2024-02-29 12:00:00.123456,12:00:00.123456,2024-02-29 12:00:00.123456+02,"
            + "2024-02-29 12:00:00.123456,12:00:00.5,2024-02-29,2024-02-29 12:00:00.123456",
        "2,1969-12-31 23:59:58.9999995,23:59:58.999999,1969-12-31 23:59:58.9999+00,"
            + "1969-12-31 23:59:58.999999,23:59:59.4,1969-12-31,1969-12-31 23:59:58.9995",
        "3,,,,,,,");
    sql = SqlClient.connect(Map.of("store", postgres.jdbcUrl(), "scanMode", "snapshot"));
    sql.update(
        "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + kafka.bootstrapServers()
            + "', k_consumer_group 'g', k_seg_batch '100', k_timeout_ms '1000')");
    sql.update(
        "CREATE FOREIGN TABLE t "
            + COLUMNS
            + " SERVER k OPTIONS (format 'csv', k_topic '"
            + topic.name()
            + "')");
    Connection connection = postgres.connect();
    server = new SqlClient(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET timezone = 'UTC'");
      statement.execute("CREATE TABLE t " + COLUMNS);
      statement.execute(
          "INSERT INTO t VALUES (1, '2024-02-29 12:00:00.123456', '12:00:00.123456',"
              + " '2024-02-29 12:00:00.123456+02', '2024-02-29 12:00:00.123456', '12:00:00.5',"
              + " '2024-02-29', '2024-02-29 12:00:00.123456'), (2, '1969-12-31 23:59:58.9999995',"
              + " '23:59:58.999999', '1969-12-31 23:59:58.9999+00', '1969-12-31 23:59:58.999999',"
              + " '23:59:59.4', '1969-12-31', '1969-12-31 23:59:58.9995'),"
              + " (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
    }
  }

  @AfterAll
  void close() throws SQLException {
    sql.close();
    server.close();
  }

  private static String answer(SqlClient client, String query) {
    try {
      return client.rows(query) + (client.warnings().isEmpty() ? "" : " " + client.warnings());
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private void agree(List<String> queries) {
    List<String> wanted = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (String query : queries) {
      wanted.add(query + ": " + answer(server, query));
      found.add(query + ": " + answer(sql, query));
    }
    assertThat(found).containsExactlyElementsOf(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-02-29 12:00:00.123456+02", "0001-01-01 00:00:00.5005"})
  void constantsAreCastTwice(String text) {
    List<String> queries = new ArrayList<>();
    for (String one : TYPES) {
      for (String two : TYPES) {
        queries.add("SELECT '" + text + "'::" + one + "::" + two);
      }
    }
    agree(queries);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at", "clock", "zoned", "at3", "clock0", "day", "txt"})
  void columnsAreCast(String column) {
    agree(
        TYPES.stream()
            .map(type -> "SELECT " + column + "::" + type + "::text FROM t ORDER BY id")
            .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT CAST('12:34:56.123456' AS TIME)",
        "SELECT CAST('12:34:56.123456' AS TIME WITHOUT TIME ZONE)",
        "SELECT CAST('12:34:56.1235' AS TIME(3)), TIME(1) '12:34:56.16'",
        "SELECT CAST('2024-02-29 12:34:56.126' AS TIMESTAMP(2))",
        "SELECT TIMESTAMP(0) '2024-02-29 12:34:56.623456'",
        "SELECT CAST('2024-02-29 12:34:56.123456+02' AS TIMESTAMP WITH TIME ZONE)",
        "SELECT '2024-02-29 12:34:56.123456+02'::timestamp(3) with time zone",
        "SELECT TIMESTAMPTZ '2024-02-29 12:34:56.123456+02'",
        "SELECT TIMESTAMP WITH TIME ZONE '2024-02-29 12:34:56.123456+02'",
        "SELECT id AS timestamptz FROM t ORDER BY id",
        "SELECT id FROM t WHERE txt::varchar(5)::text = '2024-'",
        "SELECT count(*) FROM t a JOIN t b ON a.txt::varchar(4) = b.txt::varchar(4)::text",
        "SELECT txt::varchar(5), count(*) FROM t GROUP BY txt::varchar(5) ORDER BY 1",
        "SELECT COALESCE(zoned, at) FROM t ORDER BY id",
        "SELECT COALESCE(at, zoned)::time FROM t ORDER BY id",
        "SELECT CASE WHEN id = 1 THEN zoned::timestamp ELSE at END FROM t ORDER BY id",
        "SELECT CASE WHEN id = 1 THEN day ELSE at END FROM t ORDER BY id",
        "SELECT id FROM t WHERE at > zoned ORDER BY id",
        "SELECT id FROM t WHERE at = '2024-02-29 12:00:00.123456'::timestamptz",
        "SELECT id FROM t WHERE zoned = TIMESTAMP '2024-02-29 10:00:00.123456'",
        "SELECT id FROM t WHERE at::time = clock",
        "SELECT id FROM t WHERE at::time = '12:00:00.123456'",
        "SELECT id FROM t WHERE zoned < now() AND at < now() - INTERVAL '1' HOUR ORDER BY id",
        "SELECT count(*) FROM t WHERE now() = now()::timestamptz",
        "SELECT id FROM t ORDER BY zoned::timestamp DESC, id",
        "SELECT max(zoned::timestamp), min(at::timestamptz) FROM t",
        "SELECT zoned::timestamp, count(*) FROM t GROUP BY zoned::timestamp ORDER BY 1",
        "SELECT at + INTERVAL '1' DAY, at - INTERVAL '1' SECOND FROM t ORDER BY id",
        "SELECT at + INTERVAL '1' MONTH, INTERVAL '1' DAY + at FROM t ORDER BY id",
        "SELECT clock + INTERVAL '1' HOUR, zoned + INTERVAL '1' HOUR FROM t ORDER BY id",
        "SELECT id FROM t WHERE at - INTERVAL '1' DAY < '2024-02-28 12:00:00.123457' ORDER BY id",
        "SELECT extract(microsecond FROM at), extract(hour FROM zoned) FROM t ORDER BY id",
        "SELECT to_char(at, 'HH24:MI:SS.US MS'), to_char(zoned, 'FF6 FF4') FROM t ORDER BY id",
      })
  void expressionsAgree(String query) {
    agree(List.of(query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT row_number() OVER (PARTITION BY clock ORDER BY at), id FROM t ORDER BY id",
        "SELECT max(at) OVER (), id FROM t ORDER BY id",
        "SELECT lag(at) OVER (ORDER BY id), rank() OVER (ORDER BY zoned DESC) FROM t ORDER BY id",
        "SELECT count(*) OVER (PARTITION BY zoned::timestamp), id FROM t ORDER BY id",
        "SELECT first_value(zoned) OVER (ORDER BY at ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), id"
            + " FROM t ORDER BY id",
        "SELECT count(at) OVER (ORDER BY at RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), id"
            + " FROM t ORDER BY id",
      })
  void windowsAgree(String query) {
    agree(List.of(query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT extract(dow FROM at), extract(dow FROM day), extract(isodow FROM day) FROM t"
            + " ORDER BY id",
        "SELECT extract(dow FROM DATE '2024-03-03')",
        "SELECT date_trunc('week', at), date_trunc('week', zoned) FROM t ORDER BY id",
        "SELECT date_trunc('quarter', day::timestamp), date_trunc('YEAR', zoned) FROM t ORDER BY 1",
        "SELECT date_trunc('minute', at), count(*) FROM t GROUP BY date_trunc('minute', at)"
            + " ORDER BY 1",
        "SELECT id FROM t WHERE date_trunc('day', at) = '2024-02-29'",
        "SELECT length('\\x00ff'::bytea), length('abc'), length('\\x00ff00'::bytea::text)",
        "SELECT length(CASE WHEN id = 1 THEN 'ab'::bytea END) FROM t ORDER BY id",
        "SELECT trunc(2.567, 2), trunc(-2.567), trunc(2.5::float8), trunc(7, -1)",
        "SELECT btrim('  a ')",
      })
  void functionsAgree(String query) {
    agree(List.of(query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT extract(dow FROM at), extract(dow FROM day) FROM t ORDER BY id",
        "SELECT date_trunc('week', at), date_trunc('quarter', at) FROM t ORDER BY id",
        "SELECT id FROM t WHERE date_trunc('week', at) < '2024-02-27' ORDER BY id",
        "SELECT id FROM t WHERE extract(dow FROM at) = 4 AND trunc(id) > 1 ORDER BY id",
        "SELECT zoned::timestamp, at::timestamptz, at::time, clock::time(0) FROM t ORDER BY id",
        "SELECT id FROM t WHERE txt::varchar(5)::text = '2024-'",
        "SELECT id FROM t WHERE at < now() AND zoned < now() AND btrim(txt) = txt ORDER BY id",
        "SELECT max(at) OVER (), row_number() OVER (ORDER BY at), id FROM t ORDER BY id",
        "SELECT at + INTERVAL '1' DAY, extract(microsecond FROM at) FROM t ORDER BY id",
        "SELECT sum(id) OVER (ORDER BY clock), id FROM t WHERE at IS NOT NULL ORDER BY id",
      })
  void theWarehouseAgreesWithItself(String query) {
    assertThat(answer(sql, query.replace("FROM t", "FROM pg.public.t")))
        .isEqualTo(answer(server, query));
  }

  @Test
  void parametersAgree() throws SQLException {
    LocalDateTime at = LocalDateTime.parse("2024-02-29T12:00:00.123456");
    assertThat(
            sql.rows(
                "SELECT CAST(? AS TIME), CAST(? AS TIME(3)), CAST(? AS TIMESTAMP(0))",
                LocalTime.parse("12:34:56.123456"),
                LocalTime.parse("12:34:56.1235"),
                at))
        .containsExactly("12:34:56.123456|12:34:56.124|2024-02-29 12:00:00");
    assertThat(
            sql.rows(
                "SELECT CAST(? AS TIMESTAMPTZ)::timestamp, CAST(? AS TEXT)::timestamptz(1)",
                OffsetDateTime.parse("2024-02-29T12:00:00.123456+02:00"),
                "2024-02-29 12:00:00.16"))
        .containsExactly("2024-02-29 10:00:00.123456|2024-02-29 12:00:00.2+00");
    assertThat(sql.rows("SELECT id FROM t WHERE at::timestamptz = CAST(? AS TIMESTAMP)", at))
        .containsExactly("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT '23:59:59.9999'::time::time(3);22008;round to 24:00:00",
        "SELECT '2024-02-29 23:59:59.9999'::timestamp::time(0);22008;round to 24:00:00",
        "SELECT clock::timestamp FROM t;42846;time without time zone to timestamp",
        "SELECT 2 ^ 3;0A000;POWER"
      })
  void refusesWhatWouldMislead(String query, String state, String text) {
    assertThatThrownBy(() -> sql.rows(query))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
        .hasMessageContaining(text);
  }
}
