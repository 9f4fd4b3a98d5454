package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages without a value: rows or not, they are consumed. */
class EmptyValuesIT extends TableFixture {
  private TestTopic topic;

  @BeforeEach
  void createTopic() {
    topic = kafka.newTopic("empty", 1);
    topic.sendBytes(0, null);
    topic.sendBytes(0, new byte[0]);
    topic.send(0, "x");
    topic.sendBytes(0, null);
  }

  @Test
  void areRowsOfNullInFormatText() throws SQLException {
    table("t (v text)", topic, "format 'text'");

    assertThat(sql.rows("SELECT v, _offset FROM t"))
        .containsExactly("null|0", "null|1", "x|2", "null|3");
    assertThat(offsets("t")).containsExactly("0|4");
  }

  @Test
  void areNoRowsInFormatCsv() throws SQLException {
    table("t (v text)", topic);

    assertThat(sql.rows("SELECT v, _offset FROM t")).containsExactly("x|2");
    assertThat(offsets("t")).containsExactly("0|4");
  }

  @Test
  void countAsMessagesOfTheBatch() throws SQLException {
    table("t (v text)", topic, "k_seg_batch '2'");

    assertThat(sql.rows("SELECT v FROM t")).isEmpty();
    assertThat(offsets("t")).containsExactly("0|2");
    assertThat(sql.rows("SELECT v FROM t")).containsExactly("x");
    assertThat(offsets("t")).containsExactly("0|4");
  }

  @Test
  void areConsumedWhenNoColumnIsUsed() throws SQLException {
    table("t (v text)", topic, "format 'text'");

    assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("4");
    assertThat(offsets("t")).containsExactly("0|4");
  }

  @Test
  void textIsOneColumnThatIsNeitherSplitNorTrimmed() throws SQLException {
    TestTopic lines = kafka.newTopic("text", 1);
    lines.send(0, " a,\"b\"\n\tc ", "\\N");
    table("t (v text)", lines, "format 'TEXT'");
    table("two (a text, b text)", lines, "format 'text'");

    assertThat(sql.rows("SELECT v FROM t")).containsExactly(" a,\"b\"\n\tc ", "\\N");
    assertThat(refused("HV004", () -> sql.rows("SELECT * FROM two"))).contains("single column");
    assertThat(offsets("two")).isEmpty();
  }
}
