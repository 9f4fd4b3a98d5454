package io.kadb.format.json;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.Encoder;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes one JSON document of a row: each column at its path or under its name, NULL as null. Names
 * 0, 1, 2 … without a gap make an array, any others an object.
 */
public final class JsonEncoder implements Encoder {
  private final TypeKind[] kinds;
  private final Place root = new Place();

  /**
   * Creates an encoder.
   *
   * @throws KadbException HV004 if the place of one column lies in that of another, HV024 for a
   *     path that is not a JSON Pointer
   */
  public JsonEncoder(List<ValueColumn> columns) {
    kinds = columns.stream().map(column -> column.type().kind()).toArray(TypeKind[]::new);
    for (int i = 0; i < columns.size(); i++) {
      ValueColumn column = columns.get(i);
      JsonPointer pointer =
          column.path().map(JsonPointer::parse).orElseGet(() -> JsonPointer.member(column.name()));
      root.add(pointer.tokens(), i, column.name());
    }
  }

  /** A place in the document: what one column takes, or what lies below. */
  private static final class Place {
    private final Map<String, Place> below = new LinkedHashMap<>();
    private int column = -1;

    void add(List<String> tokens, int newColumn, String name) {
      Place place = this;
      for (String token : tokens) {
        place.checkFree(name);
        place = place.below.computeIfAbsent(token, t -> new Place());
      }
      place.checkFree(name);
      if (!place.below.isEmpty()) {
        throw taken(name);
      }
      place.column = newColumn;
    }

    private void checkFree(String name) {
      if (column >= 0) {
        throw taken(name);
      }
    }

    private static KadbException taken(String name) {
      return new KadbException(
              ErrorCode.COLUMNS_DO_NOT_SUIT_FORMAT,
              "its place in the document and that of another column lie in each other, so that such"
                  + " messages can only be read")
          .inColumn(name);
    }

    boolean isArray() {
      int index = 0;
      for (String token : below.keySet()) {
        if (!token.equals(Integer.toString(index++))) {
          return false;
        }
      }
      return index > 0;
    }
  }

  @Override
  public byte[] encode(@Nullable String[] texts) {
    StringBuilder json = new StringBuilder();
    append(json, root, texts);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void append(StringBuilder json, Place place, @Nullable String[] texts) {
    if (place.column >= 0) {
      value(json, kinds[place.column], texts[place.column]);
      return;
    }
    boolean array = place.isArray();
    json.append(array ? '[' : '{');
    boolean first = true;
    for (Map.Entry<String, Place> entry : place.below.entrySet()) {
      if (!first) {
        json.append(',');
      }
      first = false;
      if (!array) {
        string(json, entry.getKey());
        json.append(':');
      }
      append(json, entry.getValue(), texts);
    }
    json.append(array ? ']' : '}');
  }

  private static void value(StringBuilder json, TypeKind kind, @Nullable String text) {
    if (text == null) {
      json.append("null");
      return;
    }
    switch (kind) {
      case SMALLINT, INTEGER, BIGINT, OID, NUMERIC, BOOLEAN, JSON, JSONB -> json.append(text);
      case REAL, DOUBLE -> {
        if (text.endsWith("N") || text.endsWith("y")) {
          string(json, text);
        } else {
          json.append(text);
        }
      }
      default -> string(json, text);
    }
  }

  private static void string(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c == '\n') {
        json.append("\\n");
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
