package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What columns hold of which messages say nothing. */
class DefaultIT extends TableFixture {
  private TestTopic topic;

  @BeforeEach
  void sendShortMessages() {
    topic = kafka.newTopic("default", 1);
    topic.send(0, "1,given", "2", "3,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "int;1+1;2",
        "int;1.5;2",
        "int;-2.5;-3",
        "bigint;CAST(2.5 AS double precision);2",
        "text;'a'||'b';ab",
        "text;5;5",
        "text;TRUE;true",
        "text;upper('x');X",
        "varchar(3);'a'||'b';ab",
        "timestamp;CAST('2020-01-01 10:00:00.123456' AS timestamp);2020-01-01 10:00:00.123456",
        "date;CAST('2020-01-01 10:00:00.123456' AS timestamp);2020-01-01",
        "time;CAST('2020-01-01 10:00:00.123456' AS timestamp);10:00:00.123456",
        "text;CAST('2020-01-01 10:00:00.123456' AS timestamp);2020-01-01 10:00:00.123456",
        "timestamp;DATE '2020-01-01';2020-01-01 00:00:00",
        "date;'2024-01-01'::date;2024-01-01",
        "numeric;CAST('1.250' AS numeric);1.250",
        "jsonb;'{}'::jsonb;{}",
        "text;lower('A') || 5;a5",
        "int;NULL;null",
        "int;CAST(NULL AS int);null",
        "text;CASE WHEN 1 = 2 THEN 'x' END;null"
      })
  void areGivenByTheDefault(String type, String expression, String value) throws SQLException {
    TestTopic shorter = kafka.newTopic("default_shorter", 1);
    shorter.send(0, "2");
    table("t (id int, a " + type + " DEFAULT " + expression + ")", shorter);
    assertThat(sql.rows("SELECT a FROM t")).containsExactly(value);
  }

  @Test
  void areGivenOnlyWhereTheMessageSaysNothing() throws SQLException {
    table("t (id int, a text DEFAULT 'def' || 'ault')", topic);
    assertThat(sql.rows("SELECT id, a FROM t ORDER BY id"))
        .containsExactly("1|given", "2|default", "3|null");
  }

  @Test
  void nameTheUserOfTheConnection() throws SQLException {
    table("t (id int, a text DEFAULT current_user || '!')", topic, "k_scan_mode 'snapshot'");
    String query = "SELECT a FROM t WHERE id = 2";
    assertThat(connect("user=ann").rows(query)).containsExactly("ann!");
    assertThat(connect("user=bob").rows(query)).containsExactly("bob!");
  }

  @Test
  void areOneMomentInAWholeStatement() throws SQLException {
    kafkaTables("t", "u");
    LocalDateTime before = now();
    List<String> rows =
        sql.rows(
            "SELECT DISTINCT t.at, u.at, t.at = now() FROM t CROSS JOIN u"
                + " UNION SELECT at, at, at = CURRENT_TIMESTAMP FROM t");
    assertThat(rows).hasSize(1);
    String[] values = rows.get(0).split("\\|");
    assertThat(values[0]).isEqualTo(values[1]);
    assertThat(values[2]).isEqualTo("true");
    LocalDateTime first = LocalDateTime.parse(values[0].replace(' ', 'T'));
    assertThat(first).isBetween(before, now());

    assertThat(now()).isAfter(first);
    String second = sql.rows("SELECT DISTINCT at FROM t").get(0);
    assertThat(LocalDateTime.parse(second.replace(' ', 'T'))).isAfterOrEqualTo(first);
  }

  private void kafkaTables(String... names) throws SQLException {
    for (String name : names) {
      table(
          name + " (id int, a text, at timestamp(3) DEFAULT now())",
          topic,
          "k_scan_mode 'snapshot'");
    }
  }

  private static LocalDateTime now() {
    return LocalDateTime.now(ZoneOffset.UTC);
  }

  @Test
  void areNotEvaluatedForColumnsThatAreNotUsed() throws SQLException {
    table(
        "t (id int, a timestamp DEFAULT CAST(CAST(now() AS text) || 'x' AS timestamp))",
        topic,
        "k_scan_mode 'snapshot'");
    assertThat(sql.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "2", "3");
    assertThat(refused("22007", () -> sql.rows("SELECT a FROM t WHERE id = 2")))
        .contains("column a");
  }

  @Test
  void keepTheirOldFormInTheStore() throws SQLException {
    table("t (id int, a text DEFAULT 'x')", topic, "k_scan_mode 'snapshot'");
    assertThat(sql.value("SELECT columns FROM kadb.foreign_tables WHERE table_name = 't'"))
        .contains("\"name\":\"a\",\"type\":\"text\",\"not_null\":false,\"default\":\"x\"");
    assertThat(sql.rows("SELECT a FROM t WHERE id = 2")).containsExactly("x");
  }

  @Test
  void areRefusedWhereTheyAreNullInAColumnThatIsNotNull() throws SQLException {
    table("t (id int, a text DEFAULT NULL NOT NULL)", topic, "k_scan_mode 'snapshot'");
    assertThat(refused("23502", () -> sql.rows("SELECT a FROM t"))).contains("@1");
    sql.update("ALTER FOREIGN TABLE t ALTER a SET DEFAULT 3 + 4");
    assertThat(refused("23502", () -> sql.rows("SELECT a FROM t"))).contains("@2");
    sql.update("ALTER FOREIGN TABLE t ALTER a DROP NOT NULL");
    assertThat(sql.rows("SELECT a FROM t ORDER BY id")).containsExactly("given", "7", "null");
  }
}
