package io.kadb.server.remote.thin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.testing.TcpProxy;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Offsets move when the program has got the last row, and only then. */
class ThinOffsetsIT extends ThinFixture {
  private static final int MESSAGES = 25;

  @Test
  void moveWhenNextFindsNoMoreRows() throws SQLException {
    numbers(MESSAGES);
    try (Statement statement = statement();
        ResultSet result = read(statement, MESSAGES)) {
      assertThat(stored()).isEmpty();
      assertThat(result.next()).isFalse();
      assertThat(stored()).isEqualTo("25");
    }
    assertThat(remote.rows("SELECT v FROM t")).isEmpty();
  }

  @Test
  void moveWhenClosedOnTheLastRow() throws SQLException {
    numbers(MESSAGES);
    try (Statement statement = statement()) {
      read(statement, MESSAGES);
    }
    assertThat(stored()).isEqualTo("25");
  }

  @Test
  void stayWhenClosedBeforeTheLastRow() throws SQLException {
    numbers(MESSAGES);
    for (int rows : new int[] {0, 1, 10, 20, MESSAGES - 1}) {
      try (Statement statement = statement()) {
        read(statement, rows).close();
      }
      assertThat(stored()).as("%d rows read", rows).isEmpty();
    }
    assertThat(remote.rows("SELECT v FROM t")).hasSize(MESSAGES);
  }

  @Test
  void stayWhenMaxRowsCutRowsOff() throws SQLException {
    numbers(MESSAGES);
    try (Statement statement = statement()) {
      statement.setMaxRows(12);
      assertThat(read(statement, 12).next()).isFalse();
      assertThat(stored()).isEmpty();
      statement.setMaxRows(0);
      assertThat(read(statement, MESSAGES).next()).isFalse();
      assertThat(stored()).isEqualTo("25");
    }
  }

  @Test
  void moveAtCommitAndComeBackAtRollback() throws SQLException {
    numbers(MESSAGES);
    Connection connection = remote.connection();
    connection.setAutoCommit(false);
    assertThat(remote.rows("SELECT v FROM t")).hasSize(MESSAGES);
    assertThat(remote.value("SELECT off FROM kadb.offsets")).isEqualTo("25");
    assertThat(stored()).isEmpty();
    connection.rollback();
    assertThat(remote.rows("SELECT v FROM t")).hasSize(MESSAGES);
    connection.commit();
    assertThat(stored()).isEqualTo("25");
  }

  @Test
  void moveAtCommitForAResultThatStandsOnItsLastRow() throws SQLException {
    numbers(MESSAGES);
    Connection connection = remote.connection();
    connection.setAutoCommit(false);
    Statement statement = statement();
    read(statement, MESSAGES);
    connection.commit();
    assertThat(stored()).isEqualTo("25");
  }

  @Test
  void stayAtCommitForAResultInItsMiddle() throws SQLException {
    numbers(MESSAGES);
    Connection connection = remote.connection();
    connection.setAutoCommit(false);
    Statement statement = statement();
    read(statement, MESSAGES - 1);
    connection.commit();
    assertThat(stored()).isEmpty();
  }

  @Test
  void moveWithTheTransactionThatSqlBeganAndEnded() throws SQLException {
    numbers(MESSAGES);
    remote.update("BEGIN");
    assertThat(remote.rows("SELECT v FROM t")).hasSize(MESSAGES);
    assertThat(stored()).isEmpty();
    remote.update("ROLLBACK");
    remote.update("BEGIN");
    assertThat(remote.rows("SELECT v FROM t")).hasSize(MESSAGES);
    remote.update("COMMIT");
    assertThat(stored()).isEqualTo("25");
  }

