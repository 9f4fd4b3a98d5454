package io.kadb.server.remote.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;

/** The messages of kadb's own driver, one by one: what a test wants to send and to see. */
final class ThinMessages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String connection = UUID.randomUUID().toString();
  private String authorization = "";

  ThinMessages(String url) {
    this.url = url;
  }

  /** An answer. */
  record Reply(int status, JsonNode body, int warnings) {
    /** Returns the error's state; empty if it is none. */
    String sqlState() {
      return body.path("sqlState").asText("");
    }

    /** Returns the first or next frame. */
    JsonNode frame() {
      JsonNode first = body.path("results").path(0).path("firstFrame");
      return first.isMissingNode() ? body.path("frame") : first;
    }

    int rows() {
      return frame().path("rows").size();
    }

    boolean done() {
      return frame().path("done").asBoolean();
    }

    JsonNode result() {
      return body.path("results").path(0);
    }
  }

  String connectionId() {
    return connection;
  }

  ThinMessages as(String header) {
    authorization = header;
    return this;
  }

  /** Opens the connection. */
  ThinMessages open(String... properties) {
    ObjectNode request = request("openConnection");
    ObjectNode info = request.putObject("info").put("kadb.client", "thin/1");
    for (String property : properties) {
      int equals = property.indexOf('=');
      info.put(property.substring(0, equals), property.substring(equals + 1));
    }
    Reply reply = post(request);
    if (reply.status() != 200) {
      throw new AssertionError(reply.body().toString());
    }
    return this;
  }

  /** Opens the connection as a client that is not kadb's own. */
  ThinMessages openPlain() {
    ObjectNode request = request("openConnection");
    request.putObject("info");
    post(request);
    return this;
  }

  ObjectNode request(String name) {
    return JSON.createObjectNode().put("request", name).put("connectionId", connection);
  }

  int createStatement() {
    return post(request("createStatement")).body().path("statementId").asInt();
  }

  static ObjectNode withSql(ObjectNode request, int statement, String sql) {
    return request
        .put("statementId", statement)
        .put("sql", sql)
        .put("maxRowsTotal", -1)
        .put("maxRowCount", -1)
        .put("maxRowsInFirstFrame", 0);
  }

  Reply run(int statement, String sql) {
    return post(withSql(request("prepareAndExecute"), statement, sql));
  }

  /** Runs a statement with frames of a size. */
  Reply run(int statement, String sql, int frame) {
    return post(
        withSql(request("prepareAndExecute"), statement, sql).put("maxRowsInFirstFrame", frame));
  }

  ObjectNode fetchRequest(int statement, long offset, int rows) {
    return request("fetch")
        .put("statementId", statement)
        .put("offset", offset)
        .put("fetchMaxRowCount", rows);
  }

  Reply fetch(int statement, long offset, int rows) {
    return post(fetchRequest(statement, offset, rows));
  }

  Reply closeStatement(int statement) {
    return post(request("closeStatement").put("statementId", statement));
  }

  Reply autoCommit(boolean on) {
    ObjectNode request = request("connectionSync");
    request.putObject("connProps").put("connProps", "connPropsImpl").put("autoCommit", on);
    return post(request);
  }

  Reply end(int statement) {
    return kadb("end", own().put("statementId", statement));
  }

  Reply abandon(int statement) {
    return kadb("end", own().put("statementId", statement).put("abandon", true));
  }

  ObjectNode own() {
    return JSON.createObjectNode().put("connectionId", connection);
  }

  Reply kadb(String call, ObjectNode body) {
    return send("/kadb/" + call, body, UUID.randomUUID().toString(), "");
  }

  Reply post(ObjectNode body) {
    return post(body, UUID.randomUUID().toString(), "");
  }

  Reply post(ObjectNode body, String requestId, String wanted) {
    return send("/", body, requestId, wanted);
  }

  private Reply send(String path, ObjectNode body, String requestId, String wanted) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("X-Kadb-Request", requestId)
            .POST(BodyPublishers.ofString(body.toString()));
    if (!wanted.isEmpty()) {
      request.header("X-Kadb-Wanted", wanted);
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      int warnings =
          response.headers().firstValue("X-Kadb-Warnings").map(Integer::parseInt).orElse(0);
      return new Reply(response.statusCode(), JSON.readTree(response.body()), warnings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
