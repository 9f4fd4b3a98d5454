package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offsets move for Avatica's own driver when it calls again after the last frame, not before. */
class StockEndingsIT extends KafkaServerFixture {
  private static List<Integer> read(ResultSet rows) throws SQLException {
    List<Integer> values = new ArrayList<>();
    while (rows.next()) {
      values.add(rows.getInt(1));
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void moveWithTheNextCallAfterTheLastFrame(String form) throws SQLException {
    numbers(250);
    try (Connection connection = stock(form);
        Statement statement = connection.createStatement()) {
      assertThat(read(statement.executeQuery("SELECT v FROM t"))).hasSize(250);
      assertThat(stored()).isEmpty();
      connection.createStatement().close();
      assertThat(stored()).isEqualTo("250");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void moveWithClosingTheStatementOrTheConnection(String form) throws SQLException {
    numbers(10, "k_seg_batch '4'");
    try (Connection connection = stock(form)) {
      try (Statement statement = connection.createStatement()) {
        assertThat(read(statement.executeQuery("SELECT v FROM t"))).hasSize(4);
      }
      assertThat(stored()).isEqualTo("4");
      Statement statement = connection.createStatement();
      assertThat(read(statement.executeQuery("SELECT v FROM t"))).hasSize(4);
    }
    assertThat(stored()).isEqualTo("8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void moveWithEachRunOfAPreparedStatement(String form) throws SQLException {
    numbers(10, "k_seg_batch '4'");
    try (Connection connection = stock(form);
        PreparedStatement statement = connection.prepareStatement("SELECT v FROM t")) {
      assertThat(read(statement.executeQuery())).containsExactly(0, 1, 2, 3);
      assertThat(read(statement.executeQuery())).containsExactly(4, 5, 6, 7);
      assertThat(read(statement.executeQuery())).containsExactly(8, 9);
      assertThat(stored()).isEqualTo("8");
    }
    assertThat(stored()).isEqualTo("10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void moveWithTheTransaction(String form) throws SQLException {
    numbers(10, "k_seg_batch '4'");
    try (Connection connection = stock(form)) {
      connection.setAutoCommit(false);
      Statement statement = connection.createStatement();
      assertThat(read(statement.executeQuery("SELECT v FROM t"))).hasSize(4);
      connection.rollback();
      assertThat(stored()).isEmpty();
      assertThat(read(statement.executeQuery("SELECT v FROM t"))).containsExactly(0, 1, 2, 3);
      connection.commit();
      assertThat(stored()).isEqualTo("4");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void doNotMoveWhenTheResultIsClosedBeforeItsLastFrame(String form) throws SQLException {
    numbers(250);
    try (Connection connection = stock(form)) {
      Statement statement = connection.createStatement();
      statement.setFetchSize(100);
      PreparedStatement prepared = connection.prepareStatement("SELECT v FROM t");
      prepared.setFetchSize(100);
      assertThat(prepared.executeQuery().next()).isTrue();
      prepared.close();
      connection.createStatement().close();
      assertThat(stored()).isEmpty();
      connection.setAutoCommit(false);
      PreparedStatement second = connection.prepareStatement("SELECT v FROM t");
      second.setFetchSize(100);
      ResultSet rows = second.executeQuery();
      assertThat(rows.next()).isTrue();
      connection.commit();
      assertThat(stored()).isEmpty();
      assertThatThrownBy(() -> read(rows)).isInstanceOf(Exception.class);
    }
    assertThat(stored()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void saysWithTheNextCallThatAnotherSessionMovedThem(String form) throws SQLException {
    numbers(10);
    try (Connection connection = stock(form)) {
      Statement statement = connection.createStatement();
      assertThat(read(statement.executeQuery("SELECT v FROM t"))).hasSize(10);
      moveOffset(3);
      assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
      assertThat(read(statement.executeQuery("SELECT 1"))).containsExactly(1);
      assertThat(stored()).isEqualTo("3");
    }
  }
}
