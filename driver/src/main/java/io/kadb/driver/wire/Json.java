package io.kadb.driver.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain objects: Map, Object[], String, Boolean, Integer, Long, null. Numbers with a point
 * or an exponent stay the text that they are, which is how PostgreSQL prints them; so does -0.
 */
final class Json {
  /** A message may hold one value of any length; how long frames are is the server's matter. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final int FIRST_ROOM = 4096;

  /** Elements of the arrays that are being read, those of inner ones after those of outer ones. */
  private @Nullable Object[] open = new Object[FIRST_ROOM];

  private int top;

  private Json() {}

  /** Reads one value. */
  static @Nullable Object read(byte[] utf8) throws IOException {
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      parser.nextToken();
      return new Json().value(parser);
    }
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

  private @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("found nothing, wanted JSON");
    }
    switch (token) {
      case VALUE_STRING:
      case VALUE_NUMBER_FLOAT:
        return parser.getText();
      case VALUE_NUMBER_INT:
        return integer(parser);
      case VALUE_NULL:
        return null;
      case VALUE_TRUE:
        return Boolean.TRUE;
      case VALUE_FALSE:
        return Boolean.FALSE;
      case START_ARRAY:
        return array(parser);
      case START_OBJECT:
        return object(parser);
      default:
        throw new IOException("found " + token + ", wanted a value");
    }
  }

  private static Object integer(JsonParser parser) throws IOException {
    Number number = parser.getNumberValue();
    boolean negativeZero = number.intValue() == 0 && parser.getText().equals("-0");
    return negativeZero ? "-0" : number;
  }

  private @Nullable Object[] array(JsonParser parser) throws IOException {
    int from = top;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object element = value(parser);
      if (top == open.length) {
        open = Arrays.copyOf(open, 2 * top);
      }
      open[top++] = element;
    }
    Object[] elements = Arrays.copyOfRange(open, from, top);
    top = from;
    return elements;
  }

  private Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
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
