package io.kadb.server.remote;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves messages: one in, one out, whatever happens. Errors are answers with a state and one line
 * of text; the stack trace of a defect goes into the log. Safe for many threads.
 */
public final class RemoteCalls {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteCalls.class);
  private static final ObjectMapper JSON = JsonService.MAPPER;

  private final AvaticaCalls avatica;
  private final KadbCalls kadb;
  private volatile boolean stopping;

  public RemoteCalls(RemoteConnections connections) {
    this.avatica = new AvaticaCalls(connections);
    this.kadb = new KadbCalls(connections);
  }

  /** Refuses all requests from now on. */
  public void stop() {
    stopping = true;
  }

  /** Serves a message of Avatica's protocol. */
  public Answer avatica(Caller caller, byte[] message) {
    Encoding encoding = Encoding.of(message);
    String call = "unknown";
    try (Exchange exchange = new Exchange(caller)) {
      checkRunning();
      Service.Request request = encoding.read(message);
      call = name(request);
      AnswerBody body = encoding.write(avatica.serve(exchange, encoding, request));
      return new Answer(true, encoding.contentType(), body, exchange.warnings(), call, "");
    } catch (Throwable e) {
      return avaticaError(encoding, call, noted(e));
    }
  }

  private static String name(Service.Request request) {
    String type = request.getClass().getSimpleName();
    return type.substring(0, 1).toLowerCase(Locale.ROOT)
        + type.substring(1, type.length() - "Request".length());
  }

  /** Serves a message of kadb's own. */
  public Answer kadb(Caller caller, String call, byte[] message) {
    try (Exchange exchange = new Exchange(caller)) {
      checkRunning();
      AnswerBody body = Encoding.json(kadb.serve(exchange, call, JSON.readTree(message)));
      return json(true, body, exchange.warnings(), KadbCalls.name(call), "");
    } catch (Throwable e) {
      return kadbError(KadbCalls.name(call), noted(e));
    }
  }

  /** Returns the answer of Avatica's protocol to a request that is refused before it is read. */
  public static Answer refused(byte[] start, SQLException why) {
    return avaticaError(Encoding.of(start), "refused", why);
  }

  private void checkRunning() throws SQLException {
    if (stopping) {
      throw RemoteErrors.stopping();
    }
  }

  private static SQLException noted(Throwable thrown) {
    SQLException failure = RemoteErrors.of(thrown);
    if (RemoteErrors.isDefect(failure)) {
      LOG.error("a request failed by a defect", thrown);
    }
    return failure;
  }

  private static Answer avaticaError(Encoding encoding, String call, SQLException failure) {
    Service.ErrorResponse error =
        new Service.ErrorResponse(
            List.of(),
            RemoteErrors.text(failure),
            errorCode(failure),
            state(failure),
            AvaticaSeverity.ERROR,
            null);
    try {
      AnswerBody body =
          encoding == Encoding.JSON ? withCounts(error, failure) : encoding.write(error);
      return new Answer(false, encoding.contentType(), body, 0, call, state(failure));
    } catch (IOException e) {
      throw new IllegalStateException("an error cannot be written", e);
    }
  }

  /** Avatica has no place for the counts of a batch that failed. */
  private static AnswerBody withCounts(Service.ErrorResponse error, SQLException failure)
      throws IOException {
    ObjectNode node = JSON.valueToTree(error);
    if (failure instanceof BatchUpdateException batch) {
      node.set("updateCounts", JSON.valueToTree(batch.getLargeUpdateCounts()));
    }
    return Encoding.json(node);
  }

  private static Answer kadbError(String call, SQLException failure) {
    ObjectNode node = JSON.createObjectNode();
    // An answer that took long has the status of a success.
    node.put("response", "error");
    node.put("error", RemoteErrors.text(failure));
    node.put("sqlState", state(failure));
    node.put("errorCode", errorCode(failure));
    node.putArray("warnings");
    byte[] body = node.toString().getBytes(StandardCharsets.UTF_8);
    return json(false, AnswerBody.of(body), 0, call, state(failure));
  }

  private static Answer json(
      boolean ok, AnswerBody body, int warnings, String call, String sqlState) {
    return new Answer(ok, Encoding.JSON.contentType(), body, warnings, call, sqlState);
  }

  private static String state(SQLException failure) {
    String state = failure.getSQLState();
    return state == null ? RemoteErrors.DEFECT : state;
  }

  /** Avatica's driver opens a connection again, unnoticed, when it sees its own code for that. */
  private static int errorCode(SQLException failure) {
    int code = failure.getErrorCode();
    return code == Service.ErrorResponse.MISSING_CONNECTION_ERROR_CODE ? 0 : code;
  }
}
