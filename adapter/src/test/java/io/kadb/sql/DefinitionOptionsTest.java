package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of definitions. */
class DefinitionOptionsTest extends EmbeddedFixture {
  @Test
  void reportsAllProblemsOfADefinitionAtOnce() throws SQLException {
    String error =
        refused(
            "HV024",
            () ->
                sql.update(
                    "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_seg_batch '0',"
                        + " k_automatic_offsets 'yes', k_timeout_ms '12abc', format 'xml',"
                        + " \"#enable.auto.commit\" 'true')"));
    assertThat(error)
        .contains(
            "k_seg_batch",
            "k_automatic_offsets",
            "\"yes\"",
            "\"12abc\"",
            "format",
            "#enable.auto.commit");
    refused("42704", () -> sql.update("DROP SERVER s"));
  }

  @ParameterizedTest
  @CsvSource({
    "HV024, k_seg_batch, ''",
    "HV024, k_timeout_ms, -1",
    "HV024, k_initial_offset, 99999999999999999999",
    "HV024, csv_quote, ab",
    "HV024, k_scan_mode, all",
    "HV00D, #no.such.property, x",
    "HV00D, #group.id_cb, x",
    "HV00D, #auto.offset.reset, earliest"
  })
  void refusesOptionsAtCreateAndAtAlter(String state, String option, String value)
      throws SQLException {
    server("s");
    table("t", "s");
    String given = "(\"" + option + "\" '" + value + "')";
    for (String ddl :
        List.of(
            "CREATE SERVER r FOREIGN DATA WRAPPER kadb_fdw OPTIONS " + given,
            "CREATE FOREIGN TABLE u (id int) SERVER s OPTIONS " + given,
            "ALTER SERVER s OPTIONS " + given,
            "ALTER FOREIGN TABLE t OPTIONS " + given)) {
      assertThat(refused(state, () -> sql.update(ddl))).contains(option);
    }
  }

  @Test
  void neverShowsASecretInAnError() {
    String error =
        refused(
            "HV024",
            () ->
                sql.update(
                    "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_seg_batch '0',"
                        + " \"#sasl.password\" 'hunter2')"));
    assertThat(error).doesNotContain("hunter2");
  }

  @Test
  void warnsOfUnknownOptionsAndCreatesTheObject() throws SQLException {
    sql.update("CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_broker 'h')");
    assertThat(sql.warnings())
        .containsExactly(
            "01000 unknown server option k_broker is ignored, did you mean k_brokers?");
    sql.update("CREATE FOREIGN TABLE t (id int) SERVER s OPTIONS (k_topic 'x', foo 'y', bar 'z')");
    assertThat(sql.warnings()).hasSize(2);
    assertThat(sql.warnings().get(0)).startsWith("01000").contains("foo");
    assertThat(sql.warnings().get(1)).startsWith("01000").contains("bar");
    assertThat(columns(sql, "t")).hasSize(1);
  }

  @Test
  void changesOptionsOneByOne() throws SQLException {
    sql.update(
        "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw"
            + " OPTIONS (k_brokers 'a', k_topic 'b', format 'csv')");
    sql.update("ALTER SERVER s OPTIONS (SET k_brokers 'c', DROP k_topic, ADD k_seg_batch '5')");
    refused("42704", () -> sql.update("ALTER SERVER s OPTIONS (DROP k_topic)"));
    refused("42710", () -> sql.update("ALTER SERVER s OPTIONS (k_seg_batch '6')"));
    sql.update("ALTER SERVER s OPTIONS (DROP k_brokers, DROP format, DROP k_seg_batch)");
    assertThat(
            refused("42704", () -> sql.update("ALTER SERVER s OPTIONS (k_topic 'x', DROP format)")))
        .contains("format");
    sql.update("ALTER SERVER s OPTIONS (k_topic 'x')");
  }

