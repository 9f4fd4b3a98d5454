package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * INSERT INTO pg.… whose rows the segments write as COPY's text: the same rows as through the
 * engine, and which statements do without it.
 */
class CopiedLoadsIT extends WarehouseFixture {
  private static final String ALL_TYPES =
      "a bigint, b text, c double precision, d numeric, e numeric(8,3), f timestamp, g boolean,"
          + " h date, i time, j timestamptz, k bytea, l interval, m uuid, n json, o real,"
          + " p char(4), q varchar(3), r inet, s timestamp(3), t smallint";

  private static final String[] CSV = {
    "1,plain,1.5,2.50,3.125,2024-02-29 12:34:56.789012,true,2024-02-29,12:34:56.5,2024-02-29"
        + " 12:34:56+02,\\x00ff5c,1 day,A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11,[1],0.1,ab,é,"
        + "10.0.0.1/8,2024-02-29 12:34:56.789,7",
    " 007 ,\"tab\tand\nline \\ \"\"q\"\"\",1e300,1e3,1.0005,2024-02-29T12:34:56.100000,f,"
        + "2024-02-29 00:00:00,23:59:58.9999999,2024-02-29 12:34:56.000001,a\\\\b,P1Y,"
        + "a0eebc999c0b4ef8bb6d6bb9bd380a11,\"{\"\"a\"\": \"\"\\n\"\"}\",1e-20,abcd,abc,::1,"
        + "2024-02-29 12:34:56.7899,-0",
    "-5,\\N,-0.0,-0.00,-0,1582-10-10 00:00:00.000000,t,0001-01-01,00:00:00.000000,,,,,null,NaN,,,,,",
    ",,,,,,,,,,,,,,,,,,,",
    "9223372036854775807,naïve ☃ \uD83D\uDE00,12.500,123456789012345678901234567890.10,99999.999,"
        + "9999-12-31 23:59:59.999999,yes,9999-12-31,00:00:00,1970-01-01 00:00:00Z,,,,,123456,,,,,",
  };

  private List<String> target(String columns) throws SQLException {
    return sql.rows("SELECT " + columns + " FROM pg.public.everything ORDER BY n0");
  }

  private void everything(String type) throws SQLException {
    StringBuilder columns = new StringBuilder("n0 bigint");
    for (String column : ALL_TYPES.split(", (?=[a-z] )")) {
      columns.append(", ").append(type.isEmpty() ? column : column.charAt(0) + " " + type);
    }
    postgres.execute(
        "DROP TABLE IF EXISTS everything", "CREATE TABLE everything (" + columns + ")");
  }

  private String explained(String insert) throws SQLException {
    List<String> plan = sql.rows("EXPLAIN " + insert);
    return String.join("\n", plan);
  }

