package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Offsets move when a plan ran to its end and its last row was handed out, and only then. */
class SuccessIT extends TwoStoresFixture {
  private TestTopic topic;

  @BeforeEach
  void createTable() throws SQLException {
    topic = kafka.newTopic("success", 2);
    topic.send(0, "1", "2", "3");
    topic.send(1, "4");
    table("t (v int)", topic);
  }

  private void assertNothingMoved() throws SQLException {
    awaitIdle();
    assertThat(offsets("t")).isEmpty();
    assertThat(sql.rows("SELECT v FROM t")).containsExactlyInAnyOrder("1", "2", "3", "4");
  }

  private void assertAllMoved() throws SQLException {
    awaitIdle();
    assertThat(offsets("t")).containsExactly("0|3", "1|1");
  }

  private static void next(ResultSet result, int rows) throws SQLException {
    for (int i = 0; i < rows; i++) {
      assertThat(result.next()).isTrue();
    }
  }

  @Test
  void movesWhenTheResultWasReadToItsEnd() throws SQLException {
    try (Statement statement = sql.connection().createStatement();
        ResultSet result = statement.executeQuery("SELECT v FROM t")) {
      next(result, 4);
      assertThat(offsets("t")).isEmpty();
      assertThat(result.next()).isFalse();
      assertAllMoved();
    }
    assertAllMoved();
  }

  @Test
  void movesWhenTheResultIsClosedOnItsLastRow() throws SQLException {
    try (Statement statement = sql.connection().createStatement()) {
      ResultSet result = statement.executeQuery("SELECT v FROM t");
      next(result, 4);
      result.close();
      assertAllMoved();
    }
  }

  @Test
  void movesWhenTheStatementIsClosedOnTheLastRow() throws SQLException {
    try (Statement statement = sql.connection().createStatement()) {
      next(statement.executeQuery("SELECT v FROM t"), 4);
    }
    assertAllMoved();
  }

  @Test
  void movesWhenTheConnectionIsClosedOnTheLastRow() throws SQLException {
    try (SqlClient other = connect()) {
      next(other.connection().createStatement().executeQuery("SELECT v FROM t"), 4);
    }
    assertAllMoved();
  }

  @Test
  void keepsOffsetsWhenTheConnectionIsClosedEarlier() throws SQLException {
    try (SqlClient other = connect()) {
      next(other.connection().createStatement().executeQuery("SELECT v FROM t"), 3);
    }
    assertNothingMoved();
  }

  @Test
  void movesWhenTheOneRowOfAnAggregateWasRead() throws SQLException {
    try (Statement statement = sql.connection().createStatement()) {
      ResultSet result = statement.executeQuery("SELECT count(*) FROM t");
      next(result, 1);
      assertThat(result.getLong(1)).isEqualTo(4);
    }
    assertAllMoved();
  }

  @Test
  void keepsOffsetsWhenTheResultIsClosedEarly() throws SQLException {
    try (Statement statement = sql.connection().createStatement()) {
      ResultSet result = statement.executeQuery("SELECT v FROM t");
      next(result, 3);
      result.close();
      assertNothingMoved();
    }
  }

  @Test
  void keepsOffsetsWhenNoRowWasRead() throws SQLException {
    try (Statement statement = sql.connection().createStatement()) {
      statement.executeQuery("SELECT count(*) FROM t").close();
    }
    assertNothingMoved();
  }

  @Test
  void keepsOffsetsWhenTheStatementIsRunAgainBeforeTheEnd() throws SQLException {
    try (Statement statement = sql.connection().createStatement()) {
      next(statement.executeQuery("SELECT v FROM t"), 2);
      next(statement.executeQuery("SELECT v FROM t"), 2);
      statement.execute("SELECT 1");
    }
    assertNothingMoved();
  }

  @Test
  void keepsOffsetsWhenMaxRowsCutRowsOff() throws SQLException {
    try (Statement statement = sql.connection().createStatement()) {
      statement.setMaxRows(3);
      try (ResultSet result = statement.executeQuery("SELECT v FROM t")) {
        next(result, 3);
        assertThat(result.next()).isFalse();
      }
    }
    assertNothingMoved();
  }

  @Test
  void movesWhenMaxRowsCutNothingOff() throws SQLException {
    try (Statement statement = sql.connection().createStatement()) {
      statement.setMaxRows(4);
      try (ResultSet result = statement.executeQuery("SELECT v FROM t")) {
        next(result, 4);
        assertThat(result.next()).isFalse();
      }
    }
    assertAllMoved();
  }

  @Test
  void keepsOffsetsWhenAFieldIsMalformed() throws SQLException {
    topic.send(1, "5", "six", "7");

    String error = refused("22P02", () -> sql.rows("SELECT v FROM t"));

    assertThat(error).contains(topic.name() + "[1]@2", "column v", "\"six\"");
    awaitIdle();
    assertThat(offsets("t")).isEmpty();
    assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("7");
    assertThat(offsets("t")).containsExactly("0|3", "1|4");
  }

  @Test
  void keepsOffsetsWhenAnExpressionFails() throws SQLException {
    refused("22012", () -> sql.rows("SELECT 1 / (v - 3) FROM t"));

    assertNothingMoved();
  }

  @Test
  void keepsOffsetsWhenTheErrorComesAfterTheFirstRows() throws SQLException {
    try (Statement statement = sql.connection().createStatement();
        ResultSet result =
            statement.executeQuery("SELECT 1 / (v - 3) FROM t WHERE _partition = 0")) {
      next(result, 2);
      refused("22012", result::next);
      assertThat(result.next()).isFalse();
    }
    assertNothingMoved();
  }

  @Test
  void consumesRowsThatWhereRemoves() throws SQLException {
    assertThat(sql.rows("SELECT v FROM t WHERE v = 2")).containsExactly("2");
    assertAllMoved();
  }

  @Test
  void consumesWhenWhereRemovesAllRows() throws SQLException {
    assertThat(sql.rows("SELECT v FROM t WHERE v > 100")).isEmpty();
    assertAllMoved();
  }

  @Test
  void explainAndMetadataConsumeNothing() throws SQLException {
    assertThat(sql.rows("EXPLAIN SELECT v FROM t")).isNotEmpty();
    assertThat(sql.rows("EXPLAIN PLAN FOR SELECT v FROM t")).isNotEmpty();
    try (PreparedStatement statement =
        sql.connection().prepareStatement("SELECT v FROM t WHERE v > ?")) {
      assertThat(statement.getMetaData().getColumnLabel(1)).isEqualTo("v");
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(1);
    }
    sql.connection().getMetaData().getTables(null, null, "%", null).close();

    assertNothingMoved();
  }

  @Test
  void explainAndMetadataWorkWithoutBrokers() throws SQLException {
    server("dead", NOBODY);
    sql.update("CREATE FOREIGN TABLE d (v int) SERVER dead OPTIONS (k_topic 'x')");

    assertThat(String.join("\n", sql.rows("EXPLAIN SELECT v FROM d"))).contains("d", "consume");
    try (PreparedStatement statement = sql.connection().prepareStatement("SELECT * FROM d")) {
      assertThat(statement.getMetaData().getColumnTypeName(1)).isEqualTo("integer");
    }
  }
}
