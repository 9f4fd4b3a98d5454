package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What DEFAULT takes, and what it says of the rest. */
class DefaultTest extends EmbeddedFixture {
  @BeforeEach
  void createServer() throws SQLException {
    server("s");
  }

  private String columnsOf(String table) throws SQLException {
    return sql.value("SELECT columns FROM kadb.foreign_tables WHERE table_name = '" + table + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "int;5;5",
        "bigint;- 5;-5",
        "numeric;+1.50;1.50",
        "double precision;1e3;1e3",
        "boolean;TRUE;true",
        "text;'it''s';it's",
        "text;'a'::character varying;a",
        "date;'2024-01-01'::date;2024-01-01",
        "date;DATE '2024-01-01';2024-01-01",
        "jsonb;'{}'::jsonb;{}",
        "interval;interval '1 day';1 day",
        "inet;'::1'::inet;::1"
      })
  void keepsAConstantAsTheTextThatItsTypeTakes(String type, String written, String text)
      throws SQLException {
    sql.update("CREATE FOREIGN TABLE t (a " + type + " DEFAULT " + written + ") SERVER s");
    assertThat(columnsOf("t")).contains("\"default\":\"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'%s'", "'%s'::text", "text '%s'", "'%s' || ''"})
  void mayBeLong(String form) throws SQLException {
    String text = "it''s " + "x".repeat(50_000);
    sql.update("CREATE FOREIGN TABLE t (a text DEFAULT " + form.formatted(text) + ") SERVER s");
    assertThat(columnsOf("t")).contains("x".repeat(50_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "int;1+1",
        "int;1.5",
        "text;'a'||'b'",
        "text;5",
        "text;upper('x')",
        "timestamp;now()",
        "timestamptz;CURRENT_TIMESTAMP",
        "timestamp;localtimestamp",
        "date;CURRENT_DATE",
        "date;now()",
        "time;current_timestamp",
        "numeric(5,1);CAST('1.25' AS numeric(5,2))",
        "int;CAST(NULL AS int)",
        "text;CASE WHEN 1 = 1 THEN 'x' ELSE NULL END",
        "int;'1'::int + 1",
        "bytea;x'00ff'",
        "inet;'10.0.0.' || '1'"
      })
  void keepsTheTextOfAnExpression(String type, String expression) throws SQLException {
    sql.update("CREATE FOREIGN TABLE t (a " + type + " DEFAULT " + expression + ") SERVER s");
    assertThat(columnsOf("t")).contains("\"default_expression\":\"" + expression + "\"");
    sql.update("ALTER FOREIGN TABLE t ADD COLUMN b int");
    assertThat(columnsOf("t")).contains("\"default_expression\":\"" + expression + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "42601;int;1 +;line 2, column",
        "0A000;int;b;line 2, column 16: column a: cannot use a column reference in a DEFAULT expression",
        "0A000;int;1 + t.b;line 2, column 20: column a: cannot use a column reference",
        "0A000;int;(SELECT 1);cannot use a subquery",
        "42803;int;1 + max(2);line 2, column 20: column a: cannot use an aggregate function",
        "0A000;bigint;row_number() OVER ();cannot use a window function",
        "0A000;int;?;cannot use a parameter",
        "0A000;bigint;'t'::regclass;cannot use a function of kadb",
        "42883;int;nosuch(1);line 2, column 16",
        "42704;int;CAST(1 AS nosuch);line 2, column 26",
        "42804;int;now();line 2, column 16: column a: the DEFAULT expression is of type timestamp",
        "42804;int;'1'||'2';line 2, column 16",
        "42804;int;TRUE;is of type boolean",
        "42804;boolean;1;is of type integer",
        "42804;date;current_time;is of type time",
        "42804;interval;INTERVAL '1' DAY;is of type interval_day",
        "42804;json;'{'||'}';is of type",
        "22P02;int;'x';line 2, column 16: column a",
        "22P02;int;CAST('x' AS int);line 2, column",
        "22P02;uuid;'x'::uuid;line 2, column 17",
        "22003;smallint;40000;line 2, column 21: column a",
        "22003;smallint;40000 + 1;line 2, column 21: column a",
        "22001;varchar(2);'a'||'bc';line 2, column 23: column a",
        "22007;date;'x';line 2, column 17: column a",
        "22012;int;1 / 0;line 2, column 16"
      })
  void saysWhereAndWhyADefaultIsRefused(String state, String type, String expression, String text) {
    String column = "a " + type + " DEFAULT " + expression;
    assertThat(
            refused(
                state,
                () -> sql.update("CREATE FOREIGN TABLE t (b int,\n " + column + ") SERVER s")))
        .contains(text);
  }

  @Test
  void isGivenAndTakenAwayByAlter() throws SQLException {
    sql.update("CREATE FOREIGN TABLE t (a int NOT NULL, b text) SERVER s");
    sql.update(
        "ALTER FOREIGN TABLE t ALTER COLUMN a SET DEFAULT 7, ALTER b SET DEFAULT upper('x')");
    assertThat(columnsOf("t"))
        .contains("\"default\":\"7\"", "\"default_expression\":\"upper('x')\"");
    sql.update("ALTER FOREIGN TABLE t ALTER a DROP DEFAULT, ALTER b SET DEFAULT NULL");
    assertThat(columnsOf("t")).doesNotContain("default");
    assertThat(
            refused(
                "22P02", () -> sql.update("ALTER FOREIGN TABLE t ALTER a\nSET DEFAULT 'seven'")))
        .contains("line 2, column 13: column a");
    sql.update("ALTER FOREIGN TABLE t ALTER a SET DEFAULT 70000");
    assertThat(refused("22003", () -> sql.update("ALTER FOREIGN TABLE t ALTER a TYPE smallint")))
        .contains("line 1, column 36: column a");
  }

  @Test
  void isNoReasonNotToAlterNullabilityNamesAndOptions() throws SQLException {
    sql.update("CREATE FOREIGN TABLE t (a int NOT NULL, b text) SERVER s");
    sql.update("ALTER FOREIGN TABLE t ALTER a DROP NOT NULL, ALTER b SET NOT NULL");
    assertThat(columnsOf("t"))
        .contains("\"a\",\"type\":\"integer\",\"not_null\":false")
        .contains("\"b\",\"type\":\"text\",\"not_null\":true");
    sql.update("ALTER FOREIGN TABLE t RENAME a TO c, ALTER b OPTIONS (source 'key')");
    assertThat(columnsOf("t")).contains("\"c\"", "{\"source\":\"key\"}");
    sql.update("ALTER FOREIGN TABLE t ALTER b OPTIONS (DROP source)");
    assertThat(columnsOf("t")).doesNotContain("source");
    refused("42701", () -> sql.update("ALTER FOREIGN TABLE t RENAME COLUMN b TO c"));
    refused("42704", () -> sql.update("ALTER FOREIGN TABLE t ALTER b OPTIONS (DROP source)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a int DEFAULT NULL",
        "a int DEFAULT NULL::int",
        "a int NULL",
        "a int DEFAULT 1, b int DEFAULT 2 NOT NULL"
      })
  void keepsNoDefaultForNull(String columns) throws SQLException {
    sql.update("CREATE FOREIGN TABLE t (" + columns + ") SERVER s");
    assertThat(columnsOf("t").contains("default")).isEqualTo(columns.contains("DEFAULT 1"));
  }
}
