package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Formats and their options as statements give them. */
class FormatOptionsIT extends TableFixture {
  private static final String SNAPSHOT = "k_scan_mode 'snapshot'";

  private TestTopic topic;

  @BeforeEach
  void createTopic() {
    topic = kafka.newTopic("formats", 1);
  }

  private void send(String key, byte[] value) {
    topic.send(
        List.of(
            new ProducerRecord<>(
                topic.name(), 0, 1_709_210_096_789L, key.getBytes(StandardCharsets.UTF_8), value)));
  }

  private void send(String value) {
    send("a|b", value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void fieldsBetweenDelimitersOfSeveralCharacters() throws SQLException {
    table(
        "t (id int, name text, r text OPTIONS (source 'key'), s text OPTIONS (source 'key'))",
        topic,
        SNAPSHOT,
        "format 'delimited'",
        "k_key_format 'delimited'",
        "delimited_delimiter '|'",
        "delimited_eol_prefix ';'",
        "delimited_quote '\"'",
        "delimited_escape '\\'",
        "delimited_null 'nil'");
    send("1|\"x|y\";\n2|nil;\n3|a\nb\\|c");
    assertThat(sql.rows("SELECT * FROM t"))
        .containsExactly("1|x|y|a|b", "2|null|a|b", "3|a\nb|c|a|b");
  }

  @Test
  void aTabIsADelimiterByItsEscape() throws SQLException {
    table(
        "t (id int, name text)",
        topic,
        SNAPSHOT,
        "format 'delimited'",
        "delimited_delimiter '\\t'");
    send("1\tx");
    assertThat(sql.rows("SELECT * FROM t")).containsExactly("1|x");
  }

  @Test
  void csvByTheRulesOfPostgresql() throws SQLException {
    table(
        "t (id int, name text, note text)",
        topic,
        SNAPSHOT,
        "csv_dialect 'postgresql'",
        "csv_delimeter '\\t'",
        "csv_escape '\\'",
        "csv_fill_missing_fields 'true'",
        "csv_force_not_null 'note'");
    send("1\t\"\"\t\n2\t\t\"a\\\"b\"\n3");
    assertThat(sql.rows("SELECT * FROM t")).containsExactly("1||", "2|null|a\"b", "3|null|null");
  }

  @Test
  void theBytesOfAMessage() throws SQLException {
    table("t (b bytea, m jsonb OPTIONS (source 'meta'))", topic, SNAPSHOT, "format 'binary'");
    send("k", new byte[] {0, -1});
    assertThat(sql.rows("SELECT CAST(b AS VARCHAR), m FROM t"))
        .containsExactly(
            "\\x00ff|{\"topic\":\""
                + topic.name()
                + "\",\"partition\":0,\"offset\":0,\"timestamp\":1709210096789}");
  }

  @Test
  void aWholeDocumentOfJson() throws SQLException {
    table(
        "t (doc json OPTIONS (path ''), a int OPTIONS (path '/0/a'))",
        topic,
        SNAPSHOT,
        "format 'json'",
        "json_rows 'document'");
    send("[{\"a\":1},2]");
    send("\"x\"");
    assertThat(sql.rows("SELECT * FROM t")).containsExactly("[{\"a\":1},2]|1", "\"x\"|null");
  }

  @Test
  void aWholeRecordOfAvro() throws SQLException, IOException {
    table(
        "t (doc json OPTIONS (path ''))",
        topic,
        SNAPSHOT,
        "format 'avro'",
        "avro_json_bytes 'base64'");
    send("k", container());
    assertThat(sql.rows("SELECT doc FROM t")).containsExactly("{\"id\":7,\"b\":\"Af8=\"}");
  }

  private static byte[] container() throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"R","fields":[
                  {"name":"id","type":"int"},{"name":"b","type":"bytes"}]}
                """);
    GenericRecord row = new GenericData.Record(schema);
    row.put("id", 7);
    row.put("b", ByteBuffer.wrap(new byte[] {1, -1}));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, out).append(row);
    }
    return out.toByteArray();
  }

  @Test
  void aPlaceWithinAvroIsRefused() throws SQLException {
    table("t (doc json OPTIONS (path '/a'))", topic, SNAPSHOT, "format 'avro'");
    assertThat(refused("HV004", () -> sql.rows("SELECT * FROM t")))
        .contains("option path is for format json, found format avro");
  }
}
