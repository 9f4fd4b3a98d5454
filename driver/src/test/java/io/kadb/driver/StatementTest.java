package io.kadb.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.driver.ScriptedServer.Reply;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementTest {
  private final NumbersScript script = new NumbersScript(5);
  private final ScriptedServer server = new ScriptedServer(script);
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection(server.url());
  }

  @AfterEach
  void stop() throws SQLException {
    connection.close();
    server.close();
  }

  @Test
  void asksForFramesOf2000RowsUnlessToldOtherwise() throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("q")) {
      for (int size : new int[] {0, 7, 100_000}) {
        statement.setFetchSize(size);
        statement.executeQuery("q");
        prepared.setFetchSize(size);
        prepared.executeQuery();
      }
    }
    assertThat(server.seen().stream().filter(r -> r.name().equals("prepareAndExecute")))
        .extracting(r -> r.body().get("maxRowsInFirstFrame").asInt())
        .containsExactly(2000, 7, 5000);
    assertThat(server.seen().stream().filter(r -> r.name().equals("execute")))
        .extracting(r -> r.body().get("maxRowCount").asInt())
        .containsExactly(2000, 7, 5000);
  }

  @Test
  void tellsTheServerLimitsWhenTheyChange() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("q");
      assertThat(server.count("/kadb/options")).isZero();
      statement.setQueryTimeout(3);
      statement.setLargeMaxRows(1L << 40);
      statement.executeQuery("q");
      statement.executeQuery("q");
      assertThat(server.count("/kadb/options")).isEqualTo(1);
      assertThat(server.seen().stream().filter(r -> r.path().equals("/kadb/options")).toList())
          .first()
          .satisfies(
              r -> {
                assertThat(r.body().get("queryTimeout").asInt()).isEqualTo(3);
                assertThat(r.body().get("maxRows").asLong()).isEqualTo(1L << 40);
              });
      assertThat(
              ScriptedServer.avatica(
                      server.seen().get(server.seen().size() - 1),
                      Service.PrepareAndExecuteRequest.class)
                  .maxRowCount)
          .isEqualTo(1L << 40);
    }
  }

  @Test
  void beginsWithTheLimitsOfTheConnection() throws SQLException {
    try (Connection limited =
            DriverManager.getConnection(server.url() + "?fetchSize=3;queryTimeout=4");
        Statement statement = limited.createStatement()) {
      assertThat(statement.getFetchSize()).isEqualTo(3);
      assertThat(statement.getQueryTimeout()).isEqualTo(4);
    }
  }

  @Test
  void givesCountsBeyondIntegers() throws SQLException {
    long many = 1L << 40;
    script.instead = r -> r.name().equals("prepareAndExecute") ? NumbersScript.count(many) : null;
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.executeLargeUpdate("u")).isEqualTo(many);
      assertThat(statement.executeUpdate("u")).isEqualTo(Integer.MAX_VALUE);
      assertThat(statement.execute("u")).isFalse();
      assertThat(statement.getLargeUpdateCount()).isEqualTo(many);
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThatThrownBy(() -> statement.executeQuery("u"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("02000"));
    }
    assertThat(server.seen().stream().filter(r -> r.name().equals("prepareAndExecute")))
        .extracting(r -> r.headers().get("X-kadb-wanted"))
        .containsExactly(List.of("count"), List.of("count"), null, List.of("rows"));
  }

  @Test
  void abandonsRowsThatNobodyWanted() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeUpdate("q"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0100E"));
    }
    assertThat(script.abandoned).hasValue(1);
    assertThat(script.confirmed).hasValue(0);
  }

  @Test
  void passesErrorsOnWithTheirClass() throws SQLException {
    script.instead =
        r -> r.name().equals("prepareAndExecute") ? Reply.error("42601", "no such word") : null;
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("x"))
          .isInstanceOfSatisfying(
              SQLSyntaxErrorException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("42601");
                assertThat(e.getErrorCode()).isEqualTo(7);
              })
          .hasMessage("no such word");
    }
  }

  @Test
  void tellsTimeoutsFromCancels() throws SQLException {
    script.instead =
        r -> r.name().equals("prepareAndExecute") ? Reply.error("57014", "time is up") : null;
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("x")).isExactlyInstanceOf(SQLException.class);
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute("x")).isInstanceOf(SQLTimeoutException.class);
    }
  }

  @Test
  void givesWarningsInTheirOrderOnStatementAndResult() throws SQLException {
    script.instead =
        r ->
            switch (r.name()) {
              case "prepareAndExecute" -> script.rows(1, 10).withWarnings(2);
              case "/kadb/warnings" ->
                  Reply.ok(
                      Map.of(
                          "warnings",
                          List.of(
                              Map.of("sqlState", "00000", "text", "first", "code", 0),
                              Map.of("sqlState", "01000", "text", "second", "code", 3))));
              default -> null;
            };
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("q")) {
      SQLWarning first = statement.getWarnings();
      assertThat(first.getMessage()).isEqualTo("first");
      assertThat(first.getNextWarning().getMessage()).isEqualTo("second");
      assertThat(first.getNextWarning().getSQLState()).isEqualTo("01000");
      assertThat(result.next()).isTrue();
      statement.clearWarnings();
      assertThat((Throwable) statement.getWarnings()).isNull();
      assertThat(server.count("/kadb/warnings")).isEqualTo(1);
    }
  }

  @Test
  void cancelReachesTheServerWhileTheStatementRuns() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    script.instead =
        r -> {
          if (r.path().equals("/kadb/cancel")) {
            cancelled.countDown();
          }
          return r.name().equals("prepareAndExecute") ? waiting(inside, cancelled) : null;
        };
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(100);
      Future<?> run = threads.submit(() -> statement.executeQuery("q"));
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
      statement.cancel();
      assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS))
          .cause()
          .isExactlyInstanceOf(SQLException.class)
          .hasMessage("cancelled");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closingBringsTheThreadOutThatRunsTheStatement() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    script.instead =
        r -> {
          if (r.path().equals("/kadb/cancel")) {
            cancelled.countDown();
          }
          return r.name().equals("fetch") ? waiting(inside, cancelled) : null;
        };
    ExecutorService threads = Executors.newSingleThreadExecutor();
    Statement statement = connection.createStatement();
    statement.setFetchSize(4);
    ResultSet result = statement.executeQuery("q");
    try {
      Future<?> run =
          threads.submit(
              () -> {
                while (result.next()) {
                  result.getLong(1);
                }
                return null;
              });
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
      statement.close();
      assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"));
      assertThat(script.confirmed).hasValue(0);
      assertThat(script.closedStatements).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void sendsParametersAsAvaticaReadsThem() throws SQLException {
    script.instead = r -> r.name().equals("prepare") ? prepared(2) : null;
    try (PreparedStatement statement = connection.prepareStatement("q")) {
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(2);
      statement.setLong(1, Long.MAX_VALUE);
      assertThatThrownBy(statement::executeQuery).hasMessageContaining("parameter 2");
      statement.setBytes(2, new byte[] {1});
      statement.executeQuery();
      statement.setNull(2, Types.VARCHAR);
      statement.executeQuery();
      assertThatThrownBy(() -> statement.setInt(3, 1)).hasMessageContaining("no parameter 3");
    }
    List<List<TypedValue>> sent =
        server.seen().stream()
            .filter(r -> r.name().equals("execute"))
            .map(r -> ScriptedServer.avatica(r, Service.ExecuteRequest.class).parameterValues)
            .toList();
    assertThat(sent.get(0)).extracting(v -> v.value).containsExactly(Long.MAX_VALUE, "\\x01");
    assertThat(sent.get(1)).extracting(v -> v.value).containsExactly(Long.MAX_VALUE, null);
  }

  @Test
  void runsBatchesAndSaysHowFarTheyCame() throws SQLException {
    script.instead =
        r -> {
          if (r.name().equals("prepare")) {
            return prepared(1);
          }
          if (!r.name().equals("executeBatch")) {
            return null;
          }
          int size =
              ScriptedServer.avatica(r, Service.ExecuteBatchRequest.class).parameterValues.size();
          if (size < 1000) {
            return new Reply(
                500,
                "{\"response\":\"error\",\"errorMessage\":\"twice\",\"errorCode\":-1,"
                    + "\"sqlState\":\"23505\",\"updateCounts\":[1,1]}",
                0);
          }
          long[] counts = new long[size];
          Arrays.fill(counts, 1);
          return Reply.ok(new Service.ExecuteBatchResponse("c", 1, counts, false, null));
        };
    try (PreparedStatement statement = connection.prepareStatement("u")) {
      for (int i = 0; i < 1005; i++) {
        statement.setInt(1, i);
        statement.addBatch();
      }
      assertThatThrownBy(statement::executeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              e -> {
                assertThat(e.getUpdateCounts()).hasSize(1002).containsOnly(1);
                assertThat(e.getSQLState()).isEqualTo("23505");
                assertThat(e.getErrorCode()).isZero();
              });
      assertThat(statement.executeBatch()).isEmpty();
    }
  }

  @Test
  void closesItselfOnCompletionIfAskedTo() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.closeOnCompletion();
      statement.executeQuery("q").close();
      assertThat(statement.isClosed()).isTrue();
      assertThat(script.closedStatements).hasValue(1);
    }
  }

  @Test
  void readsColumnsByLabelInAnyCase() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("q")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getString("NAME")).isEqualTo("row 0");
      assertThat(result.findColumn("name")).isEqualTo(2);
      assertThat(result.getMetaData().getColumnTypeName(1)).isEqualTo("bigint");
      assertThat(result.getMetaData().getColumnType(1)).isEqualTo(Types.BIGINT);
      assertThat(result.getObject(1)).isEqualTo(0L);
      assertThatThrownBy(() -> result.getLong("nix"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42703"));
      assertThatThrownBy(() -> result.getLong(2)).hasMessageStartingWith("column Name: \"row 0\"");
      assertThatThrownBy(() -> result.getLong(3)).hasMessageContaining("columns 1 to 2");
    }
  }

  private static Reply prepared(int parameters) {
    List<AvaticaParameter> list =
        Collections.nCopies(
            parameters,
            new AvaticaParameter(true, 19, 0, Types.BIGINT, "bigint", "java.lang.Long", "?"));
    Meta.Signature signature =
        Meta.Signature.create(
            NumbersScript.signature().columns,
            "q",
            list,
            Meta.CursorFactory.ARRAY,
            Meta.StatementType.SELECT);
    return Reply.ok(new Service.PrepareResponse(new Meta.StatementHandle("c", 9, signature), null));
  }

  private static Reply waiting(CountDownLatch inside, CountDownLatch over) {
    inside.countDown();
    try {
      over.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Reply.error("57014", "cancelled");
  }
}
