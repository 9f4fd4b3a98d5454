package io.kadb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.sql.Prepared.Kind;
import io.kadb.sql.UpdateCount;
import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class KadbStatementTest {
  private final StubEngine engine = new StubEngine();
  private final KadbConnection connection = engine.connect();
  private final StubRows three = StubRows.counting(3);

  KadbStatementTest() {
    engine.query("three", control -> three);
    engine.statement("write", Kind.DML, List.of(), control -> new UpdateCount(7));
    engine.statement("command", Kind.COMMAND, List.of(), control -> new UpdateCount(0));
  }

  @Test
  void readsRowsToTheirEndWhichIsSuccess() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("three")) {
      assertThat(numbers(result)).containsExactly(1, 2, 3);
      assertThat(three.succeeded()).isTrue();
      assertThat(result.isAfterLast()).isTrue();
      assertThat(result.next()).isFalse();
    }
  }

  @Test
  void doesNotSucceedWhenTheResultIsClosedEarly() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      ResultSet result = statement.executeQuery("three");
      result.next();
      result.close();
    }
    assertThat(three.ended()).isTrue();
    assertThat(three.succeeded()).isFalse();
  }

  @Test
  void succeedsWhenClosedOnTheLastRow() throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet result = statement.executeQuery("three");
    for (int i = 0; i < 3; i++) {
      assertThat(result.isLast()).isFalse();
      result.next();
    }
    assertThat(result.isLast()).isTrue();
    statement.close();
    assertThat(three.succeeded()).isTrue();
    assertThat(result.isClosed()).isTrue();
  }

  @Test
  void tellsWhereItStands() throws SQLException {
    ResultSet result = connection.createStatement().executeQuery("three");
    assertThat(result.isBeforeFirst()).isTrue();
    assertThat(result.getRow()).isZero();
    result.next();
    assertThat(result.isBeforeFirst()).isFalse();
    assertThat(result.isFirst()).isTrue();
    result.next();
    assertThat(result.isFirst()).isFalse();
    assertThat(result.getRow()).isEqualTo(2);
  }

  @Test
  void maxRowsCutsTheResultAndNothingMoves() throws SQLException {
    Statement statement = connection.createStatement();
    statement.setMaxRows(2);
    assertThat(numbers(statement.executeQuery("three"))).containsExactly(1, 2);
    assertThat(three.ended()).isTrue();
    assertThat(three.succeeded()).isFalse();
  }

  @Test
  void maxRowsThatCutNothingOffAreASuccess() throws SQLException {
    Statement statement = connection.createStatement();
    statement.setMaxRows(3);
    assertThat(numbers(statement.executeQuery("three"))).containsExactly(1, 2, 3);
    assertThat(three.succeeded()).isTrue();
  }

  @Test
  void runningAgainEndsTheEarlierResult() throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet earlier = statement.executeQuery("three");
    statement.execute("command");
    assertThat(earlier.isClosed()).isTrue();
    assertThat(three.ended()).isTrue();
    assertThat(statement.getResultSet()).isNull();
    assertThat(statement.getUpdateCount()).isZero();
    assertThatThrownBy(earlier::next).extracting("SQLState").isEqualTo("55000");
  }

  @Test
  void refusesRowsWhereACountIsWantedBeforeAnythingRuns() throws SQLException {
    Statement statement = connection.createStatement();
    assertThatThrownBy(() -> statement.executeUpdate("three")).hasMessageContaining("executeQuery");
    assertThatThrownBy(() -> statement.executeQuery("write")).hasMessageContaining("executeUpdate");
    assertThat(engine.log).noneMatch(entry -> entry.startsWith("execute"));
    assertThatThrownBy(() -> statement.executeQuery("command"))
        .extracting("SQLState")
        .isEqualTo("02000");
  }

  @Test
  void givesCounts() throws SQLException {
    Statement statement = connection.createStatement();
    assertThat(statement.executeUpdate("write")).isEqualTo(7);
    assertThat(statement.execute("write")).isFalse();
    assertThat(statement.getLargeUpdateCount()).isEqualTo(7);
    assertThat(statement.getMoreResults()).isFalse();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThat(statement.getGeneratedKeys().next()).isFalse();
  }

  @Test
  void failureAtTheEndIsReportedOnce() throws SQLException {
    KadbException moved = new KadbException(ErrorCode.OFFSETS_MOVED, "moved");
    StubRows rows = StubRows.counting(0).failingAtTheEnd(moved);
    engine.query("moved", control -> rows);
    ResultSet result = connection.createStatement().executeQuery("moved");
    assertThatThrownBy(result::next)
        .isInstanceOf(SQLTransactionRollbackException.class)
        .hasCause(moved);
    assertThat(result.next()).isFalse();
    result.close();
  }

  @Test
  void failureOfClosingIsReported() throws SQLException {
    KadbException moved = new KadbException(ErrorCode.OFFSETS_MOVED, "moved");
    engine.query("moved", control -> StubRows.counting(0).failingAtTheEnd(moved));
    ResultSet result = connection.createStatement().executeQuery("moved");
    assertThatThrownBy(result::close).extracting("SQLState").isEqualTo("40001");
    assertThat(result.isClosed()).isTrue();
    result.close();
  }

  @Test
  void defectsAndErrorsOfTheEngineBecomeSqlExceptions() throws SQLException {
    engine.query(
        "overflow",
        control -> {
          throw new StackOverflowError();
        });
    Statement statement = connection.createStatement();
    assertThatThrownBy(() -> statement.executeQuery("overflow"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("nested too deeply")
        .extracting("SQLState")
        .isEqualTo("XX000");
    assertThat(statement.executeUpdate("write")).isEqualTo(7);
  }

  @Test
  void cancelFromAnotherThreadEndsTheRunAndTheStatementStaysUsable() throws Exception {
    Statement statement = connection.createStatement();
    StubRows rows = waiting();
    ResultSet result = statement.executeQuery("waiting");
    CompletableFuture<Boolean> reading = reading(result);
    awaitEntered(rows);
    statement.cancel();
    assertThat((Throwable) failureOf(reading))
        .isNotInstanceOf(SQLTimeoutException.class)
        .extracting("SQLState")
        .isEqualTo("57014");
    assertThat(numbers(statement.executeQuery("three"))).hasSize(3);
  }

  @Test
  void closingFromAnotherThreadEndsTheRun() throws Exception {
    Statement statement = connection.createStatement();
    StubRows rows = waiting();
    CompletableFuture<Boolean> reading = reading(statement.executeQuery("waiting"));
    awaitEntered(rows);
    statement.close();
    assertThat(failureOf(reading).getSQLState()).isEqualTo("57014");
    assertThat(rows.ended()).isTrue();
    assertThat(rows.succeeded()).isFalse();
  }

  @Test
  void closingTheConnectionEndsTheRun() throws Exception {
    StubRows rows = waiting();
    CompletableFuture<Boolean> reading =
        reading(connection.createStatement().executeQuery("waiting"));
    awaitEntered(rows);
    connection.close();
    assertThat(failureOf(reading).getSQLState()).isEqualTo("57014");
    assertThat(engine.log).last().isEqualTo("close");
  }

  @Test
  void closingTheConnectionEndsAStatementThatIsExecuting() throws Exception {
    CompletableFuture<Void> entered = new CompletableFuture<>();
    engine.query(
        "waiting",
        control -> {
          entered.complete(null);
          StubEngine.waitForEnd(control);
          return three;
        });
    Statement statement = connection.createStatement();
    CompletableFuture<Boolean> executing = async(() -> statement.execute("waiting"));
    entered.get(10, TimeUnit.SECONDS);
    connection.close();
    assertThat(failureOf(executing).getSQLState()).isEqualTo("57014");
  }

  @Test
  void queryTimeoutIsATimeout() throws SQLException {
    waiting();
    Statement statement = connection.createStatement();
    statement.setQueryTimeout(1);
    ResultSet result = statement.executeQuery("waiting");
    assertThatThrownBy(result::next)
        .isInstanceOf(SQLTimeoutException.class)
        .extracting("SQLState")
        .isEqualTo("57014");
  }

  @Test
  void warningsComeInOrderOnStatementAndResult() throws SQLException {
    engine.query(
        "warning",
        control -> {
          control.add(Notice.notice("first"));
          return StubRows.counting(1).beforeNext(() -> control.add(Notice.warning("then")));
        });
    Statement statement = connection.createStatement();
    ResultSet result = statement.executeQuery("warning");
    assertThat(texts(statement.getWarnings())).containsExactly("00000 first");
    result.next();
    assertThat(texts(result.getWarnings())).containsExactly("00000 first", "01000 then");
    result.clearWarnings();
    assertThat(texts(result.getWarnings())).isEmpty();
    assertThat(texts(statement.getWarnings())).containsExactly("00000 first", "01000 then");
    result.next();
    assertThat(texts(result.getWarnings())).containsExactly("01000 then");
    assertThat(texts(statement.getWarnings())).hasSize(3);
    statement.execute("command");
    assertThat(texts(statement.getWarnings())).isEmpty();
  }

  @Test
  void warningsOfAFailedRunCanBeRead() throws SQLException {
    engine.query(
        "failing",
        control -> {
          control.add(Notice.warning("before"));
          throw new KadbException(ErrorCode.NO_SUCH_TOPIC, "no such topic");
        });
    Statement statement = connection.createStatement();
    assertThatThrownBy(() -> statement.execute("failing"))
        .extracting("SQLState")
        .isEqualTo("HV00R");
    assertThat(texts(statement.getWarnings())).containsExactly("01000 before");
  }

  @Test
  void batchGivesCountsInOrder() throws SQLException {
    Statement statement = connection.createStatement();
    statement.addBatch("write");
    statement.addBatch("command");
    assertThat(statement.executeBatch()).containsExactly(7, 0);
    assertThat(statement.executeBatch()).isEmpty();
  }

  @Test
  void batchStopsAtTheFirstFailure() throws SQLException {
    Statement statement = connection.createStatement();
    statement.addBatch("write");
    statement.addBatch("three");
    statement.addBatch("write");
    BatchUpdateException failure =
        catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
    assertThat(failure.getUpdateCounts()).containsExactly(7);
    assertThat((Throwable) failure).hasMessageStartingWith("statement 2 of 3");
    assertThat(engine.log).filteredOn("execute write"::equals).hasSize(1);
  }

  @Test
  void closesOnCompletionWhenAsked() throws SQLException {
    Statement statement = connection.createStatement();
    statement.closeOnCompletion();
    ResultSet result = statement.executeQuery("three");
    result.close();
    assertThat(statement.isClosed()).isTrue();
  }

  @Test
  void closedStatementsRefuse() throws SQLException {
    Statement statement = connection.createStatement();
    statement.close();
    statement.close();
    assertThatThrownBy(() -> statement.executeQuery("three"))
        .extracting("SQLState")
        .isEqualTo("55000");
    assertThatThrownBy(statement::getWarnings).isInstanceOf(SQLException.class);
    assertThatThrownBy(statement::cancel).isInstanceOf(SQLException.class);
  }

  @Test
  void scrollingAndUpdatingAreUnsupported() throws SQLException {
    ResultSet result = connection.createStatement().executeQuery("three");
    result.next();
    assertThatThrownBy(() -> result.absolute(1))
        .isInstanceOf(SQLFeatureNotSupportedException.class)
        .extracting("SQLState")
        .isEqualTo("0A000");
    assertThatThrownBy(() -> result.updateInt(1, 2))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  @Test
  void negativeLimitsAreRefused() throws SQLException {
    Statement statement = connection.createStatement();
    assertThatThrownBy(() -> statement.setMaxRows(-1)).extracting("SQLState").isEqualTo("22023");
    assertThatThrownBy(() -> statement.setQueryTimeout(-1)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> statement.setFetchSize(-1)).isInstanceOf(SQLException.class);
  }

  private StubRows waiting() {
    StubRows rows = StubRows.counting(1);
    engine.query("waiting", c -> rows.beforeNext(() -> StubEngine.waitForEnd(c)));
    return rows;
  }

  private static void awaitEntered(StubRows rows) throws InterruptedException {
    assertThat(rows.entered.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private static CompletableFuture<Boolean> reading(ResultSet result) {
    return async(result::next);
  }

  /** Something that JDBC does. */
  private interface Task {
    boolean run() throws SQLException;
  }

  private static CompletableFuture<Boolean> async(Task task) {
    CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.complete(task.run());
              } catch (SQLException | RuntimeException e) {
                outcome.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }

  private static SQLException failureOf(CompletableFuture<Boolean> outcome) {
    ExecutionException failure =
        catchThrowableOfType(ExecutionException.class, () -> outcome.get(10, TimeUnit.SECONDS));
    return (SQLException) failure.getCause();
  }

  private static List<Integer> numbers(ResultSet result) throws SQLException {
    List<Integer> numbers = new ArrayList<>();
    while (result.next()) {
      numbers.add(result.getInt("N"));
    }
    return numbers;
  }

  private static List<String> texts(SQLWarning first) {
    List<String> texts = new ArrayList<>();
    for (SQLWarning w = first; w != null; w = w.getNextWarning()) {
      texts.add(w.getSQLState() + " " + w.getMessage());
    }
    return texts;
  }
}
