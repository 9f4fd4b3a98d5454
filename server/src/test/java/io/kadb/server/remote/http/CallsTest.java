package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What kadb's own driver can ask the server for, besides results. */
class CallsTest extends ServerFixture {
  private ThinMessages client;
  private int statement;

  @BeforeEach
  void open() {
    client = thin().open();
    statement = client.createStatement();
  }

  @Test
  void valuesTravelAsTextWhereJsonWouldNotHoldThem() {
    ThinMessages.Reply reply =
        client.run(
            statement,
            "SELECT TRUE a, CAST(1 AS SMALLINT) b, 9007199254740993 c, CAST('NaN' AS REAL) d,"
                + " CAST('-Infinity' AS DOUBLE PRECISION) e, CAST(0.1 AS DOUBLE PRECISION) f,"
                + " CAST(1.50 AS NUMERIC(10,2)) g, TIMESTAMP '2024-02-29 12:34:56.123456' h,"
                + " X'00FF' i, DATE '2024-02-29' j, 'a\"\\b\n\u0001é€😀' k");
    JsonNode row = reply.frame().path("rows").path(0);
    assertThat(row.toString())
        .isEqualTo(
            "[true,1,9007199254740993,\"NaN\",\"-Infinity\",0.1,\"1.50\","
                + "\"2024-02-29 12:34:56.123456\",\"\\\\x00ff\",\"2024-02-29\","
                + "\"a\\\"\\\\b\\n\\u0001é€😀\"]");
    JsonNode columns = reply.result().path("signature").path("columns");
    assertThat(columns.path(7).path("catalogName").asText())
        .startsWith("kadb:93:timestamp")
        .endsWith(":java.sql.Timestamp");
    assertThat(columns.path(7).path("type").path("rep").asText()).isEqualTo("STRING");
    assertThat(columns.path(7).path("label").asText()).isEqualTo("h");
  }

  @Test
  void preparesStatementsAndTakesParametersAsText() {
    ThinMessages.Reply prepared =
        client.post(
            client
                .request("prepare")
                .put("sql", "SELECT CAST(? AS TIMESTAMP) t, CAST(? AS INTEGER) n")
                .put("maxRowCount", -1));
    JsonNode handle = prepared.body().path("statement");
    assertThat(handle.path("signature").path("parameters").size()).isEqualTo(2);
    ObjectNode execute = client.request("execute");
    execute.remove("connectionId");
    execute
        .putObject("statementHandle")
        .put("connectionId", client.connectionId())
        .put("id", handle.path("id").asInt())
        .putNull("signature");
    ArrayNode values = execute.put("maxRowCount", 100).putArray("parameterValues");
    values.addObject().put("type", "STRING").put("value", "2024-02-29 12:34:56.123456");
    values.addObject().put("type", "OBJECT").putNull("value");
    assertThat(client.post(execute).frame().path("rows").toString())
        .isEqualTo("[[\"2024-02-29 12:34:56.123456\",null]]");
  }

