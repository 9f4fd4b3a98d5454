package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of definitions and commands name the place in the statement; {@code ¶} ends a line. */
class ErrorPlaceTest extends EmbeddedFixture {
  @BeforeEach
  void define() throws SQLException {
    server("s");
    sql.update("ALTER SERVER s OPTIONS (format 'csv')");
    sql.update("CREATE SCHEMA sales");
    table("orders", "s");
    table("sales.things", "s");
    table("taken", "s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "42601;2:3;CREATE FOREIGN TABLE t (a int)¶  SERVR s",
        "42601;1:36;CREATE FOREIGN TABLE t () SERVER s trailing",
        "42601;1:15;DROP SERVER s ,",
        "42601;2:9;CREATE SERVER x¶FOREIGN WRAPPER kadb_fdw",
        "42704;2:14;CREATE SERVER x FOREIGN DATA¶     WRAPPER postgres_fdw",
        "22023;2:3;CREATE FOREIGN TABLE t (a int, b¶  numeric(2000)) SERVER s",
        "42601;2:3;CREATE FOREIGN TABLE t (a int, b¶  int(5)) SERVER s",
        "42701;2:1;CREATE FOREIGN TABLE t (a int,¶a text) SERVER s",
        "42701;1:40;ALTER FOREIGN TABLE orders ADD COLUMN  name int",
        "42701;1:42;ALTER FOREIGN TABLE orders RENAME id TO  name",
        "42703;1:40;ALTER FOREIGN TABLE orders DROP COLUMN nosuch",
        "42703;2:7;ALTER FOREIGN TABLE orders¶ALTER nosuch TYPE int",
        "42703;1:34;ALTER FOREIGN TABLE orders ALTER nosuch SET NOT NULL",
        "42P01;1:21;ALTER FOREIGN TABLE nosuch ADD COLUMN a int",
        "42P01;2:1;DROP FOREIGN TABLE orders,¶sales.nosuch",
        "42P07;1:23;CREATE FOREIGN TABLE  orders (a int) SERVER s",
        "42P07;1:39;ALTER FOREIGN TABLE orders RENAME TO  taken",
        "42704;2:8;CREATE FOREIGN TABLE t (a int)¶SERVER nosuch",
        "42704;1:13;DROP SERVER nosuch",
        "42704;1:14;ALTER SERVER nosuch OPTIONS (a '1')",
        "42704;1:42;IMPORT FOREIGN SCHEMA topics FROM SERVER nosuch INTO public",
        "3F000;1:23;IMPORT FOREIGN SCHEMA other FROM SERVER s INTO public",
        "42710;1:15;CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw",
        "2BP01;1:13;DROP SERVER s",
        "42P06;1:15;CREATE SCHEMA sales",
        "42P06;1:15;CREATE SCHEMA kadb",
        "3F000;1:13;DROP SCHEMA nosuch",
        "2BP01;1:13;DROP SCHEMA sales",
        "3F000;1:22;CREATE FOREIGN TABLE nosuch.t (a int) SERVER s",
        "42501;1:22;CREATE FOREIGN TABLE kadb.t (a int) SERVER s",
        "42710;2:5;ALTER SERVER s OPTIONS (¶ADD format 'csv')",
        "42704;2:6;ALTER SERVER s OPTIONS (¶DROP k_topic)",
        "42710;2:1;CREATE SERVER x FOREIGN DATA WRAPPER kadb_fdw OPTIONS (a '1',¶a '2')",
        "HV024;2:1;CREATE SERVER x FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_topic 'x',¶k_seg_batch 'x')",
        "HV00D;2:1;CREATE SERVER x FOREIGN DATA WRAPPER kadb_fdw OPTIONS (¶\"#no.such.property\" 'x')",
        "HV024;2:5;ALTER SERVER s OPTIONS (¶SET format 'nosuch')",
        "HV00D;2:1;CREATE FOREIGN TABLE t (a int OPTIONS (¶\"#group.id\" 'x')) SERVER s",
        "42704;1:5;SET nosuch = 'x'",
        "42704;1:6;SHOW nosuch",
        "22023;1:23;SET kadb.scan_mode =  'nosuch'",
        "0A000;1:9;EXPLAIN ANALYZE SELECT 1",
        "42P01;2:6;SELECT *¶FROM nosuch",
        "42703;2:1;SELECT id,¶nosuch FROM orders"
      })
  void areNamedByLineAndColumn(String state, String place, String statement) {
    String[] numbers = place.split(":");
    String lines = statement.replace('¶', '\n');
    boolean query = lines.startsWith("SHOW") || lines.startsWith("SELECT");
    String text =
        refused(
            state,
            () -> {
              if (query) {
                sql.rows(lines);
              } else {
                sql.update(lines);
              }
            });
    assertThat(text).contains("line " + numbers[0] + ", column " + numbers[1]);
    assertThat(text.split("line \\d+, column \\d+", -1)).as(text).hasSize(2);
  }

  @Test
  void areNamedForEachWrongOption() {
    String text =
        refused(
            "HV024",
            () ->
                sql.update(
                    "CREATE FOREIGN TABLE t (a int) SERVER s OPTIONS (\n"
                        + "k_seg_batch '0',\n k_timeout_ms 'x')"));
    assertThat(text).contains("line 2, column 1: table option k_seg_batch");
    assertThat(text).contains("line 3, column 2: table option k_timeout_ms");
  }

  @Test
  void areNotNamedForOptionsThatStandElsewhere() throws SQLException {
    sql.update("ALTER SERVER s OPTIONS (ADD csv_quote '|')");
    String text =
        refused("HV024", () -> sql.update("ALTER SERVER s OPTIONS (ADD csv_delimiter '|')"));
    assertThat(text).doesNotContain("line 1");
  }
}
