package io.kadb.server.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.Set;
import org.apache.calcite.avatica.remote.JsonService;
import org.jspecify.annotations.Nullable;

/**
 * What kadb's own driver asks for beyond Avatica's protocol, with JSON in and out. Safe for many
 * threads.
 */
final class KadbCalls {
  private static final Set<String> CALLS =
      Set.of("valid", "cancel", "end", "warnings", "options", "savepoint", "metadata");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final RemoteConnections connections;

  KadbCalls(RemoteConnections connections) {
    this.connections = connections;
  }

  /** Returns the call's name for counting; one word for all that there are not. */
  static String name(String call) {
    return CALLS.contains(call) ? call : "unknown";
  }

  /** Serves a request. */
  JsonNode serve(Exchange exchange, String call, JsonNode request) throws SQLException {
    String id = request.path("connectionId").asText(null);
    if (call.equals("valid")) {
      return NODES.objectNode().put("valid", isValid(exchange, id, request));
    }
    RemoteConnection connection = connections.find(id, exchange.caller());
    exchange.about(connection);
    if (call.equals("cancel")) {
      connection.statement(statementId(request)).cancel();
      return ok();
    }
    return connection
        .answers()
        .once(
            exchange.caller().requestId(),
            JsonNode.class,
            exchange::giveUp,
            () -> answer(exchange, connection, call, request));
  }

  private JsonNode answer(
      Exchange exchange, RemoteConnection connection, String call, JsonNode request)
      throws SQLException {
    return switch (call) {
      case "end" -> end(exchange, connection, request);
      case "warnings" -> warnings(exchange, connection, request);
      case "options" -> options(exchange, connection, request);
      case "savepoint" -> {
        connection.savepoint(request.path("verb").asText(""), request.path("name").asText(null));
        yield ok();
      }
      case "metadata" -> metadata(connection, request);
      default -> throw RemoteErrors.unsupported("/kadb/" + call);
    };
  }

  private static JsonNode ok() {
    return NODES.objectNode().put("ok", true);
  }

  private static int statementId(JsonNode request) throws SQLException {
    JsonNode id = request.path("statementId");
    if (!id.isInt()) {
      throw RemoteErrors.badMessage("statementId is missing");
    }
    return id.asInt();
  }

  private static RemoteStatement statement(
      Exchange exchange, RemoteConnection connection, JsonNode request) throws SQLException {
    return exchange.about(connection.statement(statementId(request)));
  }

  private static JsonNode end(Exchange exchange, RemoteConnection connection, JsonNode request)
      throws SQLException {
    RemoteStatement statement = statement(exchange, connection, request);
    if (request.path("abandon").asBoolean()) {
      statement.abandon("the result was closed");
    } else {
      statement.confirm();
    }
    return ok();
  }

  private boolean isValid(Exchange exchange, @Nullable String id, JsonNode request)
      throws SQLException {
    if (!connections.knows(id)) {
      return false;
    }
    RemoteConnection connection = connections.find(id, exchange.caller());
    Duration timeout = Duration.ofMillis(request.path("timeoutMillis").asLong());
    return connection.jdbc().isValid((int) Math.min(timeout.toSeconds() + 1, Integer.MAX_VALUE));
  }

  private static JsonNode warnings(Exchange exchange, RemoteConnection connection, JsonNode request)
      throws SQLException {
    ArrayNode list = NODES.arrayNode();
    boolean clear = request.path("clear").asBoolean();
    if (request.path("statementId").isInt()) {
      RemoteStatement statement = statement(exchange, connection, request);
      add(list, statement.warnings());
      if (clear) {
        statement.clearWarnings();
      }
    } else {
      add(list, connection.warnings());
      if (clear) {
        connection.clearWarnings();
      }
    }
    return NODES.objectNode().set("warnings", list);
  }

  private static void add(ArrayNode list, @Nullable SQLWarning first) {
    for (SQLWarning next = first; next != null; next = next.getNextWarning()) {
      list.addObject()
          .put("sqlState", next.getSQLState())
          .put("text", next.getMessage())
          .put("code", next.getErrorCode());
    }
  }

  private static JsonNode options(Exchange exchange, RemoteConnection connection, JsonNode request)
      throws SQLException {
    JsonNode timeout = request.path("queryTimeout");
    JsonNode rows = request.path("maxRows");
    JsonNode frame = request.path("fetchSize");
    statement(exchange, connection, request)
        .settings(
            timeout.isNumber() ? timeout.asInt() : null,
            rows.isNumber() ? rows.asLong() : null,
            frame.isNumber() ? frame.asInt() : null);
    return ok();
  }

  private static JsonNode metadata(RemoteConnection connection, JsonNode request)
      throws SQLException {
    Object value =
        MetadataMethods.call(
            connection.jdbc().getMetaData(), request.path("call").asText(""), request.path("args"));
    if (value instanceof ResultSet result) {
      try (result) {
        return table(connection, result);
      }
    }
    return NODES.objectNode().set("value", scalar(value));
  }

  private static JsonNode scalar(@Nullable Object value) {
    return value == null || value instanceof Number || value instanceof Boolean
        ? JsonService.MAPPER.valueToTree(value)
        : NODES.textNode(value.toString());
  }

  private static JsonNode table(RemoteConnection connection, ResultSet result) throws SQLException {
    WireColumns columns =
        WireColumns.of(result.getMetaData(), connection.properties().dialect(), Encoding.JSON);
    JsonRowBuffer rows = columns.newJsonBuffer();
    while (result.next()) {
      rows.add(result);
    }
    ObjectNode answer = NODES.objectNode();
    answer.set("columns", JsonService.MAPPER.valueToTree(columns.metaData()));
    answer.putPOJO("rows", rows.written());
    return answer;
  }
}
