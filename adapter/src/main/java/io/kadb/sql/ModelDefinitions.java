package io.kadb.sql;

import io.kadb.catalog.ColumnDefault;
import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.ServerDefinition;
import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The servers and tables that the operand of a model file defines. */
final class ModelDefinitions {
  private static final Set<String> KNOWN =
      Set.of(
          "servers",
          "tables",
          "store",
          "storeUser",
          "storePassword",
          "schema",
          // What Calcite itself adds to every operand.
          "modelUri",
          "baseDirectory");

  private final Map<String, Object> operand;
  private final String schema;

  ModelDefinitions(Map<String, Object> operand, String schema) {
    this.operand = operand;
    this.schema = schema;
    for (String key : operand.keySet()) {
      if (!KNOWN.contains(key)) {
        throw bad("operand " + KadbException.shown(key) + " is unknown");
      }
    }
  }

  /** Returns what the operand defines. */
  Definitions definitions() {
    List<ServerDefinition> servers = new ArrayList<>();
    map(operand.get("servers"), "servers")
        .forEach(
            (name, options) ->
                servers.add(
                    new ServerDefinition(
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        texts(options, "server " + name))));
    List<ForeignTable> tables = new ArrayList<>();
    for (Object table : list(operand.get("tables"), "tables")) {
      tables.add(table(map(table, "tables"), tables.size()));
    }
    return new Definitions(servers, tables, List.of(schema));
  }

  /** A table has no OID here: its place in the model stands for it within the model. */
  private ForeignTable table(Map<String, Object> table, int place) {
    String name = text(table, "name", "table");
    List<ColumnDefinition> columns = new ArrayList<>();
    for (Object each : list(table.get("columns"), "columns of table " + name)) {
      Map<String, Object> column = map(each, "columns of table " + name);
      columns.add(
          new ColumnDefinition(
              text(column, "name", "column of table " + name),
              ColumnType.parse(text(column, "type", "column of table " + name)),
              Boolean.TRUE.equals(column.get("notNull")),
              Optional.ofNullable(column.get("default"))
                  .map(text -> new ColumnDefault.Literal(text.toString())),
              texts(column.get("options"), "options of a column of table " + name)));
    }
    return new ForeignTable(
        place,
        new TableName(schema, name),
        text(table, "server", "table " + name),
        columns,
        texts(table.get("options"), "options of table " + name));
  }

  /** A store's definitions are changed by SQL, not by a model. */
  void refuseDefinitions() {
    if (operand.containsKey("servers")
        || operand.get("tables") instanceof List<?> l && !l.isEmpty()) {
      throw bad("give either a store or servers and tables");
    }
  }

  private static String text(Map<String, Object> map, String key, String of) {
    Object value = map.get(key);
    if (value == null) {
      throw bad(key + " of " + of + " is missing");
    }
    return value.toString();
  }

  private static Map<String, Object> map(@Nullable Object value, String what) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> given) {
      given.forEach((key, each) -> map.put(String.valueOf(key), each));
    } else if (value != null) {
      throw bad(what + ": wanted an object");
    }
    return map;
  }

  private static Map<String, String> texts(@Nullable Object value, String what) {
    Map<String, String> texts = new LinkedHashMap<>();
    map(value, what).forEach((key, each) -> texts.put(key, String.valueOf(each)));
    return texts;
  }

  private static List<?> list(@Nullable Object value, String what) {
    if (value == null) {
      return List.of();
    } else if (value instanceof List<?> list) {
      return list;
    }
    throw bad(what + ": wanted a list");
  }

  private static KadbException bad(String what) {
    return new KadbException(ErrorCode.INVALID_DEFINITION, "model: " + what);
  }
}
