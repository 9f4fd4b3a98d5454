package io.kadb.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.SqlClient;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The calls of DBeaver's generic provider: one connection for the navigator, one for the data tab
 * and the editor. No offset moves by any of them.
 */
class DBeaverReplayIT extends ClientFixture {
  private static final int MESSAGES = 1_000;
  private static final int PAGE = 200;
  private static final int EXPORT_FETCH_SIZE = 10_000;
  private static final int PING_SECONDS = 10_000;

  private void numbers(String name) throws SQLException {
    table(name, "id int, name text", 1)
        .send(0, IntStream.range(0, MESSAGES).mapToObj(i -> i + ",n" + i).toArray(String[]::new));
  }

  /** Opens a connection as DBeaver sets it up. */
  private Connection open(String properties) throws SQLException {
    Connection connection = connect(properties);
    connection.setReadOnly(connection.isReadOnly());
    connection.setAutoCommit(true);
    connection.getTransactionIsolation();
    connection.getWarnings();
    connection.clearWarnings();
    describe(connection.getMetaData());
    return connection;
  }

  /** The getters with which DBeaver learns what a database can do. */
  private static void describe(DatabaseMetaData metaData) throws SQLException {
    assertThat(metaData.getDatabaseProductName()).isEqualTo("kadb");
    assertThat(metaData.getDatabaseProductVersion()).isNotBlank();
    assertThat(metaData.getDriverName()).isNotBlank();
    assertThat(metaData.getDriverVersion()).isNotBlank();
    assertThat(metaData.getDatabaseMajorVersion()).isNotNegative();
    assertThat(metaData.getDriverMajorVersion()).isNotNegative();
    assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(metaData.getSearchStringEscape()).isEqualTo("\\");
    assertThat(metaData.getCatalogSeparator()).isNotNull();
    assertThat(metaData.getSchemaTerm()).isNotBlank();
    assertThat(metaData.getProcedureTerm()).isNotNull();
    assertThat(metaData.getCatalogTerm()).isNotNull();
    for (String words :
        List.of(
            metaData.getSQLKeywords(),
            metaData.getNumericFunctions(),
            metaData.getStringFunctions(),
            metaData.getSystemFunctions(),
            metaData.getTimeDateFunctions(),
            metaData.getExtraNameCharacters())) {
      assertThat(words).isNotNull();
    }
    assertThat(metaData.supportsSchemasInDataManipulation()).isTrue();
    assertThat(metaData.supportsSchemasInTableDefinitions()).isTrue();
    assertThat(metaData.supportsCatalogsInDataManipulation()).isFalse();
    assertThat(metaData.storesLowerCaseIdentifiers()).isTrue();
    assertThat(metaData.supportsMixedCaseQuotedIdentifiers()).isTrue();
    assertThat(metaData.supportsResultSetType(ResultSet.TYPE_FORWARD_ONLY)).isTrue();
    assertThat(metaData.supportsResultSetType(ResultSet.TYPE_SCROLL_INSENSITIVE)).isFalse();
    metaData.supportsTransactions();
    metaData.supportsSavepoints();
    metaData.supportsBatchUpdates();
    metaData.supportsMultipleResultSets();
    metaData.supportsSubqueriesInIns();
    metaData.isReadOnly();
  }

