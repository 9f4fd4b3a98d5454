package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
