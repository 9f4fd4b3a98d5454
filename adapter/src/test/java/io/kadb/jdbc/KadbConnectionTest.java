package io.kadb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KadbConnectionTest {
  private final StubEngine engine = new StubEngine();
  private final KadbConnection connection = engine.connect();
  private final StubRows two = StubRows.counting(2);

  KadbConnectionTest() {
    engine.query("two", control -> two);
  }

  @Test
  void commitCountsAResultThatStandsOnItsLastRow() throws SQLException {
    connection.setAutoCommit(false);
    ResultSet result = connection.createStatement().executeQuery("two");
    result.next();
    result.next();
    connection.commit();
    assertThat(two.succeeded()).isTrue();
    assertThat(result.isClosed()).isTrue();
    assertThat(engine.log).endsWith("commit");
  }

  @Test
  void commitDoesNotCountAResultThatWasNotReadToItsEnd() throws SQLException {
    connection.setAutoCommit(false);
    connection.createStatement().executeQuery("two").next();
    connection.commit();
    assertThat(two.ended()).isTrue();
    assertThat(two.succeeded()).isFalse();
    assertThat(engine.log).endsWith("commit");
  }

  @Test
  void rollbackEndsOpenResults() throws SQLException {
    connection.setAutoCommit(false);
    ResultSet result = connection.createStatement().executeQuery("two");
    result.next();
    connection.rollback();
    assertThat(result.isClosed()).isTrue();
    assertThat(two.ended()).isTrue();
    assertThat(engine.log).endsWith("rollback");
  }

  @Test
  void transactionsNeedAutocommitOff() throws SQLException {
    assertThat(connection.getAutoCommit()).isTrue();
    assertThatThrownBy(connection::commit).extracting("SQLState").isEqualTo("25P01");
    assertThatThrownBy(connection::rollback).extracting("SQLState").isEqualTo("25P01");
    assertThatThrownBy(connection::setSavepoint).extracting("SQLState").isEqualTo("25P01");
    connection.setAutoCommit(true);
    assertThat(engine.log).isEmpty();
  }

  @Test
  void savepointsReachTheSession() throws SQLException {
    connection.setAutoCommit(false);
    Savepoint named = connection.setSavepoint("here");
    Savepoint unnamed = connection.setSavepoint();
    connection.rollback(named);
    connection.releaseSavepoint(unnamed);
    assertThat(engine.log)
        .containsExactly(
            "autocommit false",
            "savepoint here",
            "savepoint made_up",
            "rollback to here",
            "release made_up");
    assertThat(named.getSavepointName()).isEqualTo("here");
    assertThatThrownBy(named::getSavepointId).isInstanceOf(SQLException.class);
    assertThat(unnamed.getSavepointId()).isPositive();
    assertThatThrownBy(unnamed::getSavepointName).isInstanceOf(SQLException.class);
  }

  @Test
  void closingEndsResultsAndTheSession() throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet result = statement.executeQuery("two");
    result.next();
    result.next();
    connection.close();
    connection.close();
    assertThat(two.succeeded()).isTrue();
    assertThat(statement.isClosed()).isTrue();
    assertThat(result.isClosed()).isTrue();
    assertThat(engine.log).containsOnlyOnce("close");
    assertThatThrownBy(connection::createStatement)
        .isInstanceOf(SQLNonTransientConnectionException.class)
        .extracting("SQLState")
        .isEqualTo("08003");
  }

  @Test
  void abortGivesUpWhatRuns() throws Exception {
    StubRows waiting = StubRows.counting(1);
    engine.query("waiting", c -> waiting.beforeNext(() -> StubEngine.waitForEnd(c)));
    ResultSet result = connection.createStatement().executeQuery("waiting");
    CountDownLatch failed = new CountDownLatch(1);
    Thread reader =
        new Thread(
            () -> {
              try {
                result.next();
              } catch (SQLException e) {
                failed.countDown();
              }
            });
    reader.setDaemon(true);
    reader.start();
    assertThat(waiting.entered.await(10, TimeUnit.SECONDS)).isTrue();
    Queue<Runnable> tasks = new ArrayDeque<>();
    connection.abort(tasks::add);
    assertThat(connection.isClosed()).isTrue();
    assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(engine.log).doesNotContain("close");
    tasks.forEach(Runnable::run);
    assertThat(engine.log).endsWith("close");
    assertThat(waiting.succeeded()).isFalse();
  }

  @Test
  void isValidAsksTheStore() throws SQLException {
    assertThat(connection.isValid(1)).isTrue();
    engine.valid = false;
    assertThat(connection.isValid(1)).isFalse();
    engine.valid = true;
    connection.close();
    assertThat(connection.isValid(1)).isFalse();
    assertThatThrownBy(() -> connection.isValid(-1)).isInstanceOf(SQLException.class);
  }

  @Test
  void otherIsolationLevelsAreAcceptedWithAWarning() throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    assertThat((Object) connection.getWarnings()).isNull();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    assertThat(connection.getTransactionIsolation())
        .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
    assertThat(connection.getWarnings().getMessage()).contains("READ COMMITTED");
    connection.clearWarnings();
    assertThat((Object) connection.getWarnings()).isNull();
    assertThatThrownBy(() -> connection.setTransactionIsolation(77))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void scrollableResultsBecomeForwardOnlyWithAWarning() throws SQLException {
    Statement statement =
        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
    assertThat(statement.getResultSetType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
    SQLWarning warning = connection.getWarnings();
    assertThat(warning.getMessage()).contains("forward");
  }

  @Test
  void whatIsSetCanBeRead() throws SQLException {
    connection.setReadOnly(true);
    assertThat(connection.isReadOnly()).isTrue();
    connection.setSchema("other");
    assertThat(connection.getSchema()).isEqualTo("other");
    connection.setCatalog("ignored");
    assertThat(connection.getCatalog()).isNull();
    connection.setNetworkTimeout(Runnable::run, 5000);
    assertThat(connection.getNetworkTimeout()).isEqualTo(5000);
    connection.setClientInfo("ApplicationName", "test");
    assertThat(connection.getClientInfo()).containsEntry("ApplicationName", "test");
    assertThat(connection.unwrap(KadbConnection.class)).isSameAs(connection);
    assertThat(connection.isWrapperFor(String.class)).isFalse();
  }

  @Test
  void callsAreUnsupported() {
    assertThatThrownBy(() -> connection.prepareCall("call x"))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
  }
}
