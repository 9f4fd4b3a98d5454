package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may happen to a table, and to its transaction, while a result that consumes it is open. */
class DroppedWhileOpenIT extends TwoStoresFixture {
  private Statement statement;

  @BeforeEach
  void createTable() throws SQLException {
    TestTopic topic = kafka.newTopic("dropped", 1);
    topic.send(0, "a", "b", "c", "d");
    sql.update("DROP SCHEMA IF EXISTS dropped CASCADE");
    sql.update("CREATE SCHEMA dropped");
    table("dropped.t (v text)", topic, "k_seg_batch '2'");
    statement = sql.connection().createStatement();
  }

  private ResultSet opened() throws SQLException {
    ResultSet result = statement.executeQuery("SELECT v FROM dropped.t");
    assertThat(result.next()).isTrue();
    return result;
  }

  private static void drain(ResultSet result) throws SQLException {
    while (result.next()) {
      assertThat(result.getString(1)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP FOREIGN TABLE dropped.t",
        "DROP SERVER k CASCADE",
        "DROP SCHEMA dropped CASCADE"
      })
  void aTableThatIsBeingConsumedIsNotDropped(String drop) throws SQLException {
    for (boolean autoCommit : new boolean[] {true, false}) {
      sql.connection().setAutoCommit(autoCommit);
      ResultSet open = opened();

      assertThat(refused("55006", () -> sql.update(drop))).contains("dropped.t");

      drain(open);
    }
    sql.connection().commit();
    assertThat(offsets("dropped.t")).containsExactly("0|4");
    sql.update(drop);
    sql.connection().commit();
    assertThat(connect().value("SELECT count(*) FROM kadb.foreign_tables WHERE table_name = 't'"))
        .isEqualTo("0");
  }

  @Test
  void aTableThatIsOnlyLookedAtCanBeDropped() throws SQLException {
    sql.update("SET kadb.scan_mode = 'snapshot'");
    ResultSet open = opened();

    sql.update("DROP FOREIGN TABLE dropped.t");

    drain(open);
    assertThat(
            sql.value(
                "SELECT count(*) FROM kadb.offsets o JOIN kadb.foreign_tables f"
                    + " ON o.ftoid = f.ftoid WHERE f.table_name = 't'"))
        .isEqualTo("0");
  }

  @Test
  void aCommitThatFailsBecauseOfAnOpenResultRollsBackEverything() throws SQLException {
    TestTopic second = kafka.newTopic("dropped", 1);
    second.send(0, "x");
    table("dropped.u (v text)", second);
    storeOffset("dropped.t", 0, 0);
    sql.connection().setAutoCommit(false);
    assertThat(sql.rows("SELECT v FROM dropped.u")).containsExactly("x");
    ResultSet open = opened();
    assertThat(open.next()).isTrue();
    sql.update(
        "UPDATE kadb.offsets SET off = 1 WHERE ftoid = 'dropped.t'::regclass::oid AND prt = 0");

    refused("40001", () -> sql.connection().commit());
    sql.connection().commit();

    assertThat(offsets("dropped.t")).containsExactly("0|0");
    assertThat(offsets("dropped.u")).isEmpty();
    assertThat(sql.rows("SELECT v FROM dropped.t")).containsExactly("a", "b");
    sql.connection().commit();
    assertThat(offsets("dropped.t")).containsExactly("0|2");
  }
}
