package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who wins when several read the same partition: of two one, and the other knows. */
class CompetingReadersIT extends TwoStoresFixture {
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

  private void assertCommitted(String... outside) throws SQLException {
    assertThat(offsets("t")).containsExactly(outside);
  }

  @Test
  void ofTwoReadersOfAPartitionOneWins() throws SQLException {
    assertOneWins("a", "b");
    // Now there is a stored offset to move.
    assertOneWins("c", "d");
  }

  private void assertOneWins(String... batch) throws SQLException {
    SqlClient other = connect();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(SELECT)) {
      assertThat(result.next() && result.next()).isTrue();
      assertThat(other.rows(SELECT)).containsExactly(batch);

      String error = refused("40001", result::next);

      assertThat(error).contains("partition 0");
    }
    awaitIdle();
    assertCommitted(batch[0].equals("a") ? "0|2" : "0|4");
  }

  @Test
  void theLoserOfTwoTransactionsLearnsItAtCommit() throws SQLException {
    sql.rows("SELECT v FROM t LIMIT 1");
    TestTopic second = kafka.newTopic("transaction", 1);
    second.send(0, "x");
    table("u (v text)", second);
    SqlClient other = connect();
    other.connection().setAutoCommit(false);
    other.rows("SELECT v FROM u");
    other.rows(SELECT);
    sql.rows(SELECT);

    refused("40001", () -> other.connection().commit());

    assertCommitted("0|3");
    assertThat(offsets("u")).isEmpty();
    assertThat(other.rows(SELECT)).containsExactly("d", "e");
    other.connection().commit();
    assertCommitted("0|5");
  }

  @Test
  void competingReadersGetEachMessageOnce() throws Exception {
    for (int i = 0; i < 25; i++) {
      topic.send(0, "m" + i);
    }
    List<Future<List<String>>> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SqlClient reader = connect();
      readers.add(inBackground(() -> readToEnd(reader)));
    }
    List<String> all = new ArrayList<>();
    for (Future<List<String>> reader : readers) {
      all.addAll(soon(reader));
    }

    assertThat(all).hasSize(30).doesNotHaveDuplicates();
    assertCommitted("0|30");
  }

  /** Reads until nothing is left; what it had read when another one was first does not count. */
  private static List<String> readToEnd(SqlClient reader) throws SQLException {
    List<String> read = new ArrayList<>();
    while (true) {
      try {
        List<String> batch = reader.rows(SELECT);
        read.addAll(batch);
        if (batch.isEmpty()) {
          return read;
        }
      } catch (SQLException e) {
        assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("40001");
      }
    }
  }

  @Test
  void readersOfDifferentTablesDoNotDisturbEachOther() throws SQLException {
    table("u (v text)", topic);
    SqlClient other = connect();
    connection.setAutoCommit(false);
    other.connection().setAutoCommit(false);
    sql.rows(SELECT);
    assertThat(other.rows("SELECT v FROM u")).hasSize(5);
    connection.commit();
    other.connection().commit();

    assertCommitted("0|2");
    assertThat(offsets("u")).containsExactly("0|5");
  }

  @Test
  void oneConnectionConsumesATableOnceAtATime() throws SQLException {
    try (Statement one = connection.createStatement();
        Statement two = connection.createStatement();
        ResultSet first = one.executeQuery(SELECT)) {
      assertThat(first.next()).isTrue();
      assertThat(refused("55006", () -> two.executeQuery(SELECT))).contains("public.t");

      sql.update("SET kadb.scan_mode = 'peek'");
      assertThat(sql.rows(SELECT)).containsExactly("a", "b");
      sql.update("SET kadb.scan_mode = 'snapshot'");
      assertThat(sql.rows(SELECT)).hasSize(5);
      sql.update("RESET kadb.scan_mode");
      assertThat(first.next()).isTrue();
      assertThat(first.next()).isFalse();
    }
    assertCommitted("0|2");
    assertThat(sql.rows(SELECT)).containsExactly("c", "d");
  }

  @Test
  void anEarlyCloseLetsTheNextOneConsume() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      ResultSet first = statement.executeQuery(SELECT);
      assertThat(first.next()).isTrue();
      first.close();

      assertThat(sql.rows(SELECT)).containsExactly("a", "b");
    }
    assertCommitted("0|2");
  }
}
