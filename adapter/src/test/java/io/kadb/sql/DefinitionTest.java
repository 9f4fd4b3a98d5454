package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest extends EmbeddedFixture {
  @Test
  void keepsDefinitionsForLaterConnections() throws SQLException {
    server("s");
    table("t", "s");
    sql.update("CREATE SCHEMA sales");
    table("sales.u", "s");
    long oid = oid("t");
    sql.close();

    SqlClient later = connect();
    assertThat(columns(later, "t")).containsExactly("id integer", "name text");
    assertThat(columns(later, "sales.u")).hasSize(2);
    assertThat(later.value("SELECT 'public.t'::regclass::oid")).isEqualTo(String.valueOf(oid));
  }

  @Test
  void showsDefinitionsAtOnceToConnectionsThatAreOpen() throws SQLException {
    SqlClient other = connect();
    refused("42P01", () -> columns(other, "t"));
    server("s");
    table("t", "s");
    assertThat(columns(other, "t")).hasSize(2);
    sql.update("ALTER FOREIGN TABLE t ADD COLUMN more bigint");
    assertThat(columns(other, "t")).hasSize(3);
    sql.update("DROP FOREIGN TABLE t");
    refused("42P01", () -> columns(other, "t"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42710|CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw",
        "42P07|CREATE FOREIGN TABLE t (id int) SERVER s",
        "42P06|CREATE SCHEMA sales",
        "42P06|CREATE SCHEMA public",
        "42P06|CREATE SCHEMA kadb",
        "42P06|CREATE SCHEMA pg",
        "42704|CREATE FOREIGN TABLE u (id int) SERVER nosuch",
        "42704|ALTER SERVER nosuch OPTIONS (a '1')",
        "42704|DROP SERVER nosuch",
        "42704|ALTER SERVER s OPTIONS (SET format 'csv')",
        "42704|ALTER SERVER s OPTIONS (DROP format)",
        "42710|ALTER SERVER s OPTIONS (ADD k_topic 'x')",
        "42710|ALTER FOREIGN TABLE t OPTIONS (format 'text')",
        "42704|ALTER FOREIGN TABLE t OPTIONS (SET k_topic 'x')",
        "42701|CREATE FOREIGN TABLE u (id int, ID int) SERVER s",
        "42701|ALTER FOREIGN TABLE t ADD COLUMN name int",
        "42703|ALTER FOREIGN TABLE t DROP COLUMN nosuch",
        "42703|ALTER FOREIGN TABLE t ALTER COLUMN nosuch TYPE int",
        "42P07|ALTER FOREIGN TABLE t RENAME TO taken",
        "42P01|ALTER FOREIGN TABLE nosuch ADD COLUMN a int",
        "42P01|DROP FOREIGN TABLE nosuch",
        "42P01|DROP FOREIGN TABLE sales.t",
        "3F000|CREATE FOREIGN TABLE nosuch.t (id int) SERVER s",
        "3F000|DROP SCHEMA nosuch",
        "2BP01|DROP SERVER s",
        "2BP01|DROP SERVER s RESTRICT",
        "2BP01|DROP SCHEMA public",
        "42501|CREATE FOREIGN TABLE kadb.t (id int) SERVER s",
        "22P02|CREATE FOREIGN TABLE u (id int DEFAULT 'x') SERVER s",
        "22007|ALTER FOREIGN TABLE t ADD COLUMN d date DEFAULT 'x'"
      })
  void refusesWhatContradictsOtherDefinitions(String state, String ddl) throws SQLException {
    sql.update("CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_topic 'x')");
    sql.update("CREATE FOREIGN TABLE t (id int, name text) SERVER s OPTIONS (format 'csv')");
    table("taken", "s");
    sql.update("CREATE SCHEMA sales");
    refused(state, () -> sql.update(ddl));
    assertThat(columns(sql, "t")).containsExactly("id integer", "name text");
  }

  @Test
  void saysWhatIsThereAlreadyWithIfNotExists() throws SQLException {
    server("s");
    table("t", "s");
    long oid = oid("t");
    sql.update("CREATE SERVER IF NOT EXISTS s FOREIGN DATA WRAPPER kadb_fdw");
    assertThat(sql.warnings()).containsExactly("00000 server s already exists, skipping");
    sql.update("CREATE FOREIGN TABLE IF NOT EXISTS t (other bigint) SERVER s");
    assertThat(sql.warnings())
        .containsExactly("00000 foreign table public.t already exists, skipping");
    sql.update("CREATE SCHEMA IF NOT EXISTS public");
    assertThat(sql.warnings()).containsExactly("00000 schema public already exists, skipping");
    assertThat(columns(sql, "t")).containsExactly("id integer", "name text");
    assertThat(oid("t")).isEqualTo(oid);

    sql.update("CREATE SERVER IF NOT EXISTS fresh FOREIGN DATA WRAPPER kadb_fdw");
    assertThat(sql.warnings()).isEmpty();
    refused("42710", () -> server("fresh"));
  }

  @Test
  void saysWhatIsNotThereWithIfExists() throws SQLException {
    sql.update("DROP SERVER IF EXISTS s, r");
    assertThat(sql.warnings())
        .containsExactly(
            "00000 server s does not exist, skipping", "00000 server r does not exist, skipping");
    sql.update("DROP FOREIGN TABLE IF EXISTS t");
    assertThat(sql.warnings())
        .containsExactly("00000 foreign table public.t does not exist, skipping");
    sql.update("ALTER FOREIGN TABLE IF EXISTS t ADD COLUMN a int");
    assertThat(sql.warnings())
        .containsExactly("00000 foreign table public.t does not exist, skipping");
    sql.update("DROP SCHEMA IF EXISTS x");
    assertThat(sql.warnings()).containsExactly("00000 schema x does not exist, skipping");
  }

  @Test
  void dropsTheTablesOfAServerByCascade() throws SQLException {
    server("s");
    server("other");
    table("t", "s");
    table("u", "s");
    table("stays", "other");
    assertThat(refused("2BP01", () -> sql.update("DROP SERVER s")))
        .contains("public.t", "1 more", "CASCADE");
    sql.update("DROP SERVER s CASCADE");
    assertThat(sql.warnings())
        .containsExactly(
            "00000 drop cascades to foreign table public.t",
            "00000 drop cascades to foreign table public.u");
    refused("42P01", () -> columns(sql, "t"));
    assertThat(columns(sql, "stays")).hasSize(2);
    sql.update("DROP FOREIGN TABLE stays");
    sql.update("DROP SERVER other RESTRICT");
    refused("42704", () -> table("stays", "other"));
  }

  @Test
  void dropsTheTablesOfASchemaByCascade() throws SQLException {
    server("s");
    sql.update("CREATE SCHEMA sales");
    table("sales.t", "s");
    refused("2BP01", () -> sql.update("DROP SCHEMA sales"));
    sql.update("DROP SCHEMA sales CASCADE");
    assertThat(sql.warnings()).containsExactly("00000 drop cascades to foreign table sales.t");
    refused("3F000", () -> table("sales.t", "s"));
  }

  @Test
  void dropsAllOrNoneOfAList() throws SQLException {
    server("s");
    table("t", "s");
    refused("42P01", () -> sql.update("DROP FOREIGN TABLE t, nosuch"));
    assertThat(columns(sql, "t")).hasSize(2);
  }

  @Test
  void neverGivesAnOidTwice() throws SQLException {
    server("s");
    table("t", "s");
    long first = oid("t");
    sql.update("INSERT INTO kadb.offsets VALUES (?, 0, 5)", first);
    sql.update("DROP FOREIGN TABLE t");
    refused("42P01", () -> oid("t"));
    table("t", "s");
    long second = oid("t");
    assertThat(second).isGreaterThan(first);
    assertThat(sql.rows("SELECT * FROM kadb.offsets")).as("it starts afresh").isEmpty();
    sql.update("DROP SERVER s CASCADE");
    server("s");
    table("u", "s");
    assertThat(oid("u")).isGreaterThan(second);
  }

  @Test
  void keepsOidAndOffsetsOfATableThatIsAltered() throws SQLException {
    server("s");
    table("t", "s");
    long oid = oid("t");
    sql.update("INSERT INTO kadb.offsets VALUES (?, 0, 5)", oid);
    sql.update("ALTER FOREIGN TABLE t ADD COLUMN c int, RENAME TO \"U\"");
    assertThat(oid("public.\"U\"")).isEqualTo(oid);
    assertThat(sql.value("SELECT off FROM kadb.offsets WHERE ftoid = ?", oid)).isEqualTo("5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'t'::regclass::oid",
        "'public.t'::regclass::oid",
        "'PUBLIC.T'::regclass",
        "'\"public\".\"t\"'::regclass::oid",
        "CAST('t' AS regclass)"
      })
  void findsTheOidOfATableByItsName(String expression) throws SQLException {
    server("s");
    table("t", "s");
    sql.update("INSERT INTO kadb.offsets VALUES ('t'::regclass::oid, 7, 0)");
    long oid = Long.parseLong(sql.value("SELECT ftoid FROM kadb.offsets"));
    assertThat(sql.value("SELECT " + expression)).isEqualTo(String.valueOf(oid));
    assertThat(sql.value("SELECT prt FROM kadb.offsets WHERE ftoid = " + expression))
        .isEqualTo("7");
    assertThat(sql.value("SELECT CAST(? AS VARCHAR)::regclass", "t"))
        .isEqualTo(String.valueOf(oid));
  }

  @Test
  void findsTablesInTheSchemaOfTheConnection() throws SQLException {
    server("s");
    sql.update("CREATE SCHEMA sales");
    sql.update("SET search_path = sales");
    table("t", "s");
    assertThat(columns(sql, "t")).hasSize(2);
    long oid = oid("sales.t");
    assertThat(oid("t")).isEqualTo(oid);
    SqlClient other = connect("schema=sales");
    assertThat(columns(other, "t")).hasSize(2);
    refused("42P01", () -> columns(connect(), "t"));
    refused("42P01", () -> connect().value("SELECT 't'::regclass::oid"));
  }

  @Test
  void addsDropsAndRetypesColumns() throws SQLException {
    server("s");
    table("t", "s");
    sql.update("ALTER FOREIGN TABLE t ADD COLUMN at timestamp NOT NULL, ADD \"Order\" int");
    assertThat(columns(sql, "t"))
        .containsExactly(
            "id integer", "name text", "at timestamp without time zone", "Order integer");
    sql.update("ALTER FOREIGN TABLE t DROP COLUMN name, ALTER COLUMN id TYPE bigint");
    assertThat(columns(sql, "t"))
        .containsExactly("id bigint", "at timestamp without time zone", "Order integer");
    sql.update("ALTER FOREIGN TABLE t DROP COLUMN IF EXISTS name, RENAME TO u");
    assertThat(columns(sql, "u")).hasSize(3);
    refused("42P01", () -> columns(sql, "t"));
  }

  @Test
  void leavesATableAloneIfOneOfSeveralChangesFails() throws SQLException {
    server("s");
    table("t", "s");
    refused("42703", () -> sql.update("ALTER FOREIGN TABLE t DROP COLUMN id, DROP COLUMN nosuch"));
    assertThat(columns(sql, "t")).containsExactly("id integer", "name text");
  }

  @Test
  void warnsOfAColumnThatTakesTheNameOfAHiddenOne() throws SQLException {
    server("s");
    sql.update("CREATE FOREIGN TABLE t (id int, _offset int) SERVER s");
    assertThat(sql.warnings())
        .containsExactly(
            "01000 line 1, column 33: column _offset takes the place of the hidden column of this"
                + " name");
    sql.update("ALTER FOREIGN TABLE t ADD COLUMN _partition int");
    assertThat(sql.warnings()).hasSize(1).first().asString().contains("_partition");
    sql.update("ALTER FOREIGN TABLE t RENAME id TO _key");
    assertThat(sql.warnings()).hasSize(1).first().asString().contains("_key");
  }

  @Test
  void showsHowTablesAreRead() throws SQLException {
    assertThat(sql.value("SHOW kadb.scan_mode")).isEqualTo("default (k_scan_mode of each table)");
    sql.update("SET kadb.scan_mode = 'snapshot'");
    assertThat(sql.value("SHOW kadb.scan_mode")).isEqualTo("snapshot");
    SqlClient reader = connect("readOnly=true");
    assertThat(reader.value("SHOW kadb.scan_mode"))
        .isEqualTo("default (k_scan_mode of each table, consume reads as peek)");
    reader.update("SET kadb.scan_mode = 'consume'");
    assertThat(reader.value("SHOW kadb.scan_mode")).isEqualTo("peek");
  }
}
