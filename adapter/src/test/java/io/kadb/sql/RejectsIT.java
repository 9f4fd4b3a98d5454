package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Messages that cannot be turned into rows, with {@code k_on_error=reject}. */
class RejectsIT extends TwoStoresFixture {
  private static final String REJECT = "k_on_error 'reject'";

  private TestTopic topic(String... values) {
    TestTopic topic = kafka.newTopic("rejects", 1);
    topic.send(0, values);
    return topic;
  }

  private List<String> rejects(SqlClient client) throws SQLException {
    return client.rows(
        "SELECT off, column_name, sqlstate FROM kadb.rejects WHERE ftoid ="
            + " 't'::regclass::oid ORDER BY off");
  }

  @Test
  void keepsTheWholeMessageWithItsPositionAndTheReason() throws SQLException {
    TestTopic topic = topic("1,a");
    topic.send(
        List.of(
            new ProducerRecord<>(
                topic.name(), 0, 1_700_000_000_123L, new byte[] {0, -1}, "x,b".getBytes())));
    topic.send(0, "3,c");
    table("t (id int, name text)", topic, REJECT);

    assertThat(sql.rows("SELECT * FROM t")).containsExactly("1|a", "3|c");

    assertThat(sql.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith("01000 public.t: 1 message could not be turned into rows and went")
                    .contains(topic.name() + "[0]@1", "column id", "\"x\""));
    assertThat(offsets("t")).containsExactly("0|3");
    String row =
        sql.value(
            "SELECT topic, prt, off, message_timestamp, message_key, message_value, column_name,"
                + " sqlstate, reason FROM kadb.rejects WHERE ftoid = 't'::regclass::oid");
    assertThat(row)
        .startsWith(
            topic.name()
                + "|0|1|2023-11-14 22:13:20.123|\\x00ff|\\x782c62|id|22P02|"
                + topic.name())
        .contains("[0]@1, column id: ");
    assertThat(
            sql.value(
                "SELECT count(*) FROM kadb.rejects WHERE reject_id > 0 AND rejected_at BETWEEN"
                    + " CURRENT_TIMESTAMP - INTERVAL '1' MINUTE AND CURRENT_TIMESTAMP AND ftoid ="
                    + " 't'::regclass::oid"))
        .isEqualTo("1");
  }

  @Test
  void givesNoRowOfAMessageWhoseLaterRowIsWrong() throws SQLException {
    table("t (id int, name text NOT NULL)", topic("1,a\n2,b\nx,c", "4,d\n5,", "6,f"), REJECT);

    assertThat(sql.rows("SELECT * FROM t")).containsExactly("6|f");

    assertThat(rejects(sql)).containsExactly("0|id|22P02", "1|name|23502");
  }

  @Test
  void rejectsTheSameMessagesWhateverColumnsAreUsed() throws SQLException {
    table("t (id int, amount int)", topic("1,1", "x,2", "3,x", "4,4"), REJECT);

    assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("2");
    assertThat(rejects(sql)).containsExactly("1|id|22P02", "2|amount|22P02");
  }

  @Test
  void seesEachRejectOnceInAStatementThatReadsTheTableTwice() throws SQLException {
    table("t (id int, amount int)", topic("1,1", "x,2", "3,x", "4,4"), REJECT);

    assertThat(sql.rows("SELECT a.id, b.amount FROM t a JOIN t b ON a.id = b.amount ORDER BY 1"))
        .containsExactly("1|1", "4|4");
    assertThat(sql.warnings()).filteredOn(w -> w.contains("2 messages")).hasSize(1);
    assertThat(rejects(sql)).containsExactly("1|id|22P02", "2|amount|22P02");
  }

  @Test
  void leavesNoTraceOfUnusedColumnsInTheRows() throws SQLException {
    table(
        "t (id int, name text, rest int DEFAULT 1 + 1)", topic("1,a,1\n1,a,2", "2,b", "x"), REJECT);
    sql.update("SET kadb.scan_mode = 'peek'");

    assertThat(sql.rows("SELECT DISTINCT id, name FROM t ORDER BY 1"))
        .containsExactly("1|a", "2|b");
    assertThat(sql.rows("SELECT id FROM t GROUP BY id ORDER BY 1")).containsExactly("1", "2");
    assertThat(sql.rows("SELECT id FROM t INTERSECT SELECT id FROM t ORDER BY 1"))
        .containsExactly("1", "2");
    assertThat(sql.rows("SELECT rest FROM t WHERE id = 2")).containsExactly("2");
  }