  @Test
  void asksForRequiredOptionsOnlyWhenATableIsUsed() throws SQLException {
    server("s");
    table("t", "s");
    assertThat(refused("HV002", () -> sql.rows("SELECT * FROM t"))).contains("k_brokers");
    sql.update("ALTER SERVER s OPTIONS (k_brokers '" + NOBODY + "', k_consumer_group 'g')");
    sql.update("ALTER FOREIGN TABLE t OPTIONS (k_topic 'x', k_seg_batch '1', k_timeout_ms '1')");
    assertThat(refused("HV002", () -> sql.rows("SELECT * FROM t"))).contains("format");
    assertThat(sql.rows("EXPLAIN SELECT * FROM t")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HV00D, #enable.auto.commit, true",
    "HV00D, #rebalance_cb, x",
    "HV00D, #sasl.pasword, geheim",
    "HV024, #fetch.min.bytes, 1k",
    "HV024, csv_quote, ','"
  })
  void refusesOptionsOfTheConnectionWhenATableIsUsed(String state, String option, String value)
      throws SQLException {
    sql.update(
        "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + NOBODY
            + "', k_consumer_group 'g', k_seg_batch '1', k_timeout_ms '1', format 'csv')");
    sql.update("CREATE FOREIGN TABLE t (id int) SERVER s OPTIONS (k_topic 'x')");
    SqlClient client = connect(option + "=" + value);

    for (String statement :
        List.of("SELECT id FROM t WHERE _partition < 0", "SELECT kadb.commit_offsets('t')")) {
      assertThat(refused(state, () -> client.rows(statement)))
          .contains(option)
          .doesNotContain("geheim");
    }
    assertThat(client.rows("SELECT 1")).containsExactly("1");
  }

  @Test
  void masksASecretUnderAMisspelledName() throws SQLException {
    sql.update(
        "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (schema_registry_pasword 'hunter3')");
    sql.update(
        "CREATE FOREIGN TABLE t (id int OPTIONS (my_pass 'hunter4')) SERVER s"
            + " OPTIONS (k_topic 'x', api_token 'hunter5')");
    assertThat(sql.rows("SELECT options FROM kadb.servers").toString())
        .contains("schema_registry_pasword")
        .doesNotContain("hunter");
    assertThat(sql.rows("SELECT columns, options FROM kadb.foreign_tables").toString())
        .contains("my_pass", "api_token", "\"k_topic\":\"x\"")
        .doesNotContain("hunter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "avro_schema|{\"type\":\"record\"}",
        "avro_schema|[1]",
        "schema_registry_url|localhost:8081",
        "k_brokers|http://localhost:9092",
        "#sasl.mechanisms|SCRAM",
        "csv_delimeter|\""
      })
  void refusesAtOnceWhatCouldNotBeUsed(String option, String value) throws SQLException {
    server("s");
    table("t", "s");
    String given = "(\"" + option + "\" '" + value + "')";
    for (String ddl :
        List.of(
            "CREATE FOREIGN TABLE u (id int) SERVER s OPTIONS " + given,
            "ALTER FOREIGN TABLE t OPTIONS " + given)) {
      assertThat(refused("HV024", () -> sql.update(ddl))).contains("line 1, column", option);
    }
  }

  @Test
  void takesADelimiterThatOnlyTheServersQuoteAllows() throws SQLException {
    sql.update("CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (csv_quote '$')");
    sql.update("CREATE FOREIGN TABLE t (id int) SERVER s OPTIONS (csv_delimeter '\"')");
    refused("HV024", () -> sql.update("ALTER FOREIGN TABLE t OPTIONS (SET csv_delimeter '$')"));
  }

  @Test
  void takesASchemaThatIsOne() throws SQLException {
    server("s");
    sql.update(
        "CREATE FOREIGN TABLE t (id int) SERVER s OPTIONS (avro_schema"
            + " '{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}')");
    assertThat(sql.warnings()).isEmpty();
  }
}
