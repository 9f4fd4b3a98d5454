package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a LIMIT moves offsets. */
class LimitIT extends TableFixture {
  private TestTopic topic;

  @BeforeEach
  void createTable() throws SQLException {
    topic = kafka.newTopic("limit", 1);
    topic.send(0, "1", "2", "3", "4", "5", "6");
    table("t (v int)", topic, "k_seg_batch '5'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT v FROM t LIMIT 1; 1",
        "SELECT v FROM t LIMIT 3; 3",
        "SELECT v FROM t LIMIT 5; 5",
        "SELECT v FROM t LIMIT 100; 5",
        "SELECT v FROM t LIMIT 2 OFFSET 1; 3",
        "SELECT v FROM t OFFSET 2; 5",
        "SELECT v FROM t OFFSET 100; 5",
        "SELECT v FROM t FETCH FIRST 2 ROWS ONLY; 2",
        "SELECT v FROM t WHERE v > 2 LIMIT 1; 3",
        "SELECT v + 1 FROM t WHERE v > 100 LIMIT 1; 5",
        "SELECT * FROM (SELECT v FROM t LIMIT 2) WHERE v > 100; 2",
        "SELECT v FROM t ORDER BY v DESC LIMIT 1; 5",
        "SELECT count(*) FROM t LIMIT 1; 5",
        "SELECT DISTINCT v FROM t LIMIT 2; 5",
        "SELECT v FROM t LIMIT 0; ''",
      })
  void movesExactlyPastTheMessagesThatWereTaken(String query, String moved) throws SQLException {
    sql.rows(query);

    awaitIdle();
    assertThat(String.join(",", offsets("t"))).isEqualTo(moved.isEmpty() ? "" : "0|" + moved);
  }

  @Test
  void losesNothingBetweenStatements() throws SQLException {
    assertThat(sql.rows("SELECT v FROM t LIMIT 2")).containsExactly("1", "2");
    assertThat(sql.rows("SELECT v FROM t LIMIT 2")).containsExactly("3", "4");
    assertThat(sql.rows("SELECT v FROM t")).containsExactly("5", "6");
  }

  @Test
  void takesParameters() throws SQLException {
    assertThat(sql.rows("SELECT v FROM t LIMIT ?", 2)).containsExactly("1", "2");
    assertThat(offsets("t")).containsExactly("0|2");
    assertThat(sql.rows("SELECT v FROM t LIMIT ? OFFSET ?", 1L, 1)).containsExactly("4");
    assertThat(offsets("t")).containsExactly("0|4");
    assertThat(sql.rows("SELECT v FROM t LIMIT ?", 0)).isEmpty();
    assertThat(offsets("t")).containsExactly("0|4");
    refused("22023", () -> sql.rows("SELECT v FROM t LIMIT ?", -1));
    refused("22023", () -> sql.rows("SELECT v FROM t OFFSET ?", -1));
    assertThat(offsets("t")).containsExactly("0|4");
    assertThat(sql.rows("SELECT v FROM t LIMIT ?", new Object[] {null})).containsExactly("5", "6");
  }

  @Test
  void movesPastTheWholeBatchWhenTheOptionSaysSo() throws SQLException {
    alter("t", "ADD k_limit_offsets 'batch'");

    assertThat(sql.rows("SELECT v FROM t LIMIT 2")).containsExactly("1", "2");
    awaitIdle();
    assertThat(offsets("t")).containsExactly("0|5");
    assertThat(sql.rows("SELECT v FROM t LIMIT 2")).containsExactly("6");
    assertThat(offsets("t")).containsExactly("0|6");
  }

  @Test
  void aMalformedMessageBehindTheLimitDoesNotMatter() throws SQLException {
    TestTopic broken = kafka.newTopic("limit", 1);
    broken.send(0, "1", "2", "3\nthree");
    table("b (v int)", broken);

    for (int i = 0; i < 20; i++) {
      assertThat(sql.rows("SELECT v FROM b LIMIT 2")).containsExactly("1", "2");
      moveOffsets("b", 0);
    }
    assertThat(sql.rows("SELECT v FROM b LIMIT 2")).containsExactly("1", "2");
    assertThat(offsets("b")).containsExactly("0|2");
    assertThat(refused("22P02", () -> sql.rows("SELECT v FROM b LIMIT 1"))).contains("[0]@2");
    assertThat(offsets("b")).containsExactly("0|2");
  }

  @Test
  void consumesAMessageOfSeveralRowsAsAWhole() throws SQLException {
    TestTopic several = kafka.newTopic("limit", 1);
    several.send(0, "1\n2\n3", "4");
    table("s (v int)", several);

    assertThat(sql.rows("SELECT v FROM s LIMIT 2")).containsExactly("1", "2");
    assertThat(offsets("s")).containsExactly("0|1");
    assertThat(sql.rows("SELECT v FROM s")).containsExactly("4");
  }

  @Test
  void writesPartitionsThatItDidNotReachWithTheirStart() throws SQLException {
    TestTopic two = kafka.newTopic("limit", 2);
    two.send(0, "1", "2");
    two.send(1, "3", "4");
    table("w (v int)", two, "k_segments '2'");

    String partition = sql.value("SELECT _partition FROM w LIMIT 1");

    assertThat(offsets("w"))
        .containsExactlyInAnyOrder(partition + "|1", (partition.equals("0") ? 1 : 0) + "|0");
    assertThat(sql.rows("SELECT v FROM w")).hasSize(3);
  }

  @Test
  void limitZeroAsksNobody() throws SQLException {
    server("dead", NOBODY);
    sql.update("CREATE FOREIGN TABLE d (v int) SERVER dead OPTIONS (k_topic 'x')");

    assertThat(sql.rows("SELECT v FROM d LIMIT 0")).isEmpty();
    assertThat(sql.rows("SELECT v FROM d LIMIT 0 OFFSET 4")).isEmpty();
    assertThat(sql.rows("SELECT v FROM d LIMIT ?", 0)).isEmpty();
    assertThat(sql.rows("SELECT v FROM d FETCH FIRST 0 ROWS ONLY")).isEmpty();
    sql.update("ALTER FOREIGN TABLE d OPTIONS (ADD k_limit_offsets 'batch')");
    assertThat(sql.rows("SELECT v FROM d LIMIT ?", 0)).isEmpty();
    assertThat(offsets("d")).isEmpty();
  }

  @Test
  void conditionsOnParametersAloneRemoveRowsThatAreConsumed() throws SQLException {
    assertThat(sql.rows("SELECT v FROM t WHERE ? = 1", 0)).isEmpty();
    assertThat(offsets("t")).containsExactly("0|5");
    assertThat(sql.rows("SELECT v FROM t WHERE 1 = 0")).isEmpty();
    assertThat(offsets("t")).containsExactly("0|5");
    assertThat(sql.rows("SELECT v FROM t WHERE ? = 1", 1)).containsExactly("6");
  }

  @Test
  void endsBeforeItsTimeWhenTheLimitIsReached() throws Throwable {
    alter("t", "ADD k_stop_at_end 'false', ADD k_timeout_ms '60000', SET k_seg_batch '1000'");

    assertThat(time(() -> assertThat(sql.rows("SELECT v FROM t LIMIT 6")).hasSize(6)))
        .isLessThan(Duration.ofSeconds(10));
    assertThat(offsets("t")).containsExactly("0|6");
  }
}