  @Test
  void rejectsOnlyWhatALimitPassedOfATableThatIsReadTwice() throws SQLException {
    table("t (id int)", topic("1", "x", "3"), REJECT);

    assertThat(sql.rows("SELECT id FROM t UNION ALL SELECT id FROM t LIMIT 1"))
        .containsExactly("1");
    assertThat(offsets("t")).containsExactly("0|1");
    assertThat(rejects(sql)).isEmpty();
    assertThat(sql.rows("SELECT id FROM t")).containsExactly("3");
    assertThat(rejects(sql)).containsExactly("1|id|22P02");
  }

  @Test
  void takesAShareOfAllMessagesThatWereRead() throws SQLException {
    TestTopic topic = kafka.newTopic("shares", 2);
    topic.send(0, "x", "1", "2");
    topic.send(1, "y", "3", "4");
    table("t (id int)", topic, REJECT, "k_reject_limit '34%'");
    String each = "SELECT id FROM t WHERE _partition = ";

    assertThat(sql.rows(each + "0 UNION ALL " + each + "1")).hasSize(4);
  }

  @Test
  void keepsAMessageWithATimeBeyondAnyDate() throws SQLException {
    String anyTime = Long.toString(Long.MAX_VALUE);
    TestTopic topic =
        kafka.newTopic("future", 1, Map.of("message.timestamp.after.max.ms", anyTime));
    topic.sendAt(0, 10_000_000_000_000_000L, "x");
    table("t (id int)", topic, REJECT);

    assertThat(sql.rows("SELECT * FROM t")).isEmpty();
    assertThat(
            sql.value(
                "SELECT off, message_timestamp FROM kadb.rejects WHERE ftoid = 't'::regclass::oid"))
        .isEqualTo("0|null");
  }

  @Test
  void areNotRemovedByARetryThatOnlyPeeks() throws SQLException {
    table("t (id int)", topic("x"), REJECT);
    sql.rows("SELECT * FROM t");
    sql.update("ALTER FOREIGN TABLE t ALTER COLUMN id TYPE text");
    sql.update("SET kadb.scan_mode = 'peek'");

    assertThat(sql.rows("SELECT * FROM kadb.retry_rejects('t')")).containsExactly("x");
    assertThat(rejects(sql)).hasSize(1);
  }

  @Test
  void failsTheStatementUnlessTold() throws SQLException {
    table("t (id int)", topic("1", "x"));

    refused("22P02", () -> sql.rows("SELECT * FROM t"));

    assertThat(rejects(sql)).isEmpty();
    assertThat(offsets("t")).isEmpty();
  }

  @Test
  void onlyCountsWhereNothingIsConsumed() throws SQLException {
    table("t (id int)", topic("1", "x"), REJECT);
    sql.update("SET kadb.scan_mode = 'snapshot'");

    assertThat(sql.rows("SELECT * FROM t")).containsExactly("1");

    assertThat(sql.warnings())
        .anySatisfy(w -> assertThat(w).contains("1 message could not").doesNotContain("went to"));
    assertThat(rejects(sql)).isEmpty();
  }

  @Test
  void writesRejectsAndOffsetsInOneTransaction() throws SQLException {
    table("t (id int)", topic("1", "x", "3"), REJECT);
    sql.connection().setAutoCommit(false);

    assertThat(sql.rows("SELECT * FROM t")).containsExactly("1", "3");
    assertThat(sql.rows("SELECT reject_id, off FROM kadb.rejects WHERE sqlstate = '22P02'"))
        .as("seen inside, without a number yet")
        .contains("null|1");
    assertThat(rejects(connect())).isEmpty();
    sql.connection().rollback();
    assertThat(rejects(sql)).isEmpty();

    sql.rows("SELECT * FROM t");
    sql.connection().commit();
    assertThat(rejects(connect())).containsExactly("1|null|22P02".replace("null", "id"));
    assertThat(offsets("t")).containsExactly("0|3");
  }

