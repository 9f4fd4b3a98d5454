package io.kadb.format.avro;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kadb.format.Decoder;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random schemas and values, written by Avro's library and read here. */
class AvroDifferentialTest {
  private static final long SEED = 20_240_229;
  private static final int ROUNDS = 2_000;
  private static final int MAX_DEPTH = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Random random = new Random(SEED);
  private int names;

  @Test
  void readsWhatAvroWritesAndPassesOverWhatIsNotWanted() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Schema nested = type(0);
      Schema schema =
          AvroBytes.record(
              "{\"name\":\"before\",\"type\":" + nested + "}",
              "{\"name\":\"mark\",\"type\":\"int\"}");
      Object value = value(schema.getField("before").schema());
      byte[] bytes = bytes(schema, AvroBytes.row(schema, value, round), round % 2 == 0);
      String described = "seed " + SEED + ", round " + round + ", schema " + schema;

      assertThat(read(schema, bytes, Shapes.wanting(1, "before json", "mark integer")))
          .as(described)
          .isEqualTo(round);
      Schema.Type type = schema.getField("before").schema().getType();
      if (type == Schema.Type.RECORD || type == Schema.Type.ARRAY || type == Schema.Type.MAP) {
        Object json = read(schema, bytes, Shapes.wanting(0, "before json", "mark integer"));
        assertThat(JSON.readTree(String.valueOf(json)))
            .as(described)
            .isEqualTo(JSON.readTree(JSON.writeValueAsString(plain(value))));
      }
    }
  }

  private static @Nullable Object read(Schema schema, byte[] bytes, RowShape shape) {
    Decoder decoder =
        AvroBytes.decoder("avro_raw", shape, Map.of("avro_schema", schema.toString()));
    return Shapes.rows(decoder, new TestMessage(bytes)).get(0).get(0);
  }

  /** Writes with or without the sizes of blocks. */
  private static byte[] bytes(Schema schema, GenericRecord row, boolean sizes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EncoderFactory factory = new EncoderFactory().configureBlockSize(64);
    BinaryEncoder encoder =
        sizes ? factory.blockingBinaryEncoder(out, null) : factory.binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(row, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private Schema type(int depth) {
    int kinds = depth == MAX_DEPTH ? 7 : 11;
    return switch (random.nextInt(kinds)) {
      case 0 -> Schema.create(Schema.Type.NULL);
      case 1 -> Schema.create(Schema.Type.BOOLEAN);
      case 2 -> Schema.create(Schema.Type.INT);
      case 3 -> Schema.create(Schema.Type.LONG);
      case 4 -> Schema.create(Schema.Type.DOUBLE);
      case 5 -> Schema.create(Schema.Type.STRING);
      case 6 -> Schema.createEnum("E" + names++, null, null, List.of("A", "B", "C"));
      case 7 -> Schema.createArray(type(depth + 1));
      case 8 -> Schema.createMap(type(depth + 1));
      case 9 -> union(depth);
      default -> {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          fields.add(new Schema.Field("f" + i, type(depth + 1)));
        }
        yield Schema.createRecord("R" + names++, null, null, false, fields);
      }
    };
  }

  private Schema union(int depth) {
    Schema other = type(depth + 1);
    boolean possible = other.getType() != Schema.Type.UNION && other.getType() != Schema.Type.NULL;
    Schema branch = possible ? other : Schema.create(Schema.Type.LONG);
    Schema none = Schema.create(Schema.Type.NULL);
    return random.nextBoolean()
        ? Schema.createUnion(none, branch)
        : Schema.createUnion(branch, none);
  }

  private @Nullable Object value(Schema type) {
    return switch (type.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextInt() >> random.nextInt(32);
      case LONG -> random.nextLong() >> random.nextInt(64);
      case DOUBLE -> random.nextGaussian();
      case STRING -> "ä\"\\\n€".repeat(random.nextInt(4));
      case ENUM -> new GenericData.EnumSymbol(type, type.getEnumSymbols().get(random.nextInt(3)));
      case ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          items.add(value(type.getElementType()));
        }
        yield items;
      }
      case MAP -> {
        Map<String, @Nullable Object> items = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          items.put("k" + i, value(type.getValueType()));
        }
        yield items;
      }
      case UNION -> value(type.getTypes().get(random.nextInt(2)));
      case RECORD -> {
        GenericRecord row = new GenericData.Record(type);
        type.getFields().forEach(field -> row.put(field.pos(), value(field.schema())));
        yield row;
      }
      default -> throw new AssertionError(type);
    };
  }

  /** Returns a value as lists, maps and what JSON knows. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof GenericRecord row) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      row.getSchema().getFields().forEach(f -> members.put(f.name(), plain(row.get(f.pos()))));
      return members;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(plain(item)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      map.forEach((key, item) -> members.put(key.toString(), plain(item)));
      return members;
    }
    return value instanceof GenericData.EnumSymbol symbol ? symbol.toString() : value;
  }
}
