package io.kadb.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.driver.ScriptedServer.Reply;
import io.kadb.driver.ScriptedServer.Seen;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.Savepoint;
import java.sql.Types;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private final NumbersScript script = new NumbersScript(5);
  private final ScriptedServer server = new ScriptedServer(script);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void showsUserAndPasswordWithEveryRequestAndNowhereElse() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "ann");
    properties.setProperty("password", "hunter2:ä");
    properties.setProperty("scanMode", "peek");
    try (Connection connection =
        DriverManager.getConnection(server.url() + "/sales?Segments=2", properties)) {
      connection.createStatement().executeQuery("q");
      assertThat(connection.getMetaData().getUserName()).isEqualTo("ann");
      assertThat(connection.getMetaData().getURL()).isEqualTo(server.url() + "/sales");
    }
    String pair = Base64.getEncoder().encodeToString("ann:hunter2:ä".getBytes(UTF_8));
    assertThat(server.seen())
        .hasSizeGreaterThan(2)
        .allSatisfy(
            r -> {
              assertThat(r.headers()).containsEntry("Authorization", List.of("Basic " + pair));
              assertThat(r.id()).hasSize(36);
              assertThat(r.body().toString()).doesNotContain("hunter2");
            });
    assertThat(server.seen()).extracting(Seen::id).doesNotHaveDuplicates();
    Map<?, ?> told =
        Map.of("kadb.client", "thin/1", "scanMode", "peek", "Segments", "2", "schema", "sales");
    assertThat(server.seen().get(0).body().get("info"))
        .hasToString(ScriptedServer.json(new TreeMap<>(told)));
  }

  @Test
  void saysThatTheLoginWasRefused() {
    script.instead = r -> new Reply(401, "<html>", 0);
    assertThatThrownBy(() -> DriverManager.getConnection(server.url()))
        .isInstanceOfSatisfying(
            SQLInvalidAuthorizationSpecException.class,
            e -> assertThat(e.getSQLState()).isEqualTo("28000"))
        .hasMessageContaining("401");
  }

  @Test
  void saysThatSomethingElseAnswers() {
    script.instead = r -> new Reply(404, "<html>", 0);
    assertThatThrownBy(() -> DriverManager.getConnection(server.url()))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
        .hasMessageContaining("no kadb server")
        .hasMessageContaining("404");
  }

  @Test
  void refusesPropertiesThatCannotBe() {
    for (String bad :
        List.of("fetchSize=-1", "networkTimeout=x", "ssl=maybe", "auth=magic", "sslCert=f")) {
      assertThatThrownBy(() -> DriverManager.getConnection(server.url() + "?" + bad))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HV024"))
          .hasMessageContaining(bad.substring(0, bad.indexOf('=')));
    }
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void asksForSettingsOnlyWhenTheyMayHaveChanged() throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url())) {
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(connection.isReadOnly()).isFalse();
      assertThat(connection.getSchema()).isEqualTo("public");
      assertThat(server.count("connectionSync")).isEqualTo(1);
      connection.setAutoCommit(false);
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(server.count("connectionSync")).isEqualTo(2);
      connection.createStatement().execute("q");
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(server.count("connectionSync")).isEqualTo(3);
    }
  }

  @Test
  void wantsATransactionForCommitAndSavepoints() throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url())) {
      assertThatThrownBy(connection::commit)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P01"));
      connection.setAutoCommit(false);
      Savepoint named = connection.setSavepoint("a");
      assertThat(named.getSavepointName()).isEqualTo("a");
      Savepoint unnamed = connection.setSavepoint();
      assertThat(unnamed.getSavepointId()).isPositive();
      connection.rollback(named);
      connection.releaseSavepoint(named);
      connection.rollback();
    }
    assertThat(server.seen().stream().filter(r -> r.path().equals("/kadb/savepoint")))
        .extracting(r -> r.body().get("verb").asText())
        .containsExactly("set", "set", "rollback", "release");
  }

  @Test
  void refusesEverythingAfterItWasClosed() throws SQLException {
    Connection connection = DriverManager.getConnection(server.url());
    connection.close();
    connection.close();
    assertThat(script.closedConnections).hasValue(1);
    assertThat(connection.isValid(1)).isFalse();
    assertThatThrownBy(connection::createStatement)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
  }

  @Test
  void keepsWarningsAndSaysThatTheIsolationStays() throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url())) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
      assertThat(connection.getWarnings().getMessage()).contains("READ COMMITTED");
      connection.clearWarnings();
      assertThat((Throwable) connection.getWarnings()).isNull();
    }
  }

  @Test
  void passesMetadataCallsOnToTheServer() throws SQLException {
    script.instead =
        r -> r.path().equals("/kadb/metadata") ? metadata(r.body().get("call").asText()) : null;
    try (Connection connection = DriverManager.getConnection(server.url())) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(metadata.getDatabaseProductName()).isEqualTo("kadb");
      assertThat(metadata.supportsTransactions()).isTrue();
      assertThat(metadata.supportsTransactions()).isTrue();
      assertThat(metadata.getMaxConnections()).isZero();
      assertThat(metadata.getRowIdLifetime()).isEqualTo(RowIdLifetime.ROWID_UNSUPPORTED);
      assertThat(metadata.getConnection()).isSameAs(connection);
      assertThat(metadata.isWrapperFor(DatabaseMetaData.class)).isTrue();
      assertThat(metadata).isEqualTo(metadata).hasToString("metadata of " + server.url());
      try (ResultSet tables = metadata.getTables(null, "s", "%", new String[] {"FOREIGN TABLE"})) {
        assertThat(tables.next()).isTrue();
        assertThat(tables.getString("TABLE_NAME")).isEqualTo("t");
        assertThat(tables.next()).isFalse();
        assertThat(tables.getStatement()).isNull();
      }
      assertThatThrownBy(metadata::getSchemas)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
    }
    assertThat(server.seen().stream().filter(r -> r.path().equals("/kadb/metadata")))
        .extracting(r -> r.body().get("call").asText() + r.body().get("args"))
        .containsExactly(
            "getDatabaseProductName[]",
            "supportsTransactions[]",
            "getMaxConnections[]",
            "getRowIdLifetime[]",
            "getTables[null,\"s\",\"%\",[\"FOREIGN TABLE\"]]",
            "getSchemas[]");
    assertThat(script.confirmed).hasValue(0);
    assertThat(script.abandoned).hasValue(0);
  }

  private static Reply metadata(String call) {
    return switch (call) {
      case "getDatabaseProductName" -> Reply.ok(Map.of("value", "kadb"));
      case "supportsTransactions" -> Reply.ok(Map.of("value", true));
      case "getMaxConnections" -> Reply.ok(Map.of("value", 0));
      case "getRowIdLifetime" -> Reply.ok(Map.of("value", "ROWID_UNSUPPORTED"));
      case "getTables" ->
          Reply.ok(
              Map.of(
                  "columns",
                  List.of(
                      NumbersScript.column(
                          0, "TABLE_NAME", Types.VARCHAR, "text", "java.lang.String")),
                  "rows",
                  List.of(List.of("t"))));
      default -> Reply.error("0A000", "no such call");
    };
  }
}
