package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** INSERT into foreign tables: rows become messages. */
class WritingIT extends TableFixture {
  private static final String PEEK = "k_scan_mode 'peek'";

  private TestTopic topic;

  @BeforeEach
  void createTopic() {
    topic = kafka.newTopic("written", 2);
  }

  @Test
  void writesAMessageForEachRow() throws SQLException {
    table("t (id int, name text)", topic, PEEK);

    assertThat(sql.update("INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, ' x,\"y\"\nz ')"))
        .isEqualTo(3);

    assertThat(sql.rows("SELECT id, name FROM t ORDER BY id"))
        .containsExactly("1|a", "2|null", "3| x,\"y\"\nz ");
    assertThat(offsets("t")).isEmpty();
  }

  @Test
  void fillsColumnsInAnyOrderAndOthersByTheirDefaults() throws SQLException {
    table(
        "t (id int DEFAULT 7, name text NOT NULL DEFAULT upper('x'), n numeric(5,1), b text)",
        topic,
        "format 'json'",
        PEEK);

    sql.update("INSERT INTO t (n, id) VALUES (2.25, 1)");
    sql.update("INSERT INTO t (id, name) VALUES (2, DEFAULT), (DEFAULT, 'y')");
    sql.update("INSERT INTO t VALUES (3, 'z')");

    assertThat(sql.rows("SELECT id, name, n, b FROM t ORDER BY id"))
        .containsExactly("1|X|2.3|null", "2|X|null|null", "3|z|null|null", "7|y|null|null");
    assertThat(sql.rows("SELECT CAST(_value AS VARCHAR) FROM t WHERE id = 1")).hasSize(1);
  }

  @Test
  void writesKeyPartitionTimestampAndHeaders() throws SQLException {
    table("t (v text)", topic, "format 'text'", PEEK);

    sql.update(
        "INSERT INTO t (v, _key, _partition, _timestamp, _headers) VALUES ('a', 'k', 1,"
            + " '2024-02-29 12:34:56.789',"
            + " '[{\"key\":\"h\",\"value\":\"ä\"},{\"key\":\"b\",\"base64\":\"/w==\"},"
            + "{\"key\":\"n\",\"value\":null}]')");

    assertThat(
            sql.rows(
                "SELECT v, _key = CAST('k' AS BYTEA), _partition, _timestamp, _headers FROM t"))
        .containsExactly(
            "a|true|1|2024-02-29 12:34:56.789|[{\"key\":\"h\",\"value\":\"ä\"},"
                + "{\"key\":\"b\",\"base64\":\"/w==\"},{\"key\":\"n\",\"value\":null}]");
  }

  @Test
  void writesColumnsWhereTheyComeFrom() throws SQLException {
    table(
        "t (id int, customer text OPTIONS (source 'key'), trace uuid OPTIONS (source"
            + " 'header:trace'), prt int OPTIONS (source 'partition'), off bigint OPTIONS (source"
            + " 'offset'), sent timestamp(3) OPTIONS (source 'timestamp'))",
        topic,
        PEEK);
    String uuid = "00000000-0000-0000-0000-00000000000a";

    sql.update("INSERT INTO t VALUES (1, 'c', '" + uuid + "', 1, '2024-02-29 12:34:56.789')");
    sql.update("INSERT INTO t (id, prt) VALUES (2, 0)");

    assertThat(sql.rows("SELECT id, customer, trace, prt, off, sent FROM t WHERE id = 1"))
        .containsExactly("1|c|" + uuid + "|1|0|2024-02-29 12:34:56.789");
    assertThat(sql.rows("SELECT id, customer, trace, prt, _headers, _key FROM t WHERE id = 2"))
        .containsExactly("2|null|null|0|[]|null");
    assertThat(refused("0A000", () -> sql.update("INSERT INTO t (id, off) VALUES (1, 1)")))
        .contains("column off");
    assertThat(refused("42701", () -> sql.update("INSERT INTO t (id, _key) VALUES (1, 'k')")))
        .contains("_key and customer");
  }

  @Test
  void copiesFromTopicToTopicAndMovesTheOffsetsOfTheFirst() throws SQLException {
    TestTopic from = kafka.newTopic("from", 2);
    from.send(0, "1,a", "2,b");
    from.send(1, "3,c");
    table("f (id int, name text)", from);
    table("t (id int, name text)", topic, "format 'json'", PEEK);

    assertThat(sql.update("INSERT INTO t SELECT id * 10, upper(name) FROM f")).isEqualTo(3);

    assertThat(sql.rows("SELECT id, name FROM t ORDER BY id"))
        .containsExactly("10|A", "20|B", "30|C");
    assertThat(offsets("f")).containsExactly("0|2", "1|1");
    assertThat(sql.update("INSERT INTO t SELECT id, name FROM f")).isZero();
  }