  @Test
  void writesNothingIfAnotherSessionMovedTheOffsets() throws SQLException {
    table("t (id int)", topic("1", "x", "3"), REJECT);
    sql.connection().setAutoCommit(false);
    sql.rows("SELECT * FROM t");
    connect().rows("SELECT * FROM t");

    refused("40001", () -> sql.connection().commit());

    assertThat(rejects(connect())).as("only the other session's").hasSize(1);
  }

  @Test
  void rejectsOnlyWhatALimitPassed() throws SQLException {
    table("t (id int)", topic("x", "1", "y", "2", "z"), REJECT);

    assertThat(sql.rows("SELECT * FROM t LIMIT 1")).containsExactly("1");
    assertThat(offsets("t")).containsExactly("0|2");
    assertThat(rejects(sql)).containsExactly("0|id|22P02");

    assertThat(sql.rows("SELECT * FROM t")).containsExactly("2");
    assertThat(rejects(sql)).extracting(r -> r.substring(0, 1)).containsExactly("0", "2", "4");
  }

  @Test
  void keepsNothingOfAResultThatIsClosedEarly() throws SQLException {
    table("t (id int)", topic("x", "1", "y", "2"), REJECT);

    try (Statement statement = sql.connection().createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM t")) {
      assertThat(result.next()).isTrue();
    }

    assertThat(rejects(sql)).isEmpty();
    assertThat(offsets("t")).isEmpty();
  }

  @Test
  void failsPastANumberOfRejects() throws SQLException {
    table("t (id int)", topic("x", "1", "y", "2"), REJECT, "k_reject_limit '1'");

    String error = refused("53400", () -> sql.rows("SELECT * FROM t"));

    assertThat(error).contains("rejected 2 messages, wanted at most 1", "@2", "k_reject_limit");
    assertThat(rejects(sql)).isEmpty();
    assertThat(offsets("t")).isEmpty();
    alter("t", "SET k_reject_limit '2'");
    assertThat(sql.rows("SELECT * FROM t")).containsExactly("1", "2");
  }

  @Test
  void failsPastAShareOfRejects() throws SQLException {
    table("t (id int)", topic("x", "1", "2", "3"), REJECT, "k_reject_limit '24%'");

    String error = refused("53400", () -> sql.rows("SELECT * FROM t"));

    assertThat(error).contains("rejected 1 of 4 messages, wanted at most 24%");
    assertThat(offsets("t")).isEmpty();
    alter("t", "SET k_reject_limit '25%'");
    assertThat(sql.rows("SELECT * FROM t")).containsExactly("1", "2", "3");
  }

  @Test
  void doesNotRejectWhatIsNotTheMessagesFault() throws SQLException {
    table("t (id int, extra int)", topic("a"), REJECT, "format 'text'");

    refused("HV004", () -> sql.rows("SELECT * FROM t"));
  }

  @Test
  void givesTheRowsOfRejectsOnceTheDefinitionIsRepairedAndForgetsThem() throws SQLException {
    TestTopic topic = kafka.newTopic("rejects", 1);
    topic.send(
        List.of(new ProducerRecord<>(topic.name(), 0, null, "k".getBytes(), "1.5,a".getBytes())));
    topic.send(0, "2,b", "x,c");
    table("t (id int, name text)", topic, REJECT);
    assertThat(sql.rows("SELECT * FROM t")).containsExactly("2|b");

    assertThat(sql.rows("SELECT * FROM kadb.retry_rejects('public.t')")).isEmpty();
    assertThat(sql.warnings())
        .anySatisfy(w -> assertThat(w).contains("2 of 2 rejected messages still cannot", "@0"));
    assertThat(rejects(sql)).hasSize(2);

    sql.update("ALTER FOREIGN TABLE t ALTER COLUMN id TYPE numeric");
    assertThat(sql.rows("SELECT name, id FROM TABLE(kadb.retry_rejects('t')) WHERE id > 0"))
        .containsExactly("a|1.5");
    assertThat(rejects(sql)).containsExactly("2|id|22P02");
    assertThat(offsets("t")).as("offsets stay").containsExactly("0|3");

    sql.update("ALTER FOREIGN TABLE t ALTER COLUMN id TYPE text");
    String oid = sql.value("SELECT 't'::regclass::oid");
    assertThat(sql.rows("SELECT * FROM kadb.retry_rejects(" + oid + ")")).containsExactly("x|c");
    assertThat(rejects(sql)).isEmpty();
  }

