package io.kadb.format.avro;

import io.kadb.format.Decoder;
import io.kadb.format.FormatOptions;
import io.kadb.format.Formats;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Messages in Avro, written by Avro's own library or byte by byte, and what decoders make of them.
 */
final class AvroBytes {
  private AvroBytes() {}

  /**
   * Returns the schema of a record from fields as JSON objects: {@code {"name":"a","type":"int"}}.
   */
  static Schema record(String... fields) {
    return schema(
        "{\"type\":\"record\",\"name\":\"r\",\"fields\":[" + String.join(",", fields) + "]}");
  }

  /** Returns a record of one field {@code f} of a type given as JSON. */
  static Schema field(String type) {
    return record("{\"name\":\"f\",\"type\":" + type + "}");
  }

  static Schema schema(String json) {
    return new Schema.Parser(NameValidator.NO_VALIDATION).parse(json);
  }

  static GenericRecord row(Schema schema, @Nullable Object... values) {
    GenericRecord row = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      row.put(i, values[i]);
    }
    return row;
  }

  /** Returns a container file of these rows, each block of at most so many. */
  static byte[] file(Schema schema, CodecFactory codec, int perBlock, List<GenericRecord> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(codec).create(schema, out);
      for (int i = 0; i < rows.size(); i++) {
        writer.append(rows.get(i));
        if ((i + 1) % perBlock == 0) {
          writer.sync();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Returns a container file of one row. */
  static byte[] file(Schema schema, @Nullable Object... values) {
    return file(schema, CodecFactory.nullCodec(), 1, List.of(row(schema, values)));
  }

  /** Returns a row as bare bytes. */
  static byte[] bare(Schema schema, @Nullable Object... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(schema).write(row(schema, values), encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Returns bytes from hexadecimal digits, blanks ignored. */
  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static Decoder decoder(String format, RowShape shape, Map<String, String> options) {
    return Formats.of(format, FormatOptions.of(options)).decoder(shape);
  }

  /** Returns the rows of a container file. */
  static List<List<@Nullable Object>> rows(byte[] file, String... columns) {
    return Shapes.rows(decoder("avro", Shapes.of(columns), Map.of()), new TestMessage(file));
  }

  /** Returns the only value of bare bytes of a schema with one field, in a column of a type. */
  static @Nullable Object value(Schema schema, byte[] bare, String type) {
    Decoder decoder =
        decoder("avro_raw", Shapes.of("c " + type), Map.of("avro_schema", schema.toString()));
    List<List<@Nullable Object>> rows =
        new ArrayList<>(Shapes.rows(decoder, new TestMessage(bare)));
    if (rows.size() != 1) {
      throw new AssertionError("wanted one row: " + rows);
    }
    return rows.get(0).get(0);
  }
}
