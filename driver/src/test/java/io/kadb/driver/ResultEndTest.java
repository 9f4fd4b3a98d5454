package io.kadb.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.driver.ScriptedServer.Reply;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server learns how each result ended: the rows of the table in Cursor. */
class ResultEndTest {
  private static final int ROWS = 25;

  private final NumbersScript script = new NumbersScript(ROWS);
  private final ScriptedServer server = new ScriptedServer(script);
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection(server.url());
    statement = connection.createStatement();
    statement.setFetchSize(10);
  }

  @AfterEach
  void stop() throws SQLException {
    connection.close();
    server.close();
  }

  @Test
  void confirmsWhenNextFindsNoMoreRows() throws SQLException {
    ResultSet result = read(ROWS);
    assertThat(script.confirmed).hasValue(0);
    assertThat(result.next()).isFalse();
    assertThat(script.confirmed).hasValue(1);
    assertThat(result.next()).isFalse();
    result.close();
    statement.close();
    assertEndings(1, 0);
  }

  @Test
  void confirmsAnEmptyResultWhenNextFindsNothing() throws SQLException {
    NumbersScript none = new NumbersScript(0);
    try (ScriptedServer other = new ScriptedServer(none);
        Connection connected = DriverManager.getConnection(other.url());
        ResultSet result = connected.createStatement().executeQuery("q")) {
      assertThat(none.confirmed).hasValue(0);
      assertThat(result.next()).isFalse();
      assertThat(none.confirmed).hasValue(1);
    }
    assertThat(none.confirmed).hasValue(1);
    assertThat(none.abandoned).hasValue(0);
  }

  @Test
  void abandonsAnEmptyResultThatNobodyReads() throws SQLException {
    NumbersScript none = new NumbersScript(0);
    try (ScriptedServer other = new ScriptedServer(none);
        Connection connected = DriverManager.getConnection(other.url())) {
      connected.createStatement().executeQuery("q").close();
      assertThat(none.confirmed).hasValue(0);
      assertThat(none.abandoned).hasValue(1);
    }
  }

  @Test
  void confirmsWhenClosedOnTheLastRow() throws SQLException {
    read(ROWS).close();
    assertEndings(1, 0);
  }

  @Test
  void confirmsWhenTheStatementIsClosedOnTheLastRow() throws SQLException {
    read(ROWS);
    statement.close();
    assertEndings(1, 0);
    assertThat(script.closedStatements).hasValue(1);
  }

  @Test
  void confirmsBeforeTheStatementRunsAgain() throws SQLException {
    read(ROWS);
    statement.executeQuery("q");
    assertEndings(1, 0);
    assertThat(server.names())
        .endsWith("prepareAndExecute", "fetch", "fetch", "/kadb/end", "prepareAndExecute");
  }

  @Test
  void confirmsBeforeTheConnectionCommits() throws SQLException {
    connection.setAutoCommit(false);
    read(ROWS);
    connection.commit();
    assertEndings(1, 0);
    assertThat(server.names()).endsWith("/kadb/end", "commit");
  }

  @Test
  void abandonsBeforeTheConnectionCommitsInMidResult() throws SQLException {
    connection.setAutoCommit(false);
    read(ROWS - 1);
    connection.commit();
    assertEndings(0, 1);
    assertThat(server.names()).endsWith("/kadb/end", "commit");
  }

  @Test
  void abandonsWhenClosedInMidResult() throws SQLException {
    read(ROWS - 1).close();
    assertEndings(0, 1);
  }

  @Test
  void abandonsOnTheLastRowOfAFrameThatIsNotTheLast() throws SQLException {
    read(20).close();
    assertEndings(0, 1);
  }

  @Test
  void abandonsOnRollback() throws SQLException {
    connection.setAutoCommit(false);
    read(ROWS);
    connection.rollback();
    assertEndings(0, 1);
    assertThat(server.names()).endsWith("/kadb/end", "rollback");
  }

  @Test
  void abandonsWhenTheConnectionClosesInATransaction() throws SQLException {
    connection.setAutoCommit(false);
    read(ROWS);
    connection.close();
    assertEndings(0, 1);
    assertThat(script.closedConnections).hasValue(1);
  }

  @Test
  void confirmsOnTheLastRowWhenTheConnectionClosesUnderAutocommit() throws SQLException {
    read(ROWS);
    connection.close();
    assertEndings(1, 0);
  }

  @Test
  void abandonsWhatWasCancelled() throws SQLException {
    ResultSet result = read(3);
    statement.cancel();
    assertThatThrownBy(result::next)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("cancel");
    result.close();
    assertThat(script.cancelled).hasValue(1);
    assertEndings(0, 1);
  }

  @Test
  void throwsTheFailureOfTheConfirmationFromNext() throws SQLException {
    ResultSet result = read(ROWS);
    script.instead = failingEnd();
    assertThatThrownBy(result::next)
        .isInstanceOfSatisfying(
            SQLTransactionRollbackException.class,
            e -> {
              assertThat(e.getSQLState()).isEqualTo("40001");
              assertThat(e.getErrorCode()).isEqualTo(7);
            })
        .hasMessage("offsets moved");
    assertThat(result.next()).isFalse();
    result.close();
    assertThat(server.count("/kadb/end")).isEqualTo(1);
  }

  @Test
  void throwsTheFailureOfTheConfirmationFromClose() throws SQLException {
    ResultSet result = read(ROWS);
    script.instead = failingEnd();
    assertThatThrownBy(result::close).isInstanceOf(SQLTransactionRollbackException.class);
    result.close();
    assertThat(server.count("/kadb/end")).isEqualTo(1);
  }

  @Test
  void rollsBackWhenTheConfirmationFailsAtCommit() throws SQLException {
    connection.setAutoCommit(false);
    read(ROWS);
    script.instead = failingEnd();
    assertThatThrownBy(connection::commit).isInstanceOf(SQLTransactionRollbackException.class);
    assertThat(server.names()).endsWith("/kadb/end", "rollback");
  }

  @Test
  void throwsTheFailureOfAFetchAndAbandonsAtClose() throws SQLException {
    ResultSet result = read(10);
    script.instead = r -> r.name().equals("fetch") ? Reply.error("22P02", "bad") : null;
    assertThatThrownBy(result::next)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P02"));
    assertThat(result.next()).isFalse();
    result.close();
    assertEndings(0, 1);
  }

  @Test
  void keepsAPreparedStatementUsableAfterAResultThatWasClosedEarly() throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement("q")) {
      for (int i = 0; i < 3; i++) {
        try (ResultSet result = prepared.executeQuery()) {
          assertThat(result.next()).isTrue();
        }
      }
    }
    assertEndings(0, 3);
    assertThat(server.count("prepare")).isEqualTo(1);
    assertThat(server.count("closeStatement")).isEqualTo(1);
  }

  private ResultSet read(int rows) throws SQLException {
    ResultSet result = statement.executeQuery("q");
    for (int i = 0; i < rows; i++) {
      assertThat(result.next()).isTrue();
      assertThat(result.getLong(1)).isEqualTo(i);
    }
    return result;
  }

  private static Function<ScriptedServer.Seen, Reply> failingEnd() {
    return r -> r.name().equals("/kadb/end") ? Reply.error("40001", "offsets moved") : null;
  }

  private void assertEndings(int confirmed, int abandoned) {
    assertThat(script.confirmed).hasValue(confirmed);
    assertThat(script.abandoned).hasValue(abandoned);
  }
}