  @Test
  void keepsAMessageWhoseRowsARetryDidNotAllGive() throws SQLException {
    table("t (id int)", topic("x\ny"), REJECT);
    sql.rows("SELECT * FROM t");
    sql.update("ALTER FOREIGN TABLE t ALTER COLUMN id TYPE text");

    assertThat(sql.rows("SELECT * FROM kadb.retry_rejects('t') LIMIT 1")).containsExactly("x");
    assertThat(rejects(sql)).hasSize(1);
    assertThat(sql.rows("SELECT * FROM kadb.retry_rejects('t')")).containsExactly("x", "y");
    assertThat(rejects(sql)).isEmpty();
  }

  @Test
  void keepsRejectsOfARetryThatDoesNotSucceed() throws SQLException {
    table("t (id int)", topic("x", "y"), REJECT);
    sql.rows("SELECT * FROM t");
    sql.update("ALTER FOREIGN TABLE t ALTER COLUMN id TYPE text");

    sql.connection().setAutoCommit(false);
    assertThat(sql.rows("SELECT * FROM kadb.retry_rejects('t')")).containsExactly("x", "y");
    assertThat(sql.rows("SELECT * FROM kadb.retry_rejects('t')")).as("once").isEmpty();
    sql.connection().rollback();
    sql.connection().setAutoCommit(true);
    assertThat(String.join(" ", sql.rows("EXPLAIN PLAN FOR SELECT * FROM kadb.retry_rejects('t')")))
        .contains("messages=[rejected]")
        .doesNotContain("mode consume");
    assertThat(rejects(sql)).hasSize(2);
    assertThat(sql.rows("SELECT * FROM kadb.retry_rejects('t') LIMIT 1")).containsExactly("x");
    assertThat(rejects(sql)).hasSize(1);

    SqlClient reader = connect("readOnly=true");
    refused("25006", () -> reader.rows("SELECT * FROM kadb.retry_rejects('t')"));
    refused("42P01", () -> sql.rows("SELECT * FROM kadb.retry_rejects('nosuch')"));
    refused("0A000", () -> sql.rows("SELECT * FROM kadb.retry_rejects(?)", "t"));
    assertThat(refused("0A000", () -> sql.rows("SELECT kadb.retry_rejects('t')")))
        .contains("SELECT * FROM kadb.retry_rejects");
  }

  @Test
  void areDeletedLikeRowsOfATable() throws SQLException {
    table("t (id int)", topic("x", "y", "z"), REJECT);
    sql.connection().setAutoCommit(false);
    sql.rows("SELECT * FROM t");
    String ofTable = " WHERE ftoid = 't'::regclass::oid";
    refused("0A000", () -> sql.update("DELETE FROM kadb.rejects" + ofTable));
    sql.connection().commit();

    assertThat(sql.update("DELETE FROM kadb.rejects r" + ofTable + " AND r.off = ?", 1))
        .isEqualTo(1);
    assertThat(rejects(sql)).hasSize(2);
    sql.connection().rollback();
    assertThat(rejects(sql)).hasSize(3);
    sql.connection().setAutoCommit(true);
    assertThat(sql.update("DELETE FROM kadb.rejects" + ofTable + " AND off > 0")).isEqualTo(2);
    assertThat(rejects(connect())).containsExactly("0|id|22P02");
    refused("0A000", () -> sql.update("UPDATE kadb.rejects SET off = 1"));
    SqlClient reader = connect("readOnly=true");
    refused("25006", () -> reader.update("DELETE FROM kadb.rejects"));
  }

  @Test
  void rejectsThousandsInOneStatement() throws SQLException {
    List<String> values = new ArrayList<>();
    IntStream.range(0, 3000).forEach(i -> values.add(i % 3 == 0 ? "x" + i : Integer.toString(i)));
    TestTopic topic = topic(values.toArray(String[]::new));
    table("t (id int)", topic, REJECT, "k_seg_batch '5000'");

    assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("2000");

    assertThat(
            sql.value(
                "SELECT count(DISTINCT off) FROM kadb.rejects WHERE ftoid = 't'::regclass::oid"))
        .isEqualTo("1000");
    assertThat(Map.of(0, 3000L)).isEqualTo(Map.of(0, topic.endOffset(0)));
  }
}
