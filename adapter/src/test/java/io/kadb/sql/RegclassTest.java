package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ::regclass}: from names to OIDs and back. */
class RegclassTest extends EmbeddedFixture {
  private long oid;

  @BeforeEach
  void createTables() throws SQLException {
    server("s");
    table("c1", "s");
    sql.update("CREATE SCHEMA sales");
    table("sales.\"Or\"\"d\"", "s");
    table("\"order\"", "s");
    oid = oid("c1");
  }

  @Test
  void givesTheNameOfAnOid() throws SQLException {
    assertThat(sql.value("SELECT " + oid + "::regclass")).isEqualTo("c1");
    assertThat(sql.value("SELECT CAST(" + oid + " AS regclass)")).isEqualTo("c1");
    assertThat(sql.value("SELECT " + oid + "::regclass::text")).isEqualTo("c1");
    assertThat(sql.value("SELECT 'public.c1'::regclass::varchar")).isEqualTo("c1");
    assertThat(sql.rows("SELECT ftoid::regclass FROM kadb.foreign_tables ORDER BY ftoid"))
        .containsExactly("c1", "sales.\"Or\"\"d\"", "\"order\"");
    sql.update("SET search_path = sales");
    assertThat(sql.value("SELECT " + oid + "::regclass")).isEqualTo("public.c1");
  }

  @Test
  void givesTheOidOfANameOrAnOid() throws SQLException {
    String expected = Long.toString(oid);
    assertThat(sql.value("SELECT 'c1'::regclass")).isEqualTo(expected);
    assertThat(sql.value("SELECT ?::regclass::oid", "public.c1")).isEqualTo(expected);
    assertThat(sql.value("SELECT CAST(? AS regclass)", "c1")).isEqualTo(expected);
    assertThat(sql.value("SELECT '" + oid + "'::regclass::oid")).isEqualTo(expected);
    assertThat(sql.value("SELECT " + oid + "::regclass::oid")).isEqualTo(expected);
    assertThat(
            sql.rows(
                "SELECT table_name FROM kadb.foreign_tables WHERE ftoid = ?::regclass::oid", "c1"))
        .containsExactly("c1");
  }

  @Test
  void leavesAnOidWithoutATableAsItIs() throws SQLException {
    assertThat(sql.value("SELECT 7::regclass")).isEqualTo("7");
    assertThat(sql.rows("SELECT NULL::regclass")).containsExactly("null");
  }

  @Test
  void refusesANameThatNoTableHas() {
    refused("42P01", () -> sql.rows("SELECT 'nope'::regclass"));
    refused("42P01", () -> sql.rows("SELECT 'nope'::regclass::text"));
    refused("42P01", () -> sql.rows("SELECT ?::regclass::oid", "nope"));
  }
}
