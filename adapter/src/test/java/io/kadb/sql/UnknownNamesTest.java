package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What errors say of names that nobody knows. */
class UnknownNamesTest extends EmbeddedFixture {
  @BeforeEach
  void define() throws SQLException {
    server("kafka");
    sql.update("CREATE SCHEMA sales");
    table("orders", "kafka");
    table("sales.things", "kafka");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "42P01;did you mean orders?;SELECT * FROM ordes",
        "42P01;did you mean orders?;SELECT * FROM public.ordes",
        "42P01;did you mean sales.things?;SELECT * FROM sales.thigs",
        "42P01;did you mean sales?;SELECT * FROM sale.things",
        "42P01;sales.things exists;SELECT * FROM things",
        "42P01;public.orders exists;SELECT * FROM sales.orders",
        "42P01;kadb.servers exists;SELECT * FROM servers",
        "42P01;did you mean kadb.servers?;SELECT * FROM kadb.server",
        "42P01;did you mean kadb.offsets?;SELECT * FROM kadb.ofsets",
        "42P01;did you mean orders?;EXPLAIN SELECT * FROM ordes",
        "42P01;did you mean orders?;SELECT 'ordes'::regclass",
        "42P01;sales.things exists;SELECT * FROM kadb.load_partitions('things')",
        "42P01;did you mean orders?;DROP FOREIGN TABLE ordes",
        "42P01;sales.things exists;ALTER FOREIGN TABLE things ADD COLUMN a int",
        "42703;did you mean name?;SELECT nam FROM orders",
        "42703;did you mean name?;SELECT o.nam FROM orders o JOIN sales.things t ON o.id = t.id",
        "42703;did you mean _offset?;SELECT * FROM orders WHERE _ofset > 5",
        "42703;did you mean server_name?;SELECT server_nam FROM kadb.servers",
        "42P01;did you mean orders?;INSERT INTO ordes VALUES (1)",
        "42703;did you mean ftoid?;INSERT INTO kadb.offsets (ftod) VALUES (1)",
        "42703;did you mean off?;UPDATE kadb.offsets SET of_ = 1",
        "42703;did you mean name?;ALTER FOREIGN TABLE orders DROP COLUMN nam",
        "42704;did you mean kafka?;CREATE FOREIGN TABLE t (a int) SERVER kafak",
        "42704;did you mean kafka?;ALTER SERVER kafk OPTIONS (a '1')",
        "3F000;did you mean sales?;CREATE FOREIGN TABLE sale.t (a int) SERVER kafka"
      })
  void getAHint(String state, String hint, String statement) {
    assertThat(refused(state, () -> sql.rows(statement))).contains("(hint: " + hint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM completely_different",
        "SELECT completely_different FROM orders",
        "DROP FOREIGN TABLE completely_different"
      })
  void getNoHintIfNothingIsNear(String statement) {
    Throwable error = org.assertj.core.api.Assertions.catchThrowable(() -> sql.rows(statement));
    assertThat(error).hasMessageNotContaining("hint");
  }

  @Test
  void areFoundInTheSchemaOfTheConnection() throws SQLException {
    sql.update("SET search_path = sales");
    assertThat(refused("42P01", () -> sql.rows("SELECT * FROM thigs")))
        .contains("did you mean things?");
    assertThat(refused("42P01", () -> sql.rows("SELECT * FROM orders")))
        .contains("public.orders exists");
  }

  @ParameterizedTest
  @CsvSource({
    "intger,integer",
    "txet,text",
    "bigin,bigint",
    "timestmp,timestamp",
    "varchr,varchar",
    "jsn,json",
    "boolaen,boolean"
  })
  void ofTypesAreAWarning(String written, String meant) throws SQLException {
    sql.update("CREATE FOREIGN TABLE t (a int,\n b " + written + ") SERVER kafka");
    assertThat(sql.warnings())
        .hasSize(1)
        .allSatisfy(
            warning ->
                assertThat(warning)
                    .startsWith("01000 line 2, column 4: column b is of type " + written)
                    .endsWith("did you mean " + meant + "?"));
    sql.update("ALTER FOREIGN TABLE t ADD c " + written + ", ALTER b TYPE " + written);
    assertThat(sql.warnings()).hasSize(2);
    sql.update("ALTER FOREIGN TABLE t ALTER b SET NOT NULL");
    assertThat(sql.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inet",
        "money",
        "bit(3)",
        "xml",
        "mood",
        "sales.\"Mood\"",
        "\"intger\"",
        "text[]",
        "point"
      })
  void ofTypesThatPostgresqlMayKnowAreNone(String type) throws SQLException {
    sql.update("CREATE FOREIGN TABLE t (a " + type + ") SERVER kafka");
    assertThat(sql.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM pg.public.x",
        "SELECT * FROM \"pg.public\".x",
        "SELECT 1 FROM kadb.servers WHERE 1 IN (SELECT a FROM pg.x)"
      })
  void saysThatTheStoreHasNoWarehouse(String query) {
    assertThat(refused("0A000", () -> sql.rows(query)))
        .contains("line 1, column ", "the store has no warehouse", "store=jdbc:postgresql://");
  }

  @ParameterizedTest
  @CsvSource({"DROP TABLE c1, DROP FOREIGN TABLE", "ALTER TABLE c1 ADD a int, ALTER FOREIGN TABLE"})
  void namesTheStatementForForeignTables(String statement, String meant) {
    assertThat(refused("0A000", () -> sql.update(statement))).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DROP SCHEMA kadb", "DROP SCHEMA pg CASCADE", "DROP SCHEMA IF EXISTS kadb"})
  void keepsItsOwnSchemas(String statement) {
    assertThat(refused("42501", () -> sql.update(statement))).contains("line 1, column");
  }
}