  private static List<String> column(ResultSet rows, String label) throws SQLException {
    try (rows) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(label));
      }
      return values;
    }
  }

  /** Opens every folder below a table. */
  private static void openTable(DatabaseMetaData metaData, String schema, String name)
      throws SQLException {
    String escaped = name.replace("_", metaData.getSearchStringEscape() + "_");
    assertThat(column(metaData.getTables(null, schema, escaped, null), "TABLE_NAME"))
        .containsExactly(name);
    assertThat(column(metaData.getColumns(null, schema, escaped, "%"), "COLUMN_NAME"))
        .containsExactly("id", "name");
    assertThat(column(metaData.getPrimaryKeys(null, schema, name), "PK_NAME")).isEmpty();
    assertThat(column(metaData.getImportedKeys(null, schema, name), "FK_NAME")).isEmpty();
    assertThat(column(metaData.getExportedKeys(null, schema, name), "FK_NAME")).isEmpty();
    assertThat(column(metaData.getIndexInfo(null, schema, name, false, true), "INDEX_NAME"))
        .isEmpty();
  }

  private static void openNavigator(DatabaseMetaData metaData, String name) throws SQLException {
    assertThat(column(metaData.getTypeInfo(), "TYPE_NAME")).isNotEmpty().doesNotContainNull();
    assertThat(column(metaData.getTableTypes(), "TABLE_TYPE")).contains("FOREIGN TABLE", "VIEW");
    assertThat(column(metaData.getCatalogs(), "TABLE_CAT")).isEmpty();
    assertThat(column(metaData.getSchemas(), "TABLE_SCHEM")).contains("public", "kadb");
    assertThat(column(metaData.getTables(null, "public", "%", null), "TABLE_NAME")).contains(name);
    openTable(metaData, "public", name);
    assertThat(column(metaData.getProcedures(null, "kadb", "%"), "PROCEDURE_NAME")).isNotNull();
    assertThat(column(metaData.getFunctions(null, "kadb", "%"), "FUNCTION_NAME")).isNotEmpty();
    assertThat(column(metaData.getUDTs(null, "public", "%", null), "TYPE_NAME")).isEmpty();
  }

  @Test
  void theNavigatorMeansNamesLiterallyWhenItEscapesThem() throws SQLException {
    numbers("my_topic");
    numbers("myxtopic");
    Connection navigator = open("");

    openNavigator(navigator.getMetaData(), "my_topic");
    navigator.setSchema("kadb");
    assertThat(navigator.getSchema()).isEqualTo("kadb");
    navigator.setSchema("public");

    assertThat(
            column(navigator.getMetaData().getTables(null, null, "my_topic", null), "TABLE_NAME"))
        .containsExactly("my_topic", "myxtopic");
    assertThat(stored()).isEmpty();
  }

  @Test
  void theNavigatorWorksWithKafkaDown() throws SQLException {
    createServer("down", "127.0.0.1:1");
    observer.update(
        "CREATE FOREIGN TABLE my_gone (id int, name text) SERVER down OPTIONS (k_topic 'gone')");
    Connection navigator = open("");

    openNavigator(navigator.getMetaData(), "my_gone");
    assertThat(navigator.isValid(PING_SECONDS)).isTrue();
  }

  /** Reads one page of the data tab, which skips the pages before it. */
  private static List<Integer> page(Connection connection, int first, int count)
      throws SQLException {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(count);
      statement.setMaxRows(first + count);
      assertThat(statement.execute("SELECT * FROM public.t")).isTrue();
      List<Integer> ids = new ArrayList<>();
      try (ResultSet rows = statement.getResultSet()) {
        assertThat(rows.getMetaData().getColumnCount()).isEqualTo(2);
        assertThat(rows.getMetaData().getTableName(1)).isEqualTo("t");
        assertThat(rows.getMetaData().getColumnTypeName(2)).isNotBlank();
        for (int skipped = 0; skipped < first; skipped++) {
          assertThat(rows.next()).isTrue();
        }
        while (rows.next()) {
          ids.add((Integer) rows.getObject(1));
          assertThat(rows.getString(2)).isEqualTo("n" + rows.getInt(1));
        }
      }
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      return ids;
    }
  }

  private static List<Integer> numbersBetween(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?scanMode=snapshot", "?scanMode=peek", "?readOnly=true"})
  void theDataTabPagesCountsAndExportsWithoutMovingOffsets(String properties) throws SQLException {
    numbers("t");
    Connection navigator = open(properties);
    Connection data = open(properties);

    assertThat(page(data, 0, PAGE)).isEqualTo(numbersBetween(0, PAGE));
    assertThat(page(data, PAGE, PAGE)).isEqualTo(numbersBetween(PAGE, 2 * PAGE));
    assertThat(page(data, 900, PAGE)).as("the last page").isEqualTo(numbersBetween(900, MESSAGES));
    assertThat(count(data)).isEqualTo(MESSAGES);
    assertThat(export(data)).isEqualTo(numbersBetween(0, MESSAGES));
    openNavigator(navigator.getMetaData(), "t");
    assertThat(navigator.isValid(PING_SECONDS)).isTrue();
    assertThat(data.isValid(PING_SECONDS)).isTrue();

    assertThat(stored()).isEmpty();
    awaitNoScan();
  }

  private static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM public.t")) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }

  private static List<Integer> export(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(EXPORT_FETCH_SIZE);
      List<Integer> ids = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("SELECT * FROM public.t")) {
        while (rows.next()) {
          ids.add(rows.getInt(1));
        }
      }
      return ids;
    }
  }

  @Test
  void cancelOfAnotherThreadEndsAWaitingStatementAndTheConnectionGoesOn() throws Exception {
    table("t", "id int, name text", 1, "k_stop_at_end 'false'").send(0, "0,n0");
    Connection navigator = open("?scanMode=peek");
    Connection editor = open("?scanMode=peek");
    ExecutorService jobs = Executors.newSingleThreadExecutor();
    try (Statement statement = editor.createStatement()) {
      CountDownLatch begun = new CountDownLatch(1);
      Future<List<String>> job =
          jobs.submit(
              () -> {
                begun.countDown();
                return column(statement.executeQuery("SELECT * FROM public.t"), "id");
              });
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      await(() -> KafkaClients.shared().borrowed() > 0, "the statement does not run");
      assertThat(editor.isValid(PING_SECONDS)).as("a ping while it runs").isTrue();
      openTable(navigator.getMetaData(), "public", "t");

      statement.cancel();

      assertThatThrownBy(() -> job.get(20, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    } finally {
      jobs.shutdownNow();
    }
    awaitNoScan();
    assertThat(new SqlClient(editor).value("SELECT 1")).isEqualTo("1");
    assertThat(stored()).isEmpty();
  }

  @Test
  void aPageThatIsCutMovesNothingEvenIfTheConnectionConsumes() throws SQLException {
    numbers("t");
    Connection data = open("");

    assertThat(page(data, 0, PAGE)).isEqualTo(numbersBetween(0, PAGE));
    assertThat(page(data, PAGE, PAGE)).isEqualTo(numbersBetween(PAGE, 2 * PAGE));

    assertThat(stored()).isEmpty();
    awaitNoScan();
  }
}
