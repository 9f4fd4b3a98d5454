package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Values on their way from a message through INSERT into PostgreSQL: they arrive as they are. */
class WarehouseValuesIT extends TableFixture {
  @Override
  StoreForm store() {
    return StoreForm.POSTGRES;
  }

  private TestTopic load(String format, String type, String... values) throws SQLException {
    TestTopic topic = kafka.newTopic("values", 1);
    topic.send(0, values);
    postgres.execute(
        "DROP TABLE IF EXISTS target", "CREATE TABLE target (o bigint, v " + type + ")");
    table("t (v " + type + ")", topic, "format '" + format + "'");
    assertThat(sql.update("INSERT INTO pg.public.target SELECT _offset, v FROM t"))
        .isEqualTo(values.length);
    return topic;
  }

  private String loaded(String expression) throws SQLException {
    return postgres.queryText(
        "SELECT string_agg(coalesce(("
            + expression
            + ")::text, 'NULL'), ';' ORDER BY o)"
            + " FROM target");
  }

  @Test
  void textKeepsEveryCharacter() throws SQLException {
    String[] texts = {
      "tab\there",
      "line\nfeed",
      "carriage\rreturn\r\n",
      "back\\slash",
      "\\N",
      "\\.",
      "\\t",
      "'\"",
      "naïve ☃ \uD83D\uDE00",
      " blanks ",
      "NULL",
      "\u0001\u007f",
    };
    load("text", "text", texts);

    for (int i = 0; i < texts.length; i++) {
      assertThat(postgres.queryText("SELECT v FROM target WHERE o = " + i)).isEqualTo(texts[i]);
    }
  }

  @Test
  void theEmptyTextIsNotNull() throws SQLException {
    load("text", "text", "x");

    sql.update("INSERT INTO pg.public.target VALUES (1, ''), (2, NULL), (3, '\\N'), (4, ' ')");

    assertThat(loaded("quote_nullable(v)")).isEqualTo("'x';'';NULL;E'\\\\N';' '");
  }

  @Test
  void numericIsExact() throws SQLException {
    String[] numbers = {
      "1.50", "-0.000000000000000000000000000001", "123456789012345678901234567890.123456789",
      "1e3", "0", "99999999999999999999999999999999999999999999999999",
    };
    load("text", "numeric", numbers);

    assertThat(loaded("v")).isEqualTo(String.join(";", numbers).replace("1e3", "1000"));
  }

  @Test
  void numbersOfOtherTypesArrive() throws SQLException {
    load("text", "bigint", "9223372036854775807", "-9223372036854775808");
    assertThat(loaded("v")).isEqualTo("9223372036854775807;-9223372036854775808");
    sql.update("DROP FOREIGN TABLE t");
    load("text", "double precision", "0.1", "1e308", "-0", "NaN", "-Infinity", "4.9e-324");
    assertThat(loaded("v")).isEqualTo("0.1;1e+308;-0;NaN;-Infinity;5e-324");
    sql.update("DROP FOREIGN TABLE t");
    load("text", "boolean", "yes", "0");
    assertThat(loaded("v")).isEqualTo("true;false");
  }

  @Test
  void timesKeepTheirMicroseconds() throws SQLException {
    load("text", "timestamp", "2024-02-29 12:34:56.789012", "1582-10-10 00:00:00");
    assertThat(loaded("v")).isEqualTo("2024-02-29 12:34:56.789012;1582-10-10 00:00:00");
    sql.update("DROP FOREIGN TABLE t");
    load("text", "date", "0001-01-01", "9999-12-31");
    assertThat(loaded("v")).isEqualTo("0001-01-01;9999-12-31");
    sql.update("DROP FOREIGN TABLE t");
    load("text", "time", "00:00:00.000001", "23:59:59.999999");
    assertThat(loaded("v")).isEqualTo("00:00:00.000001;23:59:59.999999");
  }

  @Test
  void bytesArrive() throws SQLException {
    load("text", "bytea", "\\x00ff5c", "a\\\\b");

    assertThat(loaded("encode(v, 'hex')")).isEqualTo("00ff5c;615c62");
  }

  @Test
  void otherTypesAreTakenByPostgresItself() throws SQLException {
    load("text", "inet", "10.0.0.1/8", "::1/64");
    assertThat(loaded("v")).isEqualTo("10.0.0.1/8;::1/64");
    sql.update("DROP FOREIGN TABLE t");
    load("text", "jsonb", "{\"b\": 1, \"a\": [null]}");
    assertThat(loaded("v")).isEqualTo("{\"a\": [null], \"b\": 1}");
    sql.update("DROP FOREIGN TABLE t");
    load("text", "uuid", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11");
    assertThat(loaded("v")).isEqualTo("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
  }
}
