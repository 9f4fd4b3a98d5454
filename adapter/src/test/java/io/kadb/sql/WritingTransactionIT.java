package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that are written become visible all at once, or never. */
class WritingTransactionIT extends TableFixture {
  /** So long that a few of these are sent before their statement ends. */
  private static final String LONG = "x".repeat(400_000);

  private TestTopic topic;
  private SqlClient reader;

  @BeforeEach
  void createTable() throws SQLException {
    topic = kafka.newTopic("written", 1);
    table("t (id int, name text)", topic, "k_scan_mode 'snapshot'");
    table("f (id text, name text)", kafka.newTopic("from", 1));
    reader = connect();
  }

  private void sendToF(String... records) throws SQLException {
    TestTopic from = kafka.newTopic("from", 1);
    from.send(0, records);
    alter("f", "SET k_topic '" + from.name() + "'");
  }

  private java.util.List<String> seen() throws SQLException {
    return reader.rows("SELECT id FROM t ORDER BY id");
  }

  @Test
  void showsNothingBeforeCommit() throws SQLException {
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO t VALUES (1, 'a')");
    sql.update("INSERT INTO t VALUES (2, 'b')");

    assertThat(topic.endOffset(0)).isEqualTo(2);
    assertThat(seen()).isEmpty();
    sql.connection().commit();
    assertThat(seen()).containsExactly("1", "2");
  }

  @Test
  void takesAllBackByRollback() throws SQLException {
    sendToF("1,a", "2,b");
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO t SELECT id, name FROM f");
    sql.rows("SELECT kadb.produce_message('t', '3,c')");
    sql.connection().rollback();
    sql.update("INSERT INTO t VALUES (9, 'z')");
    sql.connection().commit();

    assertThat(seen()).containsExactly("9");
    assertThat(offsets("f")).isEmpty();
  }

  @Test
  void movesOffsetsWithTheMessagesOfATransaction() throws SQLException {
    sendToF("1,a", "2,b");
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO t SELECT id, name FROM f");
    assertThat(offsets("f")).isEmpty();
    sql.connection().commit();

    assertThat(seen()).containsExactly("1", "2");
    assertThat(offsets("f")).containsExactly("0|2");
  }

  @Test
  void takesMessagesBackIfAnotherSessionMovedTheOffsets() throws SQLException {
    sendToF("1,a", "2,b");
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO t SELECT id, name FROM f");
    reader.rows("SELECT * FROM f");

    refused("40001", () -> sql.connection().commit());

    assertThat(seen()).isEmpty();
  }

  @Test
  void writesNothingOfAStatementThatFailsHalfway() throws SQLException {
    sendToF("1," + LONG, "2," + LONG, "3," + LONG, "4," + LONG, "x,y");

    assertThat(refused("22P02", () -> sql.update("INSERT INTO t SELECT id, name FROM f")))
        .contains("row 5", "column id");

    assertThat(topic.endOffset(0)).as("messages were under way").isPositive();
    assertThat(seen()).isEmpty();
    assertThat(offsets("f")).isEmpty();
  }

  @Test
  void goesOnAfterASmallStatementThatFailed() throws SQLException {
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO t VALUES (1, 'a')");
    refused("22P02", () -> sql.update("INSERT INTO t VALUES ('2', 'b'), ('x', 'c')"));
    sql.update("INSERT INTO t VALUES (3, 'd')");
    sql.connection().commit();

    assertThat(seen()).containsExactly("1", "3");
  }

  @Test
  void goesOnAfterALargeStatementThatFailedAsTheFirst() throws SQLException {
    sendToF("1," + LONG, "2," + LONG, "3," + LONG, "4," + LONG, "x,y");
    sql.connection().setAutoCommit(false);
    refused("22P02", () -> sql.update("INSERT INTO t SELECT id, name FROM f"));
    sql.update("INSERT INTO t VALUES (3, 'd')");
    sql.connection().commit();

    assertThat(seen()).containsExactly("3");
    assertThat(offsets("f")).isEmpty();
  }

  @Test
  void failsTheTransactionWhereALargeStatementCannotBeTakenBackAlone() throws SQLException {
    sendToF("1," + LONG, "2," + LONG, "3," + LONG, "4," + LONG, "x,y");
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO t VALUES (1, 'a')");
    refused("22P02", () -> sql.update("INSERT INTO t SELECT id, name FROM f"));
    refused("25P02", () -> sql.update("INSERT INTO t VALUES (3, 'd')"));
    refused("25P02", () -> sql.connection().commit());
    sql.update("INSERT INTO t VALUES (5, 'e')");
    sql.connection().commit();

    assertThat(seen()).containsExactly("5");
  }

  @Test
  void goesBackToASavepointBeforeTheFirstMessage() throws SQLException {
    sql.connection().setAutoCommit(false);
    Savepoint before = sql.connection().setSavepoint();
    sql.update("INSERT INTO t VALUES (1, 'a')");
    sql.connection().rollback(before);
    sql.update("INSERT INTO t VALUES (2, 'b')");
    sql.connection().commit();

    assertThat(seen()).containsExactly("2");
  }

  @Test
  void refusesToTakeBackOnlyTheMessagesAfterASavepoint() throws SQLException {
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO t VALUES (1, 'a')");
    Savepoint between = sql.connection().setSavepoint();
    sql.connection().rollback(between);
    sql.update("INSERT INTO t VALUES (2, 'b')");

    assertThat(refused("0A000", () -> sql.connection().rollback(between)))
        .contains("savepoint", "ROLLBACK takes all back");
    sql.connection().commit();
    assertThat(seen()).containsExactly("1", "2");
  }

  @Test
  void takesBackWhatAClosedConnectionLeft() throws SQLException {
    SqlClient left = connect();
    left.connection().setAutoCommit(false);
    left.update("INSERT INTO t VALUES (1, 'a')");
    left.connection().close();
    sql.update("INSERT INTO t VALUES (2, 'b')");

    assertThat(seen()).containsExactly("2");
  }

  @Test
  void writesNothingOfAResultThatIsClosedEarly() throws SQLException {
    sendToF("1,a", "2,b", "3,c");
    try (Statement statement = sql.connection().createStatement()) {
      var result =
          statement.executeQuery("SELECT kadb.produce_message('t', id || ',' || name) FROM f");
      result.next();
      result.close();
    }

    assertThat(seen()).isEmpty();
    assertThat(offsets("f")).isEmpty();
  }

  @Test
  void endsSoonWhenCancelled() throws Throwable {
    sendToF("1," + LONG, "2," + LONG, "3," + LONG, "4," + LONG);
    alter("f", "ADD k_stop_at_end 'false'");
    try (Statement statement = sql.connection().createStatement()) {
      Future<String> failure =
          inBackground(
              () ->
                  refused(
                      "57014",
                      () -> statement.executeUpdate("INSERT INTO t SELECT id, name FROM f")));
      await(() -> topic.endOffset(0) > 0, "nothing was written");
      Duration taken =
          time(
              () -> {
                statement.cancel();
                soon(failure);
              });
      assertThat(taken).isLessThan(Duration.ofSeconds(3));
    }
    assertThat(seen()).isEmpty();
    assertThat(offsets("f")).isEmpty();
  }
}
