package io.kadb.driver.wire;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the server knows it: its id and the way to it. Requests go one at a time, except
 * those that say so. Thread-safe.
 *
 * <p>A session whose server stopped answering is lost: what the last request did is not known, so
 * nothing that depends on it may go on.
 */
public final class Session {
  private static final String AVATICA = "/";
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /** What the last words of a lost or aborted session may take. */
  private static final int LAST_WORDS_MILLIS = 2_000;

  private final Channel channel;
  private final String id;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile int networkTimeoutMillis;
  private volatile boolean lost;

  Session(Channel channel, String id, int networkTimeoutMillis) {
    this.channel = channel;
    this.id = id;
    this.networkTimeoutMillis = networkTimeoutMillis;
  }

  /** Returns the server's host and port. */
  public Endpoint endpoint() {
    return channel.endpoint();
  }

  String id() {
    return id;
  }

  public int networkTimeoutMillis() {
    return networkTimeoutMillis;
  }

  /** Sets the most time without a byte of an answer; 0 for no limit. */
  public void setNetworkTimeoutMillis(int millis) {
    networkTimeoutMillis = millis;
  }

  /** Returns whether the server stopped answering. */
  public boolean isLost() {
    return lost;
  }

  /** Sends one of Avatica's requests. */
  Answer request(Fields request) throws SQLException {
    return request(request, Collections.emptyMap());
  }

  Answer request(Fields request, Map<String, String> headers) throws SQLException {
    return inTurn(AVATICA, request, headers);
  }

  /** Sends a request of kadb's own. */
  Answer call(String path, Fields request) throws SQLException {
    return inTurn(path, request, Collections.emptyMap());
  }

  /** Sends a request beside the one that may be under way. */
  Answer callBeside(String path, Fields request, int timeoutMillis) throws SQLException {
    try {
      return understood(
          channel.send(path, Collections.emptyMap(), Json.write(request.asMap()), timeoutMillis));
    } catch (IOException e) {
      throw noAnswer(e);
    }
  }

  private Answer inTurn(String path, Fields request, Map<String, String> headers)
      throws SQLException {
    lock.lock();
    try {
      return send(path, request, headers, networkTimeoutMillis);
    } finally {
      lock.unlock();
    }
  }

  private Answer send(String path, Fields request, Map<String, String> headers, int timeoutMillis)
      throws SQLException {
    if (lost) {
      throw SqlExceptions.of(
          "the connection to " + endpoint() + " was lost", States.CONNECTION_LOST);
    }
    try {
      byte[] body = Json.write(request.asMap());
      return understood(channel.send(path, headers, body, timeoutMillis));
    } catch (IOException e) {
      lost = true;
      channel.close();
      throw noAnswer(e);
    }
  }

  private SQLException noAnswer(IOException e) {
    if (e instanceof LoginFailure) {
      return SqlExceptions.of(
          "the connection to " + endpoint() + " was lost: " + describe(e), States.LOGIN_REFUSED, e);
    }
    String why = e instanceof SocketTimeoutException ? "no answer in time" : describe(e);
    return SqlExceptions.of(
        "the connection to " + endpoint() + " was lost: " + why, States.CONNECTION_LOST, e);
  }

  /** Closes the session at the server and all sockets. Asks a lost one only briefly. */
  public void close() throws SQLException {
    try {
      if (lost) {
        sayGoodbye();
      } else {
        request(Fields.with("request", "closeConnection").and("connectionId", id));
      }
    } finally {
      channel.close();
    }
  }

  /** Breaks off whatever is under way. */
  public void abort() {
    lost = true;
    channel.close();
  }

  /** Tells the server that the session has ended, if it can be told. */
  public void sayGoodbye() {
    try {
      Fields goodbye = Fields.with("request", "closeConnection").and("connectionId", id);
      byte[] body = Json.write(goodbye.asMap());
      channel.sendOnce(AVATICA, Collections.emptyMap(), body, LAST_WORDS_MILLIS);
    } catch (IOException e) {
      // The server's own timers end what nobody uses.
    }
  }

  Answer understood(HttpAnswer answer) throws SQLException {
    Fields fields = fields(answer);
    boolean failed = !answer.isOk() || fields.text("response").equals("error");
    if (failed) {
      throw failure(answer.status(), fields);
    }
    return new Answer(fields, answer.hasWarnings());
  }

  private Fields fields(HttpAnswer answer) throws SQLException {
    if (!answer.isJson()) {
      throw failure(answer.status(), Fields.with("error", null));
    }
    try {
      return Fields.of(Json.read(answer.body()));
    } catch (IOException e) {
      throw SqlExceptions.of(
          "the answer of " + endpoint() + " is not JSON", States.PROTOCOL_VIOLATION, e);
    }
  }

  private SQLException failure(int status, Fields fields) throws SQLException {
    String text = fields.text("errorMessage") + fields.text("error");
    String state = fields.text("sqlState");
    if (state.isEmpty()) {
      state = state(status);
    }
    if (text.isEmpty()) {
      text = endpoint() + " answered with HTTP status " + status;
    }
    SQLException failure =
        SqlExceptions.of(text, state, Math.max(0, fields.integer("errorCode")), null);
    return fields.any("updateCounts") == null
        ? failure
        : Batches.failure(failure, fields.array("updateCounts"));
  }

  private static String state(int status) {
    switch (status) {
      case UNAUTHORIZED:
        return States.LOGIN_REFUSED;
      case FORBIDDEN:
        return States.NOT_ALLOWED;
      default:
        return States.PROTOCOL_VIOLATION;
    }
  }

  static String describe(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** What the server answered. */
  static final class Answer {
    private final Fields fields;
    private final boolean warnings;

    Answer(Fields fields, boolean warnings) {
      this.fields = fields;
      this.warnings = warnings;
    }

    Fields fields() {
      return fields;
    }

    /** Returns whether there are warnings to fetch. */
    boolean hasWarnings() {
      return warnings;
    }
  }

  /** Returns an object's field as an answer has it, or fails. */
  static Fields required(@Nullable Fields found, String wanted) throws SQLException {
    if (found == null) {
      throw Fields.unexpected(wanted, null);
    }
    return found;
  }
}
