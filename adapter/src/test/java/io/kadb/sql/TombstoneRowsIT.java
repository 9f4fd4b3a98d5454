package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages without a value, where they are rows. */
class TombstoneRowsIT extends TableFixture {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {"csv;1", "json;{\"v\": 1}", "text;1"})
  void areOneRowWithNullsInEveryFormat(String format, String value) throws SQLException {
    TestTopic topic = kafka.newTopic("tombstones", 1);
    table(
        "t (k int OPTIONS (source 'key'), v int)",
        topic,
        "format '" + format + "'",
        "k_tombstone_rows 'true'");
    topic.sendKeyed(0, "7", value);
    topic.sendKeyed(0, "8", null);
    assertThat(sql.rows("SELECT k, v, _tombstone FROM t"))
        .containsExactly("7|1|false", "8|null|true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {"csv;1", "json;{\"v\": 1}", "text;1"})
  void haveNullsEvenWhereTheValueMustNotBeNull(String format, String value) throws SQLException {
    TestTopic topic = kafka.newTopic("tombstones", 1);
    table(
        "t (k int NOT NULL OPTIONS (source 'key'), v int NOT NULL)",
        topic,
        "format '" + format + "'",
        "k_tombstone_rows 'true'");
    topic.sendKeyed(0, "7", value);
    topic.sendKeyed(0, "8", null);
    sql.update("SET kadb.scan_mode = 'peek'");
    assertThat(sql.rows("SELECT k, v FROM t")).containsExactly("7|1", "8|null");
    assertThat(sql.rows("SELECT k, v + 1 FROM t WHERE v IS NULL OR v > 5"))
        .containsExactly("8|null");
    assertThat(sql.value("SELECT count(v) FROM t")).isEqualTo("1");
  }

  @Test
  void aValueStillHasToHaveWhatIsNotNull() throws SQLException {
    TestTopic topic = kafka.newTopic("tombstones", 1);
    table("t (v int NOT NULL)", topic, "format 'json'", "k_tombstone_rows 'true'");
    topic.send(0, "{\"v\": null}");
    assertThatThrownBy(() -> sql.rows("SELECT v FROM t"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23502"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "text"})
  void aNullThatIsWrittenIsStillRefused(String format) throws SQLException {
    TestTopic topic = kafka.newTopic("tombstones", 1);
    table("t (v int NOT NULL)", topic, "format '" + format + "'", "k_tombstone_rows 'true'");
    for (String rows : List.of("VALUES (NULL)", "SELECT NULLIF(1, 1)")) {
      assertThatThrownBy(() -> sql.update("INSERT INTO t " + rows))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23502"));
    }
    assertThat(topic.endOffset(0)).isZero();
  }
}
