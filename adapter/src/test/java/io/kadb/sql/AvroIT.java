package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestRegistry;
import io.kadb.testing.TestTopic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The avro formats from a topic to JDBC. */
class AvroIT extends TableFixture {
  private static final Schema ORDER =
      schema(
          "{'name':'id','type':'long'}",
          "{'name':'name','type':['null','string']}",
          "{'name':'amount','type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}}",
          "{'name':'at','type':'long','logicalType':'timestamp-millis'}",
          "{'name':'tags','type':{'type':'array','items':'string'}}");
  private static final String COLUMNS =
      "(id int, name text, amount numeric(9,2), at timestamp, tags json)";

  private static Schema schema(String... fields) {
    String json = "{'type':'record','name':'r','fields':[" + String.join(",", fields) + "]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private static GenericRecord order(long id, @Nullable String name) {
    GenericRecord order = new GenericData.Record(ORDER);
    order.put("id", id);
    order.put("name", name);
    order.put("amount", ByteBuffer.wrap(new byte[] {0x04, (byte) 0xd2}));
    order.put("at", Instant.parse("2024-02-29T12:34:56.789Z").toEpochMilli());
    order.put("tags", List.of("a", "b"));
    return order;
  }

  private static byte[] file(String codec, GenericRecord... orders) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(ORDER))) {
      writer.setCodec(CodecFactory.fromString(codec)).create(ORDER, out);
      for (GenericRecord order : orders) {
        writer.append(order);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] bare(GenericRecord order) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(ORDER).write(order, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private TestTopic topic(byte @Nullable []... values) {
    TestTopic topic = kafka.newTopic("avro", 1);
    for (byte @Nullable [] value : values) {
      topic.sendBytes(0, value);
    }
    return topic;
  }

  @Test
  void containersGiveARowForEachRecord() throws SQLException {
    TestTopic topic =
        topic(
            file("null", order(1, "ann"), order(2, null)),
            null,
            new byte[0],
            file("deflate"),
            file("zstandard", order(3, "bob")));
    table("t " + COLUMNS, topic, "format 'avro'");

    assertThat(sql.rows("SELECT id, name, amount, at, tags FROM t"))
        .containsExactly(
            "1|ann|12.34|2024-02-29 12:34:56.789|[\"a\",\"b\"]",
            "2|null|12.34|2024-02-29 12:34:56.789|[\"a\",\"b\"]",
            "3|bob|12.34|2024-02-29 12:34:56.789|[\"a\",\"b\"]");

    assertThat(offsets("t")).containsExactly("0|5");
  }

  @Test
  void columnsMatchByPositionOrByName() throws SQLException {
    TestTopic topic = topic(file("snappy", order(1, "ann")));
    table("p (a bigint, b text)", topic, "format 'avro'", "k_scan_mode 'snapshot'");
    table(
        "n (tags text, id bigint, absent int DEFAULT 7)",
        topic,
        "format 'AVRO'",
        "avro_match 'name'",
        "k_scan_mode 'snapshot'");

    assertThat(sql.rows("SELECT * FROM p")).containsExactly("1|ann");
    assertThat(sql.rows("SELECT * FROM n")).containsExactly("[\"a\",\"b\"]|1|7");
    assertThat(sql.rows("SELECT count(*) FROM n")).containsExactly("1");
  }

  @Test
  void anErrorNamesMessageColumnAndTypesAndMovesNothing() throws SQLException {
    TestTopic topic = topic(file("null", order(1, "ann")), file("null", order(1L << 40, "x")));
    table("t " + COLUMNS, topic, "format 'avro'");

    String range = refused("22003", () -> sql.rows("SELECT id FROM t"));
    assertThat(range).contains(topic.name() + "[0]@1", "column id", "1099511627776", "integer");
    assertThat(sql.rows("SELECT name FROM t")).containsExactly("ann", "x");
    assertThat(offsets("t")).containsExactly("0|2");

    table("w (id text)", topic, "format 'avro'", "k_scan_mode 'snapshot'");
    String type = refused("22P03", () -> sql.rows("SELECT id FROM w"));
    assertThat(type).contains(topic.name() + "[0]@0", "column id", "Avro long", "text");
  }

  @Test
  void aTruncatedFileGivesNoRow() throws SQLException {
    byte[] whole = file("null", order(1, "ann"), order(2, "bob"));
    TestTopic topic = topic(Arrays.copyOf(whole, whole.length - 1));
    table("t " + COLUMNS, topic, "format 'avro'");

    assertThat(refused("22P04", () -> sql.rows("SELECT id FROM t")))
        .contains(topic.name() + "[0]@0");
    assertThat(refused("22P04", () -> sql.rows("SELECT count(*) FROM t")))
        .contains(topic.name() + "[0]@0");
  }

  @Test
  void bareRecordsTakeTheirSchemaFromTheTable() throws SQLException {
    TestTopic topic = topic(bare(order(1, "ann")), null, bare(order(2, null)));
    table("t " + COLUMNS, topic, "format 'avro_raw'", "avro_schema '" + ORDER + "'");

    assertThat(sql.rows("SELECT id, name, amount FROM t"))
        .containsExactly("1|ann|12.34", "2|null|12.34");
  }

  @Test
  void aReadersSchemaResolvesEachFile() throws SQLException {
    Schema reader =
        schema(
            "{'name':'label','aliases':['name'],'type':['null','string']}",
            "{'name':'fresh','type':'string','default':'none'}",
            "{'name':'id','type':'double'}");
    TestTopic topic = topic(file("null", order(1, "ann")));
    table(
        "t (label text, fresh text, id double precision)",
        topic,
        "format 'avro'",
        "avro_schema '" + reader + "'");

    assertThat(sql.rows("SELECT * FROM t")).containsExactly("ann|none|1");
  }

  @Test
  void recordsBehindAnIdTakeTheirSchemaFromTheRegistry() throws SQLException {
    TestRegistry registry = TestRegistry.started();
    int id = registry.register("orders-value", ORDER.toString());
    byte[] record = bare(order(1, "ann"));
    byte[] known =
        ByteBuffer.allocate(5 + record.length).put((byte) 0).putInt(id).put(record).array();
    byte[] unknown = known.clone();
    ByteBuffer.wrap(unknown).putInt(1, 777_777);
    String url = "schema_registry_url '" + registry.address() + "'";
    table("t " + COLUMNS, topic(known), "format 'avro_registry'", url);
    TestTopic second = topic(unknown);
    table("u " + COLUMNS, second, "format 'avro_registry'", url);

    assertThat(sql.rows("SELECT id, name FROM t")).containsExactly("1|ann");
    assertThat(refused("22P04", () -> sql.rows("SELECT id FROM u")))
        .contains("777777", registry.address().toString(), second.name() + "[0]@0");
  }
}
