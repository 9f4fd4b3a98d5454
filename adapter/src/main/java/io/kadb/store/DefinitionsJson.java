package io.kadb.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kadb.catalog.ColumnDefault;
import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options and columns as the JSON texts that the catalog's tables hold. */
public final class DefinitionsJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DefinitionsJson() {}

  /** Returns options as an object, in their order. */
  public static String write(Map<String, String> options) {
    return text(object(options));
  }

  /** Returns columns as an array, in their order. */
  public static String write(List<ColumnDefinition> columns) {
    ArrayNode array = JSON.createArrayNode();
    for (ColumnDefinition column : columns) {
      ObjectNode object = array.addObject();
      object.put("name", column.name());
      object.put("type", column.type().sql());
      object.put("not_null", column.notNull());
      column
          .defaultValue()
          .ifPresent(
              value ->
                  object.put(
                      value instanceof ColumnDefault.Literal ? "default" : "default_expression",
                      value.text()));
      object.set("options", object(column.options()));
    }
    return text(array);
  }

  private static ObjectNode object(Map<String, String> options) {
    ObjectNode object = JSON.createObjectNode();
    options.forEach(object::put);
    return object;
  }

  private static String text(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new KadbException(ErrorCode.INTERNAL, "definitions that are no JSON", e);
    }
  }

  /** Reads what {@link #write(Map)} wrote. */
  static Map<String, String> readOptions(String json) {
    try {
      return JSON.readValue(json, new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw damaged("options", e);
    }
  }

  /** Reads what {@link #write(List)} wrote. */
  static List<ColumnDefinition> readColumns(String json) {
    try {
      List<ColumnDefinition> columns = new ArrayList<>();
      for (JsonNode column : JSON.readTree(json)) {
        Map<String, String> options = new LinkedHashMap<>();
        column
            .path("options")
            .fields()
            .forEachRemaining(option -> options.put(option.getKey(), option.getValue().asText()));
        columns.add(
            new ColumnDefinition(
                column.path("name").asText(),
                ColumnType.parse(column.path("type").asText()),
                column.path("not_null").asBoolean(),
                defaultOf(column),
                options));
      }
      return columns;
    } catch (JsonProcessingException e) {
      throw damaged("columns", e);
    }
  }

  private static Optional<ColumnDefault> defaultOf(JsonNode column) {
    Optional<ColumnDefault> literal =
        Optional.ofNullable(column.get("default"))
            .map(text -> new ColumnDefault.Literal(text.asText()));
    return literal.or(
        () ->
            Optional.ofNullable(column.get("default_expression"))
                .map(text -> new ColumnDefault.Expression(text.asText())));
  }

  private static KadbException damaged(String what, JsonProcessingException e) {
    // The parser's own text repeats its source, which may hold secrets.
    return new KadbException(
        ErrorCode.STORE_FAILED,
        "the store holds %s that are no JSON, at character %s"
            .formatted(what, e.getLocation() == null ? 0 : e.getLocation().getCharOffset()));
  }
}
