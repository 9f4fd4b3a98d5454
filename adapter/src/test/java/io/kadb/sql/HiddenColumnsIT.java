package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The columns that tell where a message stood and what came with it. */
class HiddenColumnsIT extends TableFixture {
  private TestTopic topic;

  @BeforeEach
  void createTable() throws SQLException {
    topic = kafka.newTopic("hidden", 2);
    table("t (id int, name text)", topic, "k_scan_mode 'snapshot'");
  }

  private List<String> labels(String query) throws SQLException {
    try (PreparedStatement statement = sql.connection().prepareStatement(query)) {
      ResultSetMetaData columns = statement.getMetaData();
      List<String> labels = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        labels.add(columns.getColumnLabel(i));
      }
      return labels;
    }
  }

  @Test
  void areNotAmongTheColumnsOfAStar() throws SQLException {
    assertThat(labels("SELECT * FROM t")).containsExactly("id", "name");
    assertThat(labels("SELECT a.* FROM t AS a")).containsExactly("id", "name");
    assertThat(labels("SELECT * FROM t a JOIN t b ON a.id = b.id")).hasSize(4);
    assertThat(labels("SELECT * FROM (SELECT * FROM t)")).containsExactly("id", "name");
    assertThat(labels("SELECT * FROM (SELECT *, _offset FROM t)"))
        .containsExactly("id", "name", "_offset");
    assertThat(labels("WITH w AS (SELECT * FROM t) SELECT * FROM w")).containsExactly("id", "name");
    assertThat(labels("SELECT * FROM t UNION ALL SELECT * FROM t")).containsExactly("id", "name");
  }

  @Test
  void areNotAmongTheColumnsOfTheMetadata() throws SQLException {
    try (ResultSet columns = sql.connection().getMetaData().getColumns(null, "public", "t", null)) {
      List<String> names = new ArrayList<>();
      while (columns.next()) {
        names.add(columns.getString("COLUMN_NAME"));
      }
      assertThat(names).containsExactly("id", "name");
    }
  }

  @Test
  void canBeUsedAnywhere() throws SQLException {
    topic.send(0, "1,a", "2,b", "3,c");
    topic.send(1, "4,d");

    assertThat(sql.rows("SELECT *, _offset FROM t WHERE _partition = 0 ORDER BY _offset DESC"))
        .containsExactly("3|c|2", "2|b|1", "1|a|0");
    assertThat(sql.rows("SELECT x._offset, x.* FROM t AS x WHERE x._offset = 2"))
        .containsExactly("2|3|c");
    assertThat(sql.rows("SELECT id FROM t ORDER BY _partition DESC, _offset"))
        .containsExactly("4", "1", "2", "3");
    assertThat(
            sql.rows(
                "SELECT _partition, count(*), max(_offset) FROM t GROUP BY _partition"
                    + " HAVING count(*) > 1"))
        .containsExactly("0|3|2");
    assertThat(sql.rows("SELECT p FROM (SELECT _partition AS p, id FROM t) WHERE id = 4"))
        .containsExactly("1");
    assertThat(
            sql.rows(
                "SELECT a.id, b.id FROM t a JOIN t b ON a._offset = b._offset AND a.id < b.id"))
        .containsExactly("1|4");
    assertThat(sql.rows("SELECT DISTINCT _topic FROM t")).containsExactly(topic.name());
    assertThat(sql.rows("SELECT name FROM t WHERE _offset = (SELECT max(_offset) FROM t)"))
        .containsExactly("c");
    assertThat(
            sql.rows(
                "SELECT id FROM t a WHERE EXISTS (SELECT 1 FROM t b WHERE b._partition = 1"
                    + " AND b._offset = a._offset) AND a._partition = 0"))
        .containsExactly("1");
  }

  @Test
  void showTheKeyAndTheValueAsBytes() throws SQLException {
    topic.sendKeyed(0, "kéy", "1,a");
    topic.sendKeyed(0, null, "2,b");
    try (Statement statement = sql.connection().createStatement();
        ResultSet result = statement.executeQuery("SELECT _key, _value FROM t")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getBytes(1)).isEqualTo("kéy".getBytes(StandardCharsets.UTF_8));
      assertThat(result.getBytes(2)).isEqualTo("1,a".getBytes(StandardCharsets.UTF_8));
      assertThat(result.next()).isTrue();
      assertThat(result.getBytes(1)).isNull();
      assertThat(result.next()).isFalse();
    }
  }

  @Test
  void showTheTimestampAsUtc() throws SQLException {
    topic.sendAt(0, 1_709_210_096_789L, "1,a");

    assertThat(sql.value("SELECT _timestamp, _timestamp_type FROM t"))
        .isEqualTo("2024-02-29 12:34:56.789|CreateTime");
    assertThat(
            sql.rows(
                "SELECT id FROM t WHERE _timestamp >= TIMESTAMP '2024-02-29 12:34:56.789'"
                    + " AND _timestamp < '2024-02-29 12:34:57'::timestamp"))
        .containsExactly("1");
  }

  @Test
  void showTheTimeOfTheBrokerWhereTheTopicHasIt() throws SQLException {
    TestTopic stamped =
        kafka.newTopic("stamped", 1, Map.of("message.timestamp.type", "LogAppendTime"));
    table("s (id int, at timestamp OPTIONS (source 'timestamp'))", stamped);
    stamped.sendAt(0, 1_709_210_096_789L, "1");

    assertThat(
            sql.rows(
                "SELECT _timestamp_type, _timestamp > TIMESTAMP '2024-03-01 00:00:00',"
                    + " _timestamp = at FROM s"))
        .containsExactly("LogAppendTime|true|true");
  }

  @Test
  void showTheHeadersAsJsonInTheirOrder() throws SQLException {
    RecordHeaders headers = new RecordHeaders();
    headers.add("b", "2\"\n".getBytes(StandardCharsets.UTF_8));
    headers.add("a", "é".getBytes(StandardCharsets.UTF_8));
    headers.add("b", null);
    headers.add("bytes", new byte[] {(byte) 0xff, 0});
    headers.add("", new byte[0]);
    byte[] value = "1,a".getBytes(StandardCharsets.UTF_8);
    topic.send(List.of(new ProducerRecord<>(topic.name(), 0, null, null, value, headers)));
    topic.send(0, "2,b");

    assertThat(sql.rows("SELECT _headers FROM t"))
        .containsExactly(
            "[{\"key\":\"b\",\"value\":\"2\\\"\\n\"},{\"key\":\"a\",\"value\":\"é\"},"
                + "{\"key\":\"b\",\"value\":null},{\"key\":\"bytes\",\"base64\":\"/wA=\"},"
                + "{\"key\":\"\",\"value\":\"\"}]",
            "[]");
  }

  @Test
  void countTheRowsOfAMessage() throws SQLException {
    topic.send(0, "1,a\n2,b\n\n3,c", "4,d");

    assertThat(sql.rows("SELECT id, _offset, _row FROM t"))
        .containsExactly("1|0|0", "2|0|1", "3|0|2", "4|1|0");
  }

  @Test
  void tellTombstonesFromEmptyValues() throws SQLException {
    table("v (v text)", topic, "k_scan_mode 'snapshot'", "format 'text'");
    topic.sendKeyed(0, "k", null);
    topic.sendKeyed(0, "k", "");
    topic.sendKeyed(0, "k", "x");

    assertThat(sql.rows("SELECT v, _tombstone FROM v"))
        .containsExactly("null|true", "null|false", "x|false");
  }

  @Test
  void giveWayToADeclaredColumnOfTheirName() throws SQLException {
    topic.send(0, "1,2");
    table("own (_partition int, _offset text)", topic, "k_scan_mode 'snapshot'");

    assertThat(sql.rows("SELECT *, _topic FROM own WHERE _partition = 1"))
        .containsExactly("1|2|" + topic.name());
    assertThat(sql.rows("SELECT * FROM own WHERE _partition = 0")).isEmpty();
  }
}
