package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Offsets within transactions: what they show, when others see it, how they come back. */
class TransactionIT extends TwoStoresFixture {
  private static final String SELECT = "SELECT v FROM t";

  private TestTopic topic;
  private Connection connection;

  @BeforeEach
  void createTable() throws SQLException {
    topic = kafka.newTopic("transaction", 1);
    topic.send(0, "a", "b", "c", "d", "e");
    table("t (v text)", topic, "k_seg_batch '2'");
    connection = sql.connection();
  }

  private void assertStored(String... inside) throws SQLException {
    assertThat(offsets(sql, "t")).containsExactly(inside);
  }

  private void assertCommitted(String... outside) throws SQLException {
    assertThat(offsets("t")).containsExactly(outside);
  }

  @Test
  void selectsOfATransactionGoOnWhereTheLastOneStopped() throws SQLException {
    connection.setAutoCommit(false);
    assertThat(sql.rows(SELECT)).containsExactly("a", "b");
    assertStored("0|2");
    assertThat(sql.rows(SELECT)).containsExactly("c", "d");
    assertStored("0|4");
    assertCommitted();

    connection.commit();

    assertCommitted("0|4");
    assertThat(sql.rows(SELECT)).containsExactly("e");
    connection.commit();
    assertCommitted("0|5");
  }

  @Test
  void rollbackUndoesTheMoves() throws SQLException {
    sql.rows(SELECT);
    connection.setAutoCommit(false);
    sql.rows(SELECT);
    sql.rows(SELECT);
    assertStored("0|5");

    connection.rollback();

    assertStored("0|2");
    assertThat(sql.rows(SELECT)).containsExactly("c", "d");
    connection.rollback();
    assertCommitted("0|2");
  }

  @Test
  void rollbackToASavepointUndoesWhatFollowedIt() throws SQLException {
    connection.setAutoCommit(false);
    sql.rows(SELECT);
    Savepoint unnamed = connection.setSavepoint();
    sql.rows(SELECT);
    Savepoint named = connection.setSavepoint("later");
    sql.rows(SELECT);
    assertStored("0|5");

    connection.rollback(named);
    assertStored("0|4");
    assertThat(sql.rows(SELECT)).containsExactly("e");
    connection.rollback(unnamed);
    assertStored("0|2");
    refused("3B001", () -> connection.rollback(named));

    assertThat(sql.rows(SELECT)).containsExactly("c", "d");
    connection.releaseSavepoint(unnamed);
    connection.commit();
    assertCommitted("0|4");
  }

  @Test
  void transactionsCanBeControlledBySql() throws SQLException {
    sql.update("BEGIN");
    sql.rows(SELECT);
    sql.update("SAVEPOINT s");
    sql.rows(SELECT);
    sql.update("ROLLBACK TO SAVEPOINT s");
    assertStored("0|2");
    assertCommitted();
    sql.update("COMMIT");
    assertCommitted("0|2");

    sql.update("START TRANSACTION");
    sql.rows(SELECT);
    sql.update("ROLLBACK");
    assertStored("0|2");

    sql.rows(SELECT);
    assertCommitted("0|4");
  }

  @Test
  void turningAutocommitOnCommits() throws SQLException {
    connection.setAutoCommit(false);
    sql.rows(SELECT);

    connection.setAutoCommit(true);

    assertCommitted("0|2");
  }

  @Test
  void closingTheConnectionRollsBack() throws SQLException {
    SqlClient other = connect();
    other.connection().setAutoCommit(false);
    other.rows(SELECT);

    other.close();

    assertCommitted();
  }

  @Test
  void aResultThatIsOpenAtCommitHasNotBeenConsumed() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(SELECT)) {
      assertThat(result.next()).isTrue();
      connection.commit();
      assertCommitted();
    }
    awaitIdle();
    assertThat(sql.rows(SELECT)).containsExactly("a", "b");
    connection.commit();
    assertCommitted("0|2");
  }

  @Test
  void aResultThatStandsOnItsLastRowAtCommitHasBeenConsumed() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(SELECT)) {
      assertThat(result.next() && result.next()).isTrue();
      connection.commit();
    }
    assertCommitted("0|2");
  }

  @Test
  void changesOfTheOffsetsTableTakePart() throws SQLException {
    connection.setAutoCommit(false);
    sql.rows(SELECT);
    sql.update("UPDATE kadb.offsets SET off = off + 1 WHERE ftoid = 't'::regclass::oid");
    assertStored("0|3");
    assertThat(sql.rows(SELECT)).containsExactly("d", "e");
    sql.update("DELETE FROM kadb.offsets WHERE ftoid = 't'::regclass::oid");
    assertStored();
    assertThat(sql.rows(SELECT)).containsExactly("a", "b");
    assertCommitted();

    connection.commit();

    assertCommitted("0|2");
  }

  @Test
  void definitionsTakePart() throws SQLException {
    connection.setAutoCommit(false);
    table("fresh (v text)", topic);
    assertThat(sql.rows("SELECT v FROM fresh")).hasSize(5);
    connection.rollback();
    refused("42P01", () -> sql.rows("SELECT v FROM fresh"));
    connection.rollback();

    table("fresh (v text)", topic);
    assertThat(sql.rows("SELECT v FROM fresh")).hasSize(5);
    connection.commit();
    assertThat(offsets("fresh")).containsExactly("0|5");
  }

  @Test
  void aStatementThatFailsLeavesTheTransactionUsable() throws SQLException {
    TestTopic broken = kafka.newTopic("transaction", 1);
    broken.send(0, "1", "x");
    table("b (v int)", broken);
    connection.setAutoCommit(false);
    sql.rows(SELECT);

    refused("22P02", () -> sql.rows("SELECT v FROM b"));
    refused("42601", () -> sql.rows("SELEC"));
    refused("42P01", () -> sql.rows("SELECT * FROM nowhere"));
    refused("23505", () -> sql.update("INSERT INTO kadb.offsets SELECT * FROM kadb.offsets"));
    assertStored("0|2");
    assertThat(sql.rows(SELECT)).containsExactly("c", "d");
    connection.commit();

    assertCommitted("0|4");
    assertThat(offsets("b")).isEmpty();
  }
}