  /** Loads both ways and returns what each wrote, every column as PostgreSQL prints it. */
  private void bothWaysAgree(TestTopic from, String format, String type) throws SQLException {
    table("v (" + ALL_TYPES + ")", from, "format '" + format + "'");
    everything(type);
    String direct = "INSERT INTO pg.public.everything SELECT _offset, v.* FROM v";
    String through = direct + " WHERE _offset >= 0";
    assertThat(explained(direct)).contains("COPY by the segments");
    assertThat(explained(through)).contains("COPY of the plan's rows");
    String printed = "SELECT string_agg(everything::text, E'\\n' ORDER BY n0) FROM everything";

    assertThat(sql.update(direct)).isEqualTo(from.endOffset(0));
    String copied = postgres.queryText(printed);
    postgres.execute("TRUNCATE everything");
    moveOffsets("v", 0);
    assertThat(sql.update(through)).isEqualTo(from.endOffset(0));

    assertThat(copied).isEqualTo(postgres.queryText(printed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text"})
  void csvRowsAreThoseOfTheEngine(String type) throws SQLException {
    TestTopic csv = kafka.newTopic("everything", 1);
    csv.send(0, CSV);
    bothWaysAgree(csv, "csv", type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text"})
  void jsonRowsAreThoseOfTheEngine(String type) throws SQLException {
    TestTopic json = kafka.newTopic("everything", 1);
    json.send(
        0,
        "{\"a\":1,\"b\":\"pl\\tain \\u00e9\",\"c\":1.50,\"d\":2.50,\"e\":3.125,"
            + "\"f\":\"2024-02-29 12:34:56.789012\",\"g\":true,\"h\":\"2024-02-29\",\"n\":{\"x\": [1]},"
            + "\"q\":\"abc\",\"b2\":0}",
        "{\"a\":\"12\",\"b\":{\"deep\": \"\\n\"},\"c\":\"-0\",\"d\":1E3,\"g\":\"no\",\"n\":\"s\"}",
        "{\"b\":true,\"n\":null}{\"a\":2,\"b\":1.0}");
    postgres.execute("DROP TABLE IF EXISTS everything");
    table("v (" + ALL_TYPES + ")", json, "format 'json'");
    everything(type);
    String direct = "INSERT INTO pg.public.everything SELECT 10 * _offset + _row, v.* FROM v";
    assertThat(explained(direct)).contains("COPY of the plan's rows");
    sql.update(direct);
    String printed =
        "SELECT string_agg((a, b, c, d, e, f, g, h, n, q)::text, E'\\n' ORDER BY n0) FROM"
            + " everything";
    String through = postgres.queryText(printed);
    postgres.execute("TRUNCATE everything", "ALTER TABLE everything ADD z serial");
    moveOffsets("v", 0);

    sql.update("INSERT INTO pg.public.everything SELECT _offset, v.* FROM v");
    assertThat(postgres.queryText(printed.replace("n0", "n0, z"))).isEqualTo(through);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT id, name FROM t",
        "SELECT * FROM t",
        "SELECT name, id, id, name FROM t",
        "SELECT amount, _offset, _key, _timestamp FROM t",
        "SELECT id FROM t WHERE _partition = 0",
        "SELECT id FROM t WHERE _partition IN (0, 1)",
        "SELECT id, CAST(name AS TEXT), CAST(amount AS NUMERIC) FROM t",
        "SELECT CAST(id AS BIGINT), CAST(id AS INT) FROM t",
        "SELECT id FROM (SELECT id, name FROM t) x",
      })
  void columnsAloneGoStraightIntoCopy(String query) throws SQLException {
    wide();
    assertThat(explained("INSERT INTO pg.public.wide " + query)).contains("COPY by the segments");
    assertThat(sql.update("INSERT INTO pg.public.wide " + query)).isGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT id + 1 FROM t",
        "SELECT id FROM t WHERE id > 0",
        "SELECT id FROM t LIMIT 1",
        "SELECT id FROM t ORDER BY id",
        "SELECT DISTINCT id FROM t",
        "SELECT CAST(id AS TEXT) FROM t",
        "SELECT CAST(amount AS INT) FROM t",
        "SELECT count(*) FROM t",
        "SELECT id FROM t UNION ALL SELECT id FROM t",
        "SELECT a.id FROM t a JOIN t b ON a.id = b.id",
        "SELECT 1 FROM t",
        "VALUES (1)",
      })
  void whatIsComputedGoesThroughThePlan(String query) throws SQLException {
    wide();
    assertThat(explained("INSERT INTO pg.public.wide " + query))
        .contains("COPY of the plan's rows");
    assertThat(sql.update("INSERT INTO pg.public.wide " + query)).isPositive();
  }

  private void wide() throws SQLException {
    postgres.execute(
        "DROP TABLE IF EXISTS wide", "CREATE TABLE wide (a text, b text, c text, d text)");
  }

  @Test
  void repeatedAndHiddenColumnsArrive() throws SQLException {
    wide();
    sql.update(
        "INSERT INTO pg.public.wide (d, b, a, c) SELECT name, _offset, name, _value FROM t WHERE"
            + " _partition = 0");
    assertThat(sql.rows("SELECT * FROM pg.public.wide ORDER BY b"))
        .containsExactly("a|0|\\x312c612c312e3530|a", "b|1|\\x322c622c322e3235|b");
    assertThat(offsets("t")).containsExactly("0|2");
  }

  @Test
  void rowsThatATriggerDropsAreNotCounted() throws SQLException {
    postgres.execute(
        "CREATE OR REPLACE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN IF NEW.id % 2 = 0 THEN RETURN NULL; END IF; RETURN NEW; END'",
        "CREATE TRIGGER odd BEFORE INSERT ON target FOR EACH ROW EXECUTE PROCEDURE odd()");
    assertThat(sql.update("INSERT INTO pg.public.target (id) SELECT id FROM t")).isEqualTo(2);
    assertThat(offsets("t")).containsExactly("0|2", "1|1");
  }
}
