package io.kadb.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadb.format.RowShape;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.type.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AvroFuzzTest {
  private static final String EVERYTHING =
      """
      {"type":"record","name":"R","fields":[
        {"name":"n","type":["null","int","string"]},
        {"name":"v","type":["long","double","float","boolean","null","string","bytes",
          {"type":"enum","name":"E","symbols":["A","B"]},
          {"type":"fixed","name":"F","size":12},
          {"type":"array","items":["null","R"]},
          {"type":"map","values":"string"}]},
        {"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":30,"scale":3}},
        {"name":"t","type":{"type":"long","logicalType":"timestamp-nanos"}},
        {"name":"z","type":{"type":"array","items":"null"}}]}
      """;

  private static final String READER =
      """
      {"type":"record","name":"R","fields":[
        {"name":"v","type":["null","double","string","bytes"]},
        {"name":"n","type":["null","long","string"],"default":null}]}
      """;

  private static final DecoderProbe CONTAINER = new DecoderProbe("avro", Map.of());
  private static final DecoderProbe RESOLVED =
      new DecoderProbe("avro", Map.of("avro_schema", READER, "avro_match", "name"));
  private static final DecoderProbe WHOLE =
      new DecoderProbe("avro", Map.of("avro_json_bytes", "base64"));
  private static final RowShape ONE_DOCUMENT =
      new RowShape(
          List.of(
              new ValueColumn(
                  "c",
                  ColumnType.parse("jsonb"),
                  false,
                  Optional.empty(),
                  Optional.of(0),
                  Optional.of(""))),
          1);
  private static final DecoderProbe RAW =
      new DecoderProbe("avro_raw", Map.of("avro_schema", EVERYTHING));

  @MethodSource("containers")
  @FuzzTest
  void readsAnyBytesAsAContainer(byte[] value) {
    for (String type : DecoderProbe.TYPES) {
      CONTAINER.decode(value, "n integer", "v " + type);
    }
    CONTAINER.decode(value, "n text", "v json", "d numeric", "t timestamp", "z text");
    RESOLVED.decode(value, "n bigint", "v text");
    WHOLE.decode(value, ONE_DOCUMENT);
  }

  @MethodSource("data")
  @FuzzTest
  void readsAnyBytesAsADatum(byte[] value) {
    for (String type : DecoderProbe.TYPES) {
      RAW.decode(value, "n integer", "v " + type);
    }
    RAW.decode(value, "n text", "v json", "d numeric", "t timestamp", "z text");
  }

  static Stream<Arguments> containers() {
    return Stream.of(
            CodecFactory.nullCodec(),
            CodecFactory.deflateCodec(6),
            CodecFactory.snappyCodec(),
            CodecFactory.bzip2Codec(),
            CodecFactory.zstandardCodec(3),
            CodecFactory.xzCodec(1))
        .map(codec -> Arguments.of((Object) container(codec)));
  }

  static Stream<Arguments> data() {
    return Stream.of(
        Arguments.of((Object) new byte[] {0, 0, 2, 2, 5, 0, 0}),
        Arguments.of((Object) new byte[] {2, 4, 18, 2, 0, 0, 10, 0, 2, 5, 0, 0}),
        Arguments.of((Object) new byte[] {2, 4, 20, 1, 6, 2, 'k', 2, 'v', 0, 2, 5, 0, 0}));
  }

  private static byte[] container(CodecFactory codec) {
    Schema schema = new Schema.Parser().parse(EVERYTHING);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.setCodec(codec).create(schema, bytes);
      writer.append(datum(schema, 1L));
      writer.append(datum(schema, "text"));
      writer.sync();
      writer.append(datum(schema, Map.of("k", "v")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static GenericRecord datum(Schema schema, Object value) {
    GenericRecord datum = new GenericData.Record(schema);
    datum.put("n", 7);
    datum.put("v", value);
    datum.put("d", ByteBuffer.wrap(new byte[] {1, 2}));
    datum.put("t", 1_700_000_000_123_456_789L);
    datum.put("z", List.of());
    return datum;
  }
}
