package io.kadb.driver.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as plain objects. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /**
   * Reads one value: Map, Object[], {@link Cells} for rows, String, Boolean, Integer, Long or null.
   * Numbers with a point or an exponent stay the text that they are, which is how PostgreSQL prints
   * them; so does -0.
   */
  static @Nullable Object read(byte[] utf8) throws IOException {
    return new JsonReader(utf8).read();
  }

  /** Writes a value; Lists as well as arrays, and every Number. */
  static byte[] write(Object value) {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(utf8)) {
      write(generator, value);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return utf8.toByteArray();
  }

  private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
    if (value instanceof Map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> field : ((Map<?, ?>) value).entrySet()) {
        generator.writeFieldName(String.valueOf(field.getKey()));
        write(generator, field.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof List) {
      generator.writeStartArray();
      for (Object element : (List<?>) value) {
        write(generator, element);
      }
      generator.writeEndArray();
    } else if (value instanceof Integer || value instanceof Long) {
      generator.writeNumber(((Number) value).longValue());
    } else if (value instanceof Double) {
      generator.writeNumber((Double) value);
    } else if (value instanceof Boolean) {
      generator.writeBoolean((Boolean) value);
    } else if (value == null) {
      generator.writeNull();
    } else {
      generator.writeString(value.toString());
    }
  }
}
