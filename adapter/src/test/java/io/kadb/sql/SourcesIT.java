package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Declared columns that come from the key, the headers or the position of a message. */
class SourcesIT extends TableFixture {
  private static final long MILLIS = 1_709_210_096_789L;

  private TestTopic topic;

  @BeforeEach
  void createTopic() {
    topic = kafka.newTopic("sources", 2);
  }

  private void send(int partition, String key, String value, String... headers) {
    RecordHeaders all = new RecordHeaders();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(headers[i], bytes(headers[i + 1]));
    }
    topic.send(
        List.of(
            new ProducerRecord<>(topic.name(), partition, MILLIS, bytes(key), bytes(value), all)));
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void everyPartOfAMessageCanBeADeclaredColumn() throws SQLException {
    table(
        "t (k text OPTIONS (source 'key'), id int, trace bigint OPTIONS (source 'header:trace-id'),"
            + " prt int OPTIONS (source 'partition'), off bigint OPTIONS (source 'offset'),"
            + " at timestamp OPTIONS (source 'timestamp'), topic text OPTIONS (source 'topic'),"
            + " name text)",
        topic);
    send(1, "käy", "1,a\n2,b", "trace-id", "1", "trace-id", "77");
    send(1, null, "3,c");

    String position = "|1|0|2024-02-29 12:34:56.789|" + topic.name();
    assertThat(sql.rows("SELECT * FROM t"))
        .containsExactly(
            "käy|1|77" + position + "|a",
            "käy|2|77" + position + "|b",
            "null|3|null" + position.replace("|1|0|", "|1|1|") + "|c");
    assertThat(offsets("t")).containsExactly("0|0", "1|2");
  }

  @Test
  void theyCanBeUsedWithoutTheColumnsOfTheValue() throws SQLException {
    table(
        "t (id int, k text OPTIONS (source 'key'), at timestamp(0) OPTIONS (source 'timestamp'))",
        topic,
        "k_scan_mode 'snapshot'");
    send(0, "a", "1");
    send(1, "b", "no number");

    assertThat(sql.rows("SELECT k, at FROM t WHERE k = 'b'"))
        .containsExactly("b|2024-02-29 12:34:57");
    assertThat(sql.rows("SELECT k FROM t ORDER BY k DESC")).containsExactly("b", "a");
    assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("2");
  }

  @Test
  void theKeyHasAFormatOfItsOwn() throws SQLException {
    table(
        "t (v text, id int OPTIONS (source 'key', path '/id'), tags json OPTIONS (source 'key'))",
        topic,
        "format 'text'",
        "k_key_format 'json'",
        "k_scan_mode 'snapshot'");
    send(0, "{\"id\":7,\"tags\":[\"x\"]}", "value");
    send(0, null, null);

    assertThat(sql.rows("SELECT * FROM t")).containsExactly("value|7|[\"x\"]", "null|null|null");
  }

  @Test
  void defaultsAreForWhatIsMissing() throws SQLException {
    table(
        "t (id int, k text DEFAULT 'nobody' OPTIONS (source 'key'),"
            + " h int DEFAULT 5 OPTIONS (source 'header:h'))",
        topic,
        "k_scan_mode 'snapshot'");
    send(0, null, "1");
    send(0, "k", "2", "h", null);
    send(0, "k", "3", "h", "6");

    assertThat(sql.rows("SELECT * FROM t")).containsExactly("1|nobody|5", "2|k|5", "3|k|6");
  }

  @Test
  void anErrorSaysWhichPartOfWhichMessageItIs() throws SQLException {
    table(
        "t (id int, k int NOT NULL OPTIONS (source 'key'), h int OPTIONS (source 'header:h'))",
        topic);
    send(0, "x", "1");

    assertThat(refused("22P02", () -> sql.rows("SELECT * FROM t")))
        .contains(topic.name() + "[0]@0, column k: key: found \"x\", wanted integer");
    assertThat(offsets("t")).isEmpty();
    assertThat(sql.rows("SELECT id, h FROM t")).containsExactly("1|null");
    send(0, null, "2");
    assertThat(refused("23502", () -> sql.rows("SELECT k FROM t")))
        .contains(topic.name() + "[0]@1, column k: key: found NULL");
    send(0, "1", "3", "h", "y");
    assertThat(refused("22P02", () -> sql.rows("SELECT h FROM t")))
        .contains(topic.name() + "[0]@2, column h: header h: found \"y\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          source 'value'   | source: "value" is not key, header:name, partition, offset, timestamp, topic or meta
          source 'header:' | source: "header:" is not key, header:name
          path 'a'         | path: "a" is not a JSON Pointer
          path '/a~2'      | path: "/a~2" is not a JSON Pointer
          """)
  void wrongOptionsOfColumnsAreRefusedWhenTheyAreGiven(String option, String error) {
    String create =
        "CREATE FOREIGN TABLE t (id int, c text OPTIONS (" + option + ")) SERVER k OPTIONS ()";
    assertThat(refused("HV024", () -> sql.update(create.replace(" OPTIONS ()", ""))))
        .contains("option of column c " + error);
  }

  @Test
  void anUnknownOptionOfAColumnIsAWarning() throws SQLException {
    table("t (id int OPTIONS (sauce 'key'))", topic, "nothing 'x'");
    String column = "01000 unknown option of column id sauce is ignored, did you mean source?";
    assertThat(sql.warnings()).hasSize(2).first().isEqualTo(column);
    send(0, null, "1");

    assertThat(sql.rows("SELECT * FROM t")).containsExactly("1");
    assertThat(sql.warnings()).hasSizeGreaterThanOrEqualTo(2).first().isEqualTo(column);
    assertThat(sql.warnings().get(1)).contains("nothing");
  }

  @Test
  void aPathThatNoFormatReadsIsRefusedWhenTheTableIsUsed() throws SQLException {
    table("t (id int, zip text OPTIONS (path '/zip'))", topic);
    table("u (id int, h text OPTIONS (source 'header:h', path '/zip'))", topic);
    table("v (id int, h text OPTIONS (source 'key', path '/zip'))", topic, "format 'json'");

    assertThat(refused("HV004", () -> sql.rows("SELECT id FROM t")))
        .contains("column zip: option path is for format json, found format csv");
    assertThat(refused("HV004", () -> sql.rows("SELECT id FROM u")))
        .contains("column h: option path", "comes from the message's header h");
    assertThat(refused("HV004", () -> sql.rows("SELECT id FROM v")))
        .contains("column h", "k_key_format text", "k_key_format 'json'");
  }

  @Test
  void columnsWithASourceDoNotCountForFormatText() throws SQLException {
    table("t (v text, k text OPTIONS (source 'key'))", topic, "format 'text'");
    table("two (v text, w text)", topic, "format 'text'");
    table(
        "keys (v text, k text OPTIONS (source 'key'), l text OPTIONS (source 'key'))",
        topic,
        "format 'text'");
    send(0, "k", "1,a");

    assertThat(sql.rows("SELECT * FROM t")).containsExactly("1,a|k");
    assertThat(refused("HV004", () -> sql.rows("SELECT v FROM two"))).contains("single column");
    assertThat(refused("HV004", () -> sql.rows("SELECT v FROM keys")))
        .contains("key: ", "single column", "k_key_format");
  }

  @Test
  void theViewOfTablesShowsTheOptionsOfColumns() throws SQLException {
    table("t (id int OPTIONS (source 'key', path ''))", topic);

    assertThat(sql.value("SELECT columns FROM kadb.foreign_tables WHERE table_name = 't'"))
        .contains("\"source\":\"key\"", "\"path\":\"\"");
  }
}
