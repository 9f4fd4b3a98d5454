package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However often a statement refers to a table, it sees the same messages, and moves once. */
class OneBatchIT extends TableFixture {
  @BeforeEach
  void createTable() throws SQLException {
    TestTopic topic = kafka.newTopic("batch", 1);
    topic.send(0, "1,a", "2,b", "3,c", "4,d", "5,e", "6,f");
    table("t (id int, name text)", topic, "k_seg_batch '4'");
  }

  /** In the first batch there are the messages 1 to 4, in a snapshot 1 to 6. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT count(*), min(a.id), max(b.id) FROM t a JOIN t b ON a.id = b.id; 4|1|4; 6|1|6",
        "SELECT count(*), min(b.name), max(b._offset) FROM t a JOIN t b ON a.id = b.id;"
            + " 4|a|3; 6|a|5",
        "SELECT count(*), min(a.id), max(b.id) FROM t a JOIN t b ON a.id < b.id; 6|1|4; 15|1|6",
        "SELECT count(*), min(a.name), max(b.id) FROM t a JOIN t b ON a.id <> b.id"
            + "; 12|a|4; 30|a|6",
        "SELECT count(*), count(b.id) FROM t a LEFT JOIN t b ON a.id + 1 = b.id; 4|3; 6|5",
        "SELECT count(*), count(a.id) FROM t a FULL JOIN t b ON a.id + 2 = b.id; 6|4; 8|6",
        "SELECT count(*), count(DISTINCT id) FROM (SELECT id FROM t UNION ALL SELECT id FROM t)"
            + "; 8|4; 12|6",
        "SELECT count(*) FROM (SELECT id FROM t UNION SELECT id FROM t); 4; 6",
        "SELECT count(*) FROM (SELECT id FROM t EXCEPT SELECT id FROM t WHERE id > 2); 2; 2",
        "SELECT count(*) FROM (SELECT id, (SELECT max(id) FROM t) AS m FROM t) WHERE m = 4; 4; 0",
        "SELECT count(*) FROM t WHERE id IN (SELECT id - 1 FROM t); 3; 5",
        "SELECT count(*) FROM t a WHERE NOT EXISTS (SELECT 1 FROM t b WHERE b.id > a.id); 1; 1",
        "WITH w AS (SELECT id, name FROM t) SELECT count(*) FROM w x, w y, w z; 64; 216",
      })
  void seesTheSameMessagesEverywhere(String query, String inFirstBatch, String inSnapshot)
      throws SQLException {
    assertThat(sql.value(query)).isEqualTo(inFirstBatch);
    awaitIdle();
    assertThat(offsets("t")).containsExactly("0|4");

    sql.update("SET kadb.scan_mode = 'snapshot'");
    assertThat(sql.value(query)).isEqualTo(inSnapshot);
    assertThat(offsets("t")).containsExactly("0|4");
  }

  @Test
  void goesOnAfterTheBatch() throws SQLException {
    sql.rows("SELECT a.id FROM t a JOIN t b ON a.id < b.id");

    assertThat(sql.rows("SELECT a.name, b.id FROM t a JOIN t b ON a.id = b.id"))
        .containsExactlyInAnyOrder("e|5", "f|6");
    assertThat(offsets("t")).containsExactly("0|6");
  }

  @Test
  void waitsForMessagesOnce() throws Throwable {
    alter("t", "SET k_seg_batch '100', ADD k_stop_at_end 'false', ADD k_timeout_ms '1000'");
    try (PreparedStatement statement =
        sql.connection().prepareStatement("SELECT count(*) FROM t a, t b, t c WHERE a.id < b.id")) {
      Duration taken =
          time(
              () -> {
                ResultSet result = statement.executeQuery();
                assertThat(result.next()).isTrue();
                assertThat(result.getInt(1)).isEqualTo(15 * 6);
                assertThat(result.next()).isFalse();
              });
      assertThat(taken).isBetween(Duration.ofMillis(990), Duration.ofMillis(1900));
    }
  }

  @Test
  void readsEachSidesPartitionsAndMovesTheirUnion() throws SQLException {
    TestTopic three = kafka.newTopic("batch", 3);
    three.send(0, "1", "2");
    three.send(1, "1", "3");
    three.send(2, "1", "4");
    table("p (id int)", three);

    assertThat(
            sql.rows(
                "SELECT a.id, a._partition, b._partition FROM p a JOIN p b ON a.id = b.id"
                    + " WHERE a._partition = 0 AND b._partition = 2"))
        .containsExactly("1|0|2");
    assertThat(offsets("p")).containsExactly("0|2", "2|2");

    assertThat(
            sql.rows(
                "SELECT id, _partition FROM p WHERE _partition = 1 UNION ALL"
                    + " SELECT id, _partition FROM p WHERE _partition IN (1, 2)"))
        .containsExactlyInAnyOrder("1|1", "3|1", "1|1", "3|1");
    assertThat(offsets("p")).containsExactly("0|2", "1|2", "2|2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT a.id FROM p a JOIN p b ON a.id = b.id WHERE a._partition = 0 AND b._partition = 1",
        "SELECT a.id FROM p a JOIN p b ON a.id < b.id WHERE a._partition = 0 AND b._partition = 1",
        "SELECT a.id FROM p a JOIN p b ON a.id > b.id WHERE a._partition = 1 AND b._partition = 0",
        "SELECT id FROM p WHERE _partition = 1 AND id IN (SELECT id FROM p WHERE _partition = 0)",
      })
  void consumesOneSideAlthoughTheOtherIsEmpty(String query) throws SQLException {
    TestTopic two = kafka.newTopic("batch", 2);
    two.send(1, "1", "2");
    table("p (id int)", two);

    assertThat(sql.rows(query)).isEmpty();

    assertThat(offsets("p")).containsExactly("0|0", "1|2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT t.id FROM t JOIN none ON t.id = none.id",
        "SELECT t.id FROM none JOIN t ON t.id = none.id",
        "SELECT t.id FROM t JOIN none ON t.id < none.id",
        "SELECT t.id FROM none JOIN t ON t.id < none.id",
        "SELECT none.id FROM none LEFT JOIN t ON t.id < none.id",
        "SELECT none.id FROM none LEFT JOIN t ON t.id = none.id",
        "SELECT t.id FROM t WHERE id IN (SELECT id FROM none)",
        "SELECT none.id FROM none WHERE id NOT IN (SELECT id FROM t)",
        "SELECT id FROM none WHERE EXISTS (SELECT 1 FROM t WHERE t.id > none.id)",
        "SELECT a.id FROM (SELECT id FROM t ORDER BY id) a JOIN (SELECT id FROM none ORDER BY id) b"
            + " ON a.id = b.id",
        "SELECT id FROM t INTERSECT SELECT id FROM none",
        "SELECT id FROM none EXCEPT SELECT id FROM t",
      })
  void consumesATableAlthoughTheOtherIsEmpty(String query) throws SQLException {
    table("none (id int)", kafka.newTopic("batch", 1));

    assertThat(sql.rows(query)).isEmpty();

    awaitIdle();
    assertThat(offsets("t")).containsExactly("0|4");
    assertThat(offsets("none")).containsExactly("0|0");
  }

  @Test
  void movesNeitherTableWhenTheOtherFails() throws SQLException {
    TestTopic broken = kafka.newTopic("batch", 1);
    broken.send(0, "1", "x");
    table("b (id int)", broken);

    refused("22P02", () -> sql.rows("SELECT t.id FROM t JOIN b ON t.id = b.id"));
    refused("22P02", () -> sql.rows("SELECT id FROM t UNION ALL SELECT id FROM b"));

    awaitIdle();
    assertThat(offsets("t")).isEmpty();
    assertThat(offsets("b")).isEmpty();
  }
}