  @Test
  void takesParametersAndBatches() throws SQLException {
    table("t (id int, at timestamp, b bytea)", topic, "format 'json'", PEEK);
    try (PreparedStatement insert =
        sql.connection().prepareStatement("INSERT INTO t (id, at, b, _key) VALUES (?, ?, ?, ?)")) {
      for (int i = 0; i < 3; i++) {
        insert.setInt(1, i);
        insert.setTimestamp(2, java.sql.Timestamp.valueOf("2024-02-29 12:34:56.123456"));
        insert.setBytes(3, new byte[] {(byte) i, -1});
        insert.setBytes(4, new byte[] {(byte) 0xC0});
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
    }
    assertThat(sql.rows("SELECT id, at, CAST(b AS VARCHAR) FROM t ORDER BY id"))
        .containsExactly(
            "0|2024-02-29 12:34:56.123456|\\x00ff",
            "1|2024-02-29 12:34:56.123456|\\x01ff",
            "2|2024-02-29 12:34:56.123456|\\x02ff");
  }

  @Test
  void refusesWhatWouldBeReadAsSomethingElse() throws SQLException {
    table("t (id int, name text)", topic);
    table("one (name text)", topic);
    table("txt (name text)", topic, "format 'text'");

    assertThat(refused("22P04", () -> sql.update("INSERT INTO t VALUES (1, 'a'), (2, '')")))
        .contains("row 2", "column name", "NULL");
    refused("22P04", () -> sql.update("INSERT INTO one VALUES (NULL)"));
    refused("22P04", () -> sql.update("INSERT INTO txt VALUES ('')"));

    assertThat(topic.endOffset(0) + topic.endOffset(1)).isZero();
  }

  @Test
  void refusesWhatDoesNotSuitTheTable() throws SQLException {
    table("t (id int NOT NULL, name varchar(2))", topic);
    table("a (id int)", topic, "format 'avro'");

    assertThat(refused("22P02", () -> sql.update("INSERT INTO t VALUES ('x', 'a')")))
        .contains("row 1", "column id");
    refused("22001", () -> sql.update("INSERT INTO t VALUES (1, 'abc')"));
    refused("23502", () -> sql.update("INSERT INTO t (name) VALUES ('a')"));
    refused("42804", () -> sql.update("INSERT INTO t VALUES (DATE '2024-02-29', 'a')"));
    refused("42703", () -> sql.update("INSERT INTO t (nobody) VALUES (1)"));
    refused("0A000", () -> sql.update("INSERT INTO t (id, _offset) VALUES (1, 1)"));
    refused("42601", () -> sql.update("INSERT INTO t (id) VALUES (1, 2)"));
    refused("42601", () -> sql.update("INSERT INTO t VALUES (1, 'a', 2)"));
    assertThat(refused("22023", () -> sql.update("INSERT INTO t (id, _partition) VALUES (1, 2)")))
        .contains("has no partition 2", "0, 1");
    assertThat(refused("0A000", () -> sql.update("INSERT INTO a VALUES (1)"))).contains("avro");
    refused("25006", () -> connect("readOnly=true").update("INSERT INTO t VALUES (1, 'a')"));
    alter("t", "SET k_topic 'nowhere-at-all'");
    refused("HV00R", () -> sql.update("INSERT INTO t VALUES (1, 'a')"));
    alter("t", "DROP k_topic");
    refused("HV002", () -> sql.update("INSERT INTO t VALUES (1, 'a')"));
  }

  @Test
  void writesIntoATopicWithoutDefinitions() throws SQLException {
    SqlClient client = connect("brokers=" + kafka.bootstrapServers());
    String table = "topics.\"" + topic.name() + "\"";

    client.update("INSERT INTO " + table + " (value, _key) VALUES ('a\n', 'k')");

    assertThat(client.rows("SELECT value, CAST(_key AS VARCHAR) FROM " + table))
        .containsExactly("a\n|\\x6b");
  }

  @Test
  void explainsWithoutWriting() throws SQLException {
    table("t (id int)", topic);

    assertThat(String.join("\n", sql.rows("EXPLAIN INSERT INTO t VALUES (1)")))
        .contains("public.t: writes messages");
    sql.connection().prepareStatement("INSERT INTO t VALUES (1)").close();

    assertThat(topic.endOffset(0) + topic.endOffset(1)).isZero();
  }

  @Test
  void writesAHeaderWhereReadersSkipOne() throws SQLException {
    table("t (id int, name text)", topic, "csv_ignore_header 'true'", PEEK);

    sql.update("INSERT INTO t VALUES (1, 'a')");

    assertThat(sql.rows("SELECT id, name FROM t")).containsExactly("1|a");
    assertThat(sql.rows("SELECT CAST(_value AS VARCHAR) FROM t"))
        .containsExactly("\\x69642c6e616d650a312c61");
  }

  @Test
  void producesMessagesAsTheyAre() throws SQLException {
    table("t (v text)", topic, "format 'text'", PEEK);

    sql.rows("SELECT kadb.produce_message('public.t', 'a', 1, 'k')");
    sql.rows("SELECT kadb.produce_message('t'::regclass::oid, 'b', 0)");
    sql.rows("CALL kadb.produce_message('t', 'c', NULL, 'k')");
    assertThat(sql.rows("SELECT kadb.produce_message('t', NULL)")).containsExactly("null");
    assertThat(sql.rows("SELECT kadb.produce_message(NULL, 'x')")).containsExactly("null");

    assertThat(sql.rows("SELECT v, CAST(_key AS VARCHAR) FROM t ORDER BY v"))
        .containsExactly("a|\\x6b", "b|null", "c|\\x6b");
    assertThat(sql.rows("SELECT _partition FROM t WHERE v = 'a'")).containsExactly("1");
    assertThat(refused("42883", () -> sql.rows("SELECT kadb.produce_message('t')")))
        .contains("message [, partition");
    SqlClient reader = connect("readOnly=true");
    refused("25006", () -> reader.rows("SELECT kadb.produce_message('t', 'x')"));
  }

  @Test
  void producesAMessageForEachRowOfAQuery() throws SQLException {
    TestTopic from = kafka.newTopic("from", 1);
    from.send(0, "1,a", "2,b", "3,b");
    table("f (id int, name text)", from);
    table("t (v text)", topic, "format 'text'", PEEK);

    assertThat(sql.rows("SELECT kadb.produce_message('t', name) FROM f")).hasSize(3);

    assertThat(sql.rows("SELECT v FROM t ORDER BY v")).containsExactly("a", "b", "b");
    assertThat(offsets("f")).containsExactly("0|3");
  }
}
