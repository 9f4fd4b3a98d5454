package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestPostgres;
import io.kadb.testing.TestTopic;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Microseconds survive whatever a statement does with a time. */
@KafkaTest
@PostgresTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactTimesIT {
  private final TestPostgres postgres;
  private final TestTopic topic;
  private final SqlClient sql;

  ExactTimesIT(KafkaCluster kafka, TestPostgres postgres) throws Exception {
    this.postgres = postgres;
    this.topic = kafka.newTopic("times", 1);
    this.sql = SqlClient.connect(Map.of("store", postgres.jdbcUrl(), "scanMode", "snapshot"));
    sql.update(
        "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + kafka.bootstrapServers()
            + "', k_consumer_group 'g', k_seg_batch '100', k_timeout_ms '1000')");
    sql.update(
        "CREATE FOREIGN TABLE t (id INT, at TIMESTAMP, clock TIME, zoned TIMESTAMPTZ)"
            + " SERVER k OPTIONS (format 'csv', k_topic '"
            + topic.name()
            + "')");
  }

  @BeforeAll
  void send() {
    topic.send(
        0,
        "1,2024-02-29 12:00:00.000001,12:00:00.000001,2024-02-29 12:00:00.000001+02",
        "2,2024-02-29 12:00:00.000002,12:00:00.000002,2024-02-29 12:00:00.000002+02",
        "3,2024-02-29 12:00:00.000002,12:00:00.000002,2024-02-29 12:00:00.000002+02",
        "4,1969-12-31 23:59:59.999999,23:59:59.999999,1969-12-31 23:59:59.999999Z",
        "5,,,");
  }

  @AfterAll
  void close() throws SQLException {
    sql.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT at FROM t WHERE id = 4;1969-12-31 23:59:59.999999",
        "SELECT clock FROM t WHERE id = 4;23:59:59.999999",
        "SELECT zoned FROM t WHERE id = 1;2024-02-29 10:00:00.000001+00",
        "SELECT id FROM t WHERE at = TIMESTAMP '2024-02-29 12:00:00.000001';1",
        "SELECT count(*) FROM t WHERE at > TIMESTAMP '2024-02-29 12:00:00.000001';2",
        "SELECT count(*) FROM t WHERE at < TIMESTAMP '2024-02-29 12:00:00.000001';1",
        "SELECT count(*) FROM t WHERE at <> TIMESTAMP '2024-02-29 12:00:00.000002';2",
        "SELECT id FROM t WHERE at IN (TIMESTAMP '2024-02-29 12:00:00.000001',"
            + " TIMESTAMP '2020-01-01 00:00:00');1",
        "SELECT count(*) FROM t WHERE clock BETWEEN TIME '12:00:00.000002' AND"
            + " TIME '12:00:00.000003';2",
        "SELECT id FROM t WHERE at IS NULL;5",
        "SELECT id FROM t WHERE at = '2024-02-29 12:00:00.000001';1",
        "SELECT min(at) FROM t;1969-12-31 23:59:59.999999",
        "SELECT max(at) FROM t;2024-02-29 12:00:00.000002",
        "SELECT count(DISTINCT at) FROM t;3",
        "SELECT max(n) FROM (SELECT at, count(*) AS n FROM t WHERE at IS NOT NULL GROUP BY at);2",
        "SELECT count(*) FROM t a JOIN t b ON a.at = b.at;6",
        "SELECT CAST(at AS VARCHAR) FROM t WHERE id = 1;2024-02-29 12:00:00.000001",
        "SELECT CAST(clock AS VARCHAR(8)) FROM t WHERE id = 1;12:00:00",
        "SELECT at || '' FROM t WHERE id = 1;2024-02-29 12:00:00.000001",
        "SELECT id FROM t WHERE at IS NOT NULL ORDER BY at DESC, id LIMIT 1;2",
        "SELECT id FROM t ORDER BY at LIMIT 1;4",
        "SELECT COALESCE(at, TIMESTAMP '2000-01-01 00:00:00.123456') FROM t WHERE id = 5;"
            + "2000-01-01 00:00:00.123456",
        "SELECT CASE WHEN id = 1 THEN at ELSE zoned END FROM t WHERE id = 1;"
            + "2024-02-29 12:00:00.000001",
        "SELECT CAST('2024-02-29 12:00:00.000001' AS TIMESTAMP) FROM t WHERE id = 1;"
            + "2024-02-29 12:00:00.000001",
        "SELECT CAST(at AS TIMESTAMP(3)) FROM t WHERE id = 4;1970-01-01 00:00:00",
        "SELECT CAST(at AS DATE) FROM t WHERE id = 4;1969-12-31",
        "SELECT EXTRACT(YEAR FROM at) FROM t WHERE id = 1;2024",
        "SELECT count(*) FROM t WHERE at >= DATE '2024-02-29';3",
        "SELECT at FROM t WHERE id = 1 UNION SELECT at FROM t WHERE id = 2 AND id = 1;"
            + "2024-02-29 12:00:00.000001",
        "SELECT id FROM t WHERE at = (SELECT min(at) FROM t);4",
        "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM t b WHERE b.at = t.at AND b.id = 1);1",
        "SELECT count(*) FROM t WHERE _timestamp > TIMESTAMP '2020-01-01 00:00:00';5",
        "SELECT count(*) FROM (SELECT at FROM t INTERSECT SELECT at FROM t WHERE id < 3);2",
        "SELECT id FROM t WHERE clock = TIME '12:00:00.000001';1",
        "SELECT count(*) FROM t WHERE clock < TIME '12:00:00.000002';1",
        "SELECT id FROM t WHERE clock IN (TIME '12:00:00.000001', TIME '01:00:00');1",
        "SELECT max(clock) FROM t;23:59:59.999999",
        "SELECT min(clock) FROM t;12:00:00.000001",
        "SELECT count(DISTINCT clock) FROM t;3",
        "SELECT max(n) FROM (SELECT clock, count(*) AS n FROM t WHERE id < 5 GROUP BY clock);2",
        "SELECT count(*) FROM t a JOIN t b ON a.clock = b.clock;6",
        "SELECT id FROM t WHERE id < 5 ORDER BY clock DESC LIMIT 1;4",
        "SELECT id FROM t WHERE id < 5 ORDER BY clock LIMIT 1;1",
        "SELECT COALESCE(clock, TIME '01:02:03.000004') FROM t WHERE id = 5;01:02:03.000004",
        "SELECT CASE WHEN id = 4 THEN clock END FROM t WHERE id = 4;23:59:59.999999",
        "SELECT count(*) FROM t WHERE zoned BETWEEN '2024-02-29 10:00:00.000001+00' AND"
            + " '2024-02-29 10:00:00.000001Z';1",
        "SELECT id FROM t WHERE zoned = '2024-02-29 12:00:00.000001+02';1",
        "SELECT count(*) FROM t WHERE zoned > '2024-02-29 10:00:00.000001Z';2",
        "SELECT max(zoned) FROM t;2024-02-29 10:00:00.000002+00",
        "SELECT min(zoned) FROM t;1969-12-31 23:59:59.999999+00",
        "SELECT count(DISTINCT zoned) FROM t;3",
        "SELECT max(n) FROM (SELECT zoned, count(*) AS n FROM t WHERE id < 5 GROUP BY zoned);2",
        "SELECT count(*) FROM t a JOIN t b ON a.zoned = b.zoned;6",
        "SELECT id FROM t WHERE id < 5 ORDER BY zoned LIMIT 1;4",
        "SELECT CAST(zoned AS VARCHAR) FROM t WHERE id = 1;2024-02-29 10:00:00.000001+00",
        "SELECT COALESCE(zoned, zoned) FROM t WHERE id = 1;2024-02-29 10:00:00.000001+00",
        "SELECT CASE WHEN id = 1 THEN zoned END FROM t WHERE id = 1;2024-02-29 10:00:00.000001+00",
        "SELECT TIMESTAMP '2024-01-01 00:00:00.123456';2024-01-01 00:00:00.123456",
        "SELECT CAST(TIME '00:00:00.123456' AS VARCHAR);00:00:00.123456",
        "VALUES (TIMESTAMP '1969-12-31 23:59:59.999999');1969-12-31 23:59:59.999999",
        "SELECT max(x) FROM (VALUES (CAST('2024-01-01 00:00:00.5000005' AS TIMESTAMP))) v(x);"
            + "2024-01-01 00:00:00.500001"
      })
  void keepsMicroseconds(String query, String wanted) throws SQLException {
    assertThat(sql.rows(query)).containsExactly(wanted);
    assertThat(sql.warnings()).isEmpty();
  }

  @Test
  void takesAndGivesMicrosecondsThroughJdbc() throws SQLException {
    assertThat(
            sql.rows(
                "SELECT id FROM t WHERE at = ?", LocalDateTime.parse("2024-02-29T12:00:00.000001")))
        .containsExactly("1");
    try (Statement statement = sql.connection().createStatement();
        ResultSet result = statement.executeQuery("SELECT at, clock FROM t WHERE id = 1")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getObject(1, LocalDateTime.class))
          .isEqualTo(LocalDateTime.parse("2024-02-29T12:00:00.000001"));
      assertThat(result.getTimestamp(1).getNanos()).isEqualTo(1_000);
      assertThat(result.getObject(2, LocalTime.class))
          .isEqualTo(LocalTime.parse("12:00:00.000001"));
      assertThat(result.getObject(2)).hasToString("12:00:00.000001").isInstanceOf(Time.class);
      assertThat(result.getTime(2).toLocalTime()).isEqualTo(LocalTime.parse("12:00:00.000001"));
    }
  }

  @Test
  void loadsMicrosecondsOfConstants() throws SQLException {
    postgres.execute("CREATE TABLE constants (at TIMESTAMP)");
    sql.update("INSERT INTO pg.public.constants VALUES (TIMESTAMP '2024-01-01 00:00:00.123456')");
    assertThat(postgres.queryText("SELECT at::text FROM constants"))
        .isEqualTo("2024-01-01 00:00:00.123456");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT at FROM pg.public.stored;2024-01-01 00:00:00.123456",
        "SELECT clock FROM pg.public.stored;23:59:59.999999",
        "SELECT zoned FROM pg.public.stored;1969-12-31 23:59:59.999999",
        "SELECT early FROM pg.public.stored;0001-01-01 00:00:00.000001",
        "SELECT late FROM pg.public.stored;9999-12-31 23:59:59.999999",
        "SELECT at FROM pg.public.stored WHERE at = TIMESTAMP '2024-01-01 00:00:00.123456';"
            + "2024-01-01 00:00:00.123456",
        "SELECT max(at) FROM pg.public.stored;2024-01-01 00:00:00.123456",
        "SELECT at FROM pg.public.stored ORDER BY at DESC LIMIT 1;2024-01-01 00:00:00.123456",
        "SELECT at FROM pg.public.stored ORDER BY n;2024-01-01 00:00:00.123456",
        "SELECT s.at FROM pg.public.stored s JOIN t ON t.id = s.n;2024-01-01 00:00:00.123456",
        "SELECT count(*) FROM pg.public.stored s JOIN t ON t.clock = s.clock;1",
        "SELECT coalesce(nothing, at) FROM pg.public.stored;2024-01-01 00:00:00.123456",
        "SELECT nothing FROM pg.public.stored;null"
      })
  void readsMicrosecondsOfTheWarehouse(String query, String wanted) throws SQLException {
    store();
    assertThat(sql.rows(query)).containsExactly(wanted);
    assertThat(sql.warnings()).isEmpty();
  }

  @Test
  void copiesMicrosecondsWithinTheWarehouse() throws SQLException {
    store();
    postgres.execute("DROP TABLE IF EXISTS copy", "CREATE TABLE copy AS TABLE stored WITH NO DATA");
    sql.update("INSERT INTO pg.public.copy SELECT * FROM pg.public.stored");
    assertThat(
            postgres.queryLong("SELECT count(*) FROM (TABLE stored INTERSECT TABLE copy) AS same"))
        .isEqualTo(1);
  }

  @Test
  void comparesTimesOfTheWarehouseWithParameters() throws SQLException {
    store();
    LocalDateTime at = LocalDateTime.parse("2024-01-01T00:00:00.123456");
    String query = "SELECT at FROM pg.public.stored WHERE at = ?";
    try (PreparedStatement statement = sql.connection().prepareStatement(query)) {
      assertThat(statement.getMetaData().getScale(1)).isEqualTo(6);
    }
    assertThat(sql.rows(query, at)).containsExactly("2024-01-01 00:00:00.123456");
    assertThat(sql.rows(query, at.plusNanos(1000))).isEmpty();
  }

  private void store() throws SQLException {
    postgres.execute(
        "DROP TABLE IF EXISTS stored",
        "CREATE TABLE stored AS SELECT 1 AS n, TIMESTAMP '2024-01-01 00:00:00.123456' AS at,"
            + " TIME '23:59:59.999999' AS clock, TIMESTAMPTZ '1969-12-31 23:59:59.999999Z' AS"
            + " zoned, TIMESTAMP '0001-01-01 00:00:00.000001' AS early,"
            + " TIMESTAMP '9999-12-31 23:59:59.999999' AS late, NULL::timestamp AS nothing");
  }

  @Test
  void loadsMicroseconds() throws SQLException {
    postgres.execute("CREATE TABLE target (id INT, at TIMESTAMP, clock TIME, zoned TIMESTAMPTZ)");
    assertThat(sql.update("INSERT INTO pg.public.target SELECT * FROM t")).isEqualTo(5);
    assertThat(
            postgres.queryText(
                "SELECT string_agg(at::text || ' ' || clock, ',' ORDER BY id) FROM target"))
        .isEqualTo(
            "2024-02-29 12:00:00.000001 12:00:00.000001,2024-02-29 12:00:00.000002 12:00:00.000002,"
                + "2024-02-29 12:00:00.000002 12:00:00.000002,1969-12-31 23:59:59.999999"
                + " 23:59:59.999999");
    assertThat(
            postgres.queryLong(
                "SELECT count(*) FROM target WHERE zoned = '2024-02-29 10:00:00.000001Z'"))
        .isEqualTo(1);
  }
}
