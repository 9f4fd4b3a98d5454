package io.kadb.server.remote.thin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.SqlClient;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What programs do with a connection besides reading rows; compared with the driver in process. */
class ThinClientIT extends ThinFixture {
  private static final Duration SOON = Duration.ofSeconds(1);

  /** Metadata that speak of the driver, not of the database. */
  private static final Set<String> OWN =
      Set.of(
          "getURL",
          "getUserName",
          "getDriverName",
          "getDriverVersion",
          "getDriverMajorVersion",
          "getDriverMinorVersion",
          "getConnection");

  @Test
  void cancelEndsAWaitingSelectInLessThanASecond() throws Exception {
    numbers(3, "k_stop_at_end 'false'");
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Statement statement = remote.connection().createStatement()) {
      Future<?> run =
          threads.submit(
              () -> {
                ResultSet result = statement.executeQuery("SELECT v FROM t");
                while (result.next()) {
                  result.getInt(1);
                }
                return null;
              });
      awaitRunning();
      long begun = System.nanoTime();
      statement.cancel();
      assertThatThrownBy(() -> run.get(20, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    } finally {
      threads.shutdownNow();
    }
    assertThat(stored()).isEmpty();
  }

  private void awaitRunning() throws SQLException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (server.connections().count() == 0 || KafkaClients.shared().borrowed() == 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void closingOnAnInterruptedThreadLeavesNothingOpen() throws SQLException {
    numbers(100);
    Connection connection = connect("");
    connection.setAutoCommit(false);
    for (int i = 0; i < 5; i++) {
      Statement statement = connection.createStatement();
      statement.setFetchSize(10);
      assertThat(statement.executeQuery("SELECT v FROM t").next()).isTrue();
      Thread.currentThread().interrupt();
      try {
        statement.close();
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
    connection.commit();
    assertThat(server.connections().openResultCount()).isZero();
    assertThat(server.connections().statementCount()).isZero();
    assertThat(KafkaClients.shared().borrowed()).isZero();
    assertThat(stored()).isEmpty();
  }

  @Test
  void queryTimeoutIsTheServers() throws Exception {
    numbers(3, "k_stop_at_end 'false'");
    try (Statement statement = remote.connection().createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(
              () -> {
                ResultSet result = statement.executeQuery("SELECT v FROM t");
                while (result.next()) {
                  result.getInt(1);
                }
              })
          .isInstanceOfSatisfying(
              SQLTimeoutException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void errorsHaveStateTextAndClassOfTheDriverInProcess() throws SQLException {
    table("v int");
    for (String sql :
        List.of(
            "SELEC 1",
            "SELECT nix FROM t",
            "SELECT * FROM nix",
            "SELECT nix(1)",
            "SELECT 1/0",
            "SELECT CAST('x' AS INTEGER)",
            "CREATE FOREIGN TABLE t (v int) SERVER k",
            "DROP SERVER k",
            "CREATE FOREIGN TABLE u (v int) SERVER k OPTIONS (k_seg_batch 'x')")) {
      assertThat(failure(remote, sql)).as(sql).isEqualTo(failure(local, sql));
    }
  }

  private static String failure(SqlClient client, String sql) {
    try {
      return client.connection().createStatement().execute(sql) + " without a failure";
    } catch (SQLException e) {
      return e.getClass().getName()
          + " "
          + e.getSQLState()
          + " "
          + e.getErrorCode()
          + " "
          + e.getMessage();
    }
  }

  @Test
  void refusesQueriesAndUpdatesInTheWrongPlaceBeforeTheyHaveAnEffect() throws SQLException {
    numbers(3);
    try (Statement statement = remote.connection().createStatement()) {
      assertThatThrownBy(() -> statement.executeUpdate("SELECT v FROM t"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0100E"));
      String insert = "INSERT INTO kadb.offsets VALUES ('public.t'::regclass::oid, 0, 1)";
      assertThatThrownBy(() -> statement.executeQuery(insert))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("02000"));
      assertThat(stored()).isEmpty();
      assertThat(statement.executeUpdate(insert)).isEqualTo(1);
    }
  }

  @Test
  void warningsComeInOrderOnStatementAndResult() throws SQLException {
    numbers(3, "nonsense 'x'");
    assertThat(warnings(remote)).hasSizeGreaterThan(1).isEqualTo(warnings(local));
  }

  private static List<String> warnings(SqlClient client) throws SQLException {
    List<String> all = new ArrayList<>();
    try (Statement statement = client.connection().createStatement()) {
      ResultSet result = statement.executeQuery("SELECT v FROM t");
      while (result.next()) {
        result.getInt(1);
      }
      for (SQLWarning first : Arrays.asList(statement.getWarnings(), result.getWarnings())) {
        for (SQLWarning w = first; w != null; w = w.getNextWarning()) {
          all.add(w.getSQLState() + " " + w.getMessage());
        }
      }
    }
    client.update("DELETE FROM kadb.offsets");
    return all;
  }

  @Test
  void unknownPropertiesAreAWarningOnTheConnection() throws SQLException {
    Connection connection = connect("?nonsense=1");
    assertThat(connection.getWarnings().getMessage()).contains("nonsense");
  }

  @Test
  void batchesSayHowFarTheyCame() throws SQLException {
    table("v int");
    String insert = "INSERT INTO kadb.offsets VALUES ('public.t'::regclass::oid, ?, ?)";
    try (PreparedStatement statement = remote.connection().prepareStatement(insert)) {
      for (int i = 0; i < 5; i++) {
        statement.setInt(1, i);
        statement.setLong(2, 1L << 40);
        statement.addBatch();
      }
      assertThat(statement.executeBatch()).containsExactly(1, 1, 1, 1, 1);
      for (int partition : new int[] {5, 6, 0, 7}) {
        statement.setInt(1, partition);
        statement.addBatch();
      }
      assertThatThrownBy(statement::executeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              e -> {
                assertThat(e.getUpdateCounts()).containsExactly(1, 1);
                assertThat(e.getSQLState()).isEqualTo("23505");
              });
    }
    try (Statement statement = remote.connection().createStatement()) {
      statement.addBatch("UPDATE kadb.offsets SET off = 1");
      statement.addBatch("DELETE FROM kadb.offsets WHERE prt = 0");
      assertThat(statement.executeLargeBatch()).containsExactly(7, 1);
    }
  }

  @Test
  void settingsAreTheServers() throws SQLException {
    Connection connection = connect("kadb?queryTimeout=5");
    assertThat(connection.getSchema()).isEqualTo("kadb");
    connection.setSchema("public");
    assertThat(connection.getSchema()).isEqualTo("public");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = kadb");
      assertThat(connection.getSchema()).isEqualTo("kadb");
    }
    assertThat(connection.getTransactionIsolation())
        .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
    assertThat(connection.isValid(5)).isTrue();
    server.close();
    assertThat(connection.isValid(5)).isFalse();
  }

  @Test
  void manyStatementsOfOneConnectionReadAtTheSameTime() throws SQLException {
    numbers(2_000, "k_scan_mode 'snapshot'");
    List<ResultSet> results = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Statement statement = remote.connection().createStatement();
      statement.setFetchSize(100);
      results.add(statement.executeQuery("SELECT v FROM t"));
    }
    for (int row = 0; row < 2_000; row++) {
      for (ResultSet result : results) {
        assertThat(result.next()).isTrue();
        assertThat(result.getInt(1)).isEqualTo(row);
      }
    }
    for (ResultSet result : results) {
      assertThat(result.next()).isFalse();
    }
  }

  @Test
  void metadataAreThoseOfTheDriverInProcess() throws Exception {
    numbers(1);
    Set<String> here = metadata(local.connection().getMetaData());
    assertThat(here).hasSizeGreaterThan(130);
    assertThat(metadata(remote.connection().getMetaData())).isEqualTo(here);
    assertThat(stored()).isEmpty();
  }

  @Test
  void metadataWorkWithKafkaDown() throws SQLException {
    local.update(
        "CREATE SERVER down FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '127.0.0.1:1')");
    local.update("CREATE FOREIGN TABLE gone (v int) SERVER down OPTIONS (k_topic 'x')");
    DatabaseMetaData metadata = remote.connection().getMetaData();
    try (ResultSet tables =
        metadata.getTables(null, "public", "go%", new String[] {"FOREIGN TABLE"})) {
      assertThat(tables.next()).isTrue();
      assertThat(tables.getString("table_name")).isEqualTo("gone");
    }
    try (ResultSet columns = metadata.getColumns(null, "public", "gone", "%")) {
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("COLUMN_NAME")).isEqualTo("v");
    }
    assertThat(metadata.getSearchStringEscape()).isEqualTo("\\");
    assertThat(metadata.getDatabaseProductName()).isEqualTo("kadb");
  }

  /** Returns what every method without arguments says, and rows of those with patterns. */
  private static Set<String> metadata(DatabaseMetaData metadata) throws Exception {
    Set<String> all = new TreeSet<>();
    for (var method : DatabaseMetaData.class.getMethods()) {
      if (method.getParameterCount() == 0 && !OWN.contains(method.getName())) {
        Object value = method.invoke(metadata);
        all.add(
            method.getName() + " " + (value instanceof ResultSet result ? rows(result) : value));
      }
    }
    all.add("tables " + rows(metadata.getTables(null, null, "%", null)));
    all.add("columns " + rows(metadata.getColumns(null, "public", "t", "%")));
    all.add("views " + rows(metadata.getColumns(null, "kadb", "%", "%")));
    all.add("keys " + rows(metadata.getPrimaryKeys(null, "kadb", "offsets")));
    all.add("indexes " + rows(metadata.getIndexInfo(null, "kadb", "offsets", false, true)));
    all.add("functions " + rows(metadata.getFunctions(null, "kadb", "%")));
    all.add("schemas " + rows(metadata.getSchemas(null, "k%")));
    all.add("supports " + metadata.supportsTransactionIsolationLevel(2));
    return all;
  }

  private static List<String> rows(ResultSet result) throws SQLException {
    try (result) {
      List<String> rows = new ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        rows.add(
            result.getMetaData().getColumnLabel(i) + " " + result.getMetaData().getColumnType(i));
      }
      while (result.next()) {
        rows.add(SqlClient.row(result));
      }
      return rows;
    }
  }

  @Test
  void syntaxErrorsAreOfTheirClass() {
    assertThatThrownBy(() -> remote.connection().prepareStatement("SELEC"))
        .isInstanceOf(SQLSyntaxErrorException.class);
  }
}