  @Test
  void comeBackToASavepoint() throws SQLException {
    numbers(MESSAGES);
    Connection connection = remote.connection();
    connection.setAutoCommit(false);
    Savepoint named = connection.setSavepoint("before");
    assertThat(remote.rows("SELECT v FROM t")).hasSize(MESSAGES);
    connection.rollback(named);
    assertThat(remote.rows("SELECT off FROM kadb.offsets")).isEmpty();
    Savepoint unnamed = connection.setSavepoint();
    assertThat(remote.rows("SELECT v FROM t")).hasSize(MESSAGES);
    connection.releaseSavepoint(unnamed);
    connection.commit();
    assertThat(stored()).isEqualTo("25");
  }

  @Test
  void movedByAnotherSessionFailNext() throws SQLException {
    numbers(MESSAGES);
    try (Statement statement = statement()) {
      ResultSet result = read(statement, MESSAGES);
      local.update("INSERT INTO kadb.offsets VALUES ('public.t'::regclass::oid, 0, 7)");
      assertThatThrownBy(result::next)
          .isInstanceOfSatisfying(
              SQLTransactionRollbackException.class,
              e -> assertThat(e.getSQLState()).isEqualTo("40001"));
    }
    assertThat(stored()).isEqualTo("7");
    assertThat(remote.rows("SELECT v FROM t")).hasSize(MESSAGES - 7);
  }

  @Test
  void stayOnAReadOnlyConnection() throws SQLException {
    numbers(MESSAGES);
    remote.connection().setReadOnly(true);
    assertThat(remote.rows("SELECT v FROM t")).hasSize(MESSAGES);
    assertThat(remote.rows("SELECT v FROM t")).hasSize(MESSAGES);
    assertThat(remote.connection().isReadOnly()).isTrue();
    assertThat(stored()).isEmpty();
  }

  @Test
  void stayForAPreparedProbe() throws SQLException {
    numbers(MESSAGES);
    try (PreparedStatement probe =
        remote.connection().prepareStatement("SELECT * FROM t WHERE 1=0")) {
      assertThat(probe.getMetaData().getColumnCount()).isEqualTo(1);
      assertThat(probe.executeQuery().next()).isFalse();
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void moveWithAPreparedStatementThatRunsAgain() throws SQLException {
    numbers(MESSAGES, "k_seg_batch '10'");
    try (PreparedStatement statement =
        remote.connection().prepareStatement("SELECT v FROM t WHERE v >= ?")) {
      for (int stored : new int[] {10, 20, 25}) {
        statement.setInt(1, 0);
        ResultSet result = statement.executeQuery();
        int rows = 0;
        while (result.next()) {
          rows++;
        }
        assertThat(rows).isLessThanOrEqualTo(10);
        assertThat(stored()).isEqualTo(Integer.toString(stored));
      }
    }
  }

  @Test
  void surviveACutOfTheNetworkAtEveryFrame() throws Exception {
    numbers(MESSAGES);
    try (TcpProxy proxy = new TcpProxy()) {
      proxy.forwardTo("127.0.0.1", URI.create(server.url()).getPort());
      Connection connection = DriverManager.getConnection("jdbc:kadb://127.0.0.1:" + proxy.port());
      Statement statement = connection.createStatement();
      statement.setFetchSize(5);
      ResultSet result = statement.executeQuery("SELECT v FROM t");
      int rows = 0;
      while (result.next()) {
        assertThat(result.getInt(1)).isEqualTo(rows++);
        proxy.cut();
      }
      assertThat(rows).isEqualTo(MESSAGES);
      connection.close();
      assertThat(stored()).isEqualTo("25");
    }
  }

  private Statement statement() throws SQLException {
    Statement statement = remote.connection().createStatement();
    statement.setFetchSize(10);
    return statement;
  }

  private static ResultSet read(Statement statement, int rows) throws SQLException {
    ResultSet result = statement.executeQuery("SELECT v FROM t");
    for (int i = 0; i < rows; i++) {
      assertThat(result.next()).isTrue();
      assertThat(result.getInt("V")).isEqualTo(i);
    }
    return result;
  }
}