  @Test
  void refusesAStatementOfTheWrongKindBeforeItHasAnyEffect() throws SQLException {
    ObjectNode insert =
        ThinMessages.withSql(
            client.request("prepareAndExecute"),
            statement,
            "INSERT INTO kadb.offsets VALUES (1, 0, 1)");
    assertThat(client.post(insert, "a", "rows").sqlState()).isEqualTo("02000");
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).isEmpty();
    ObjectNode query =
        ThinMessages.withSql(client.request("prepareAndExecute"), statement, "SELECT 1");
    assertThat(client.post(query, "b", "count").sqlState()).isEqualTo("0100E");
    assertThat(client.post(query, "c", "perhaps").sqlState()).isEqualTo("08P01");
  }

  @Test
  void aFailedBatchHasTheCountsOfWhatRanBefore() {
    ObjectNode batch = client.request("prepareAndExecuteBatch").put("statementId", statement);
    batch
        .putArray("sqlCommands")
        .add("INSERT INTO kadb.offsets VALUES (1, 0, 1), (1, 1, 1)")
        .add("INSERT INTO kadb.offsets VALUES (1, 0, 1)");
    ThinMessages.Reply reply = client.post(batch);
    assertThat(reply.sqlState()).isEqualTo("23505");
    assertThat(reply.body().path("updateCounts").toString()).isEqualTo("[2]");
  }

  @Test
  void warningsAreCountedAndReadOnce() {
    ThinMessages.Reply reply =
        client.run(
            statement, "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (nonsense '1')");
    assertThat(reply.warnings()).isEqualTo(1);
    ObjectNode ask = client.own().put("statementId", statement).put("clear", true);
    JsonNode warnings = client.kadb("warnings", ask).body().path("warnings");
    assertThat(warnings.size()).isEqualTo(1);
    assertThat(warnings.path(0).path("sqlState").asText()).isEqualTo("01000");
    assertThat(warnings.path(0).path("text").asText()).contains("nonsense");
    assertThat(client.kadb("warnings", ask).body().path("warnings").size()).isZero();
  }

  @Test
  void propertiesThatARemoteClientMayNotSetAreWarnings() {
    ThinMessages other =
        thin()
            .open(
                "schema=public",
                "k_seg_batch=7",
                "store=jdbc:sqlite:/tmp/x",
                "#sasl.jaas.config=x");
    ObjectNode ask = other.own().put("clear", true);
    ask.putNull("statementId");
    String warnings = other.kadb("warnings", ask).body().toString();
    assertThat(warnings)
        .contains("property store")
        .contains("#sasl.jaas.config")
        .doesNotContain("k_seg_batch");
    assertThat(other.kadb("warnings", ask).body().path("warnings").size()).isZero();
  }

  @Test
  void metadataComesAsTablesAndAsValues() {
    ObjectNode tables = client.own().put("call", "getTables");
    tables.putArray("args").addNull().add("kadb").add("l%").addArray().add("TABLE").add("VIEW");
    JsonNode body = client.kadb("metadata", tables).body();
    assertThat(body.path("columns").path(2).path("label").asText()).isEqualTo("TABLE_NAME");
    assertThat(body.path("rows").size()).isEqualTo(2);
    ObjectNode value = client.own().put("call", "getSearchStringEscape");
    value.putArray("args");
    assertThat(client.kadb("metadata", value).body().toString()).isEqualTo("{\"value\":\"\\\\\"}");
    value.put("call", "supportsTransactions");
    assertThat(client.kadb("metadata", value).body().toString()).isEqualTo("{\"value\":true}");
    value.put("call", "getConnection");
    assertThat(client.kadb("metadata", value).sqlState()).isEqualTo("0A000");
  }

  @Test
  void savepointsAreSetAndRolledBackTo() throws SQLException {
    client.autoCommit(false);
    client.run(statement, "INSERT INTO kadb.offsets VALUES (1, 0, 1)");
    ObjectNode savepoint = client.own().put("verb", "set").put("name", "a");
    assertThat(client.kadb("savepoint", savepoint).status()).isEqualTo(200);
    client.run(statement, "INSERT INTO kadb.offsets VALUES (1, 1, 1)");
    client.kadb("savepoint", savepoint.put("verb", "rollback"));
    client.post(client.request("commit"));
    assertThat(sql.rows("SELECT prt FROM kadb.offsets")).containsExactly("0");
    assertThat(client.kadb("savepoint", savepoint.put("name", "b")).sqlState()).isEqualTo("3B001");
  }

  @Test
  void aConnectionThatIsNotThereIsNotValid() {
    ObjectNode ask = client.own().put("timeoutMillis", 1000);
    assertThat(client.kadb("valid", ask).body().path("valid").asBoolean()).isTrue();
    client.post(client.request("closeConnection"));
    assertThat(client.kadb("valid", ask).body().path("valid").asBoolean(true)).isFalse();
    assertThat(client.run(statement, "SELECT 1").sqlState()).isEqualTo("08003");
  }

  @Test
  void whatIsNoMessageIsAnErrorWithAState() {
    ObjectNode fetch = client.request("fetch").put("statementId", "none");
    assertThat(client.post(fetch).sqlState()).isEqualTo("08P01");
    assertThat(client.kadb("nonsense", client.own()).sqlState()).isEqualTo("0A000");
    assertThat(client.kadb("end", client.own()).sqlState()).isEqualTo("08P01");
  }

  @Test
  void aDefectIsAnErrorWithoutAStackTrace() {
    String deep = "(".repeat(20_000) + "1" + ")".repeat(20_000);
    ThinMessages.Reply reply = client.run(statement, "SELECT " + deep);
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.sqlState()).isNotEmpty();
    assertThat(reply.body().toString()).doesNotContain("\\tat ").doesNotContain("\\n");
    assertThat(client.run(statement, "SELECT 1").rows()).isEqualTo(1);
  }
}
