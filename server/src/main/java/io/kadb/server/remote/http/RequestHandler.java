package io.kadb.server.remote.http;

import io.kadb.server.remote.Answer;
import io.kadb.server.remote.AnswerBody;
import io.kadb.server.remote.Caller;
import io.kadb.server.remote.Carrier;
import io.kadb.server.remote.Departure;
import io.kadb.server.remote.Exposition;
import io.kadb.server.remote.Metric;
import io.kadb.server.remote.Metrics;
import io.kadb.server.remote.Padding;
import io.kadb.server.remote.RemoteCalls;
import io.kadb.server.remote.RemoteErrors;
import io.kadb.server.remote.Wanted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The paths of the server: {@code POST /} takes Avatica's messages, {@code POST /kadb/…} kadb's
 * own, {@code GET /health} and {@code GET /metrics} are for those who watch it.
 */
final class RequestHandler extends Handler.Abstract {
  private static final String REQUEST_ID = "X-Kadb-Request";
  private static final String WANTED = "X-Kadb-Wanted";
  static final String WARNINGS = "X-Kadb-Warnings";
  private static final String KADB = "/kadb/";

  private final RemoteCalls calls;
  private final Login login;
  private final Health health;
  private final Metrics metrics;
  private final int mostBytes;
  private final Duration silence;

  /**
   * Creates the handler.
   *
   * @param mostBytes the most bytes of a request
   * @param silence the longest time without a byte to a client that waits for its answer
   */
  RequestHandler(
      RemoteCalls calls,
      Login login,
      Health health,
      Metrics metrics,
      int mostBytes,
      Duration silence) {
    this.calls = calls;
    this.login = login;
    this.health = health;
    this.metrics = metrics;
    this.mostBytes = mostBytes;
    this.silence = silence;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Exchanged exchanged = answer(request, response);
    AccessLog.note(request, exchanged);
    send(response, exchanged, callback);
    return true;
  }

  private Exchanged answer(Request request, Response response) throws IOException {
    String path = Request.getPathInContext(request);
    boolean get = request.getMethod().equals("GET");
    if (get && path.equals("/health")) {
      Health.Report report = health.report();
      int status = report.ok() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503;
      return Exchanged.plain(status, "application/json", report.json(), "health");
    }
    String user;
    try {
      user = user(request, response.getHeaders());
    } catch (Login.LoginException e) {
      return Exchanged.unauthorized(
          RemoteCalls.refused(start(request), new SQLException(e.getMessage(), "28000")));
    }
    if (get && path.equals("/metrics")) {
      return Exchanged.plain(HttpStatus.OK_200, Exposition.CONTENT_TYPE, metrics.text(), "metrics");
    }
    if (!request.getMethod().equals("POST")) {
      return Exchanged.plain(
          HttpStatus.NOT_FOUND_404,
          "text/plain",
          "kadb server: POST a message of Avatica\n",
          "none");
    }
    return message(request, response, user);
  }

  private String user(Request request, HttpFields.Mutable headers) throws Login.LoginException {
    Optional<String> user;
    try {
      user = login.user(request, headers);
    } catch (Login.LoginException e) {
      metrics.count(Metric.LOGINS, "refused", 1);
      throw new Login.LoginException("the login failed: " + e.getMessage());
    }
    metrics.count(Metric.LOGINS, user.isPresent() ? "accepted" : "missing", 1);
    return user.orElseThrow(() -> new Login.LoginException("this server wants a login"));
  }

  private Exchanged message(Request request, Response response, String user) throws IOException {
    long begun = System.nanoTime();
    byte[] body = body(request);
    if (body.length > mostBytes) {
      return Exchanged.of(
          user,
          RemoteCalls.refused(
              body,
              RemoteErrors.limit(
                  "the request is larger than " + mostBytes + " bytes", "max-request-bytes")));
    }
    Departure departure = new Departure();
    Scheduler timer = request.getComponents().getScheduler();
    Pulse pulse = new Pulse(response, Padding.of(body), departure, timer, silence);
    pulse.start();
    Answer answer;
    boolean early;
    try {
      answer = serve(request, user, departure, body);
    } finally {
      early = pulse.stop();
    }
    metrics.count(Metric.REQUESTS, answer.call(), 1);
    metrics.count(Metric.REQUEST_NANOS, answer.call(), System.nanoTime() - begun);
    metrics.count(Metric.BYTES_IN, body.length);
    metrics.count(Metric.BYTES_OUT, answer.content().length());
    if (!answer.ok()) {
      metrics.count(Metric.ERRORS, answer.sqlState(), 1);
    }
    return early ? Exchanged.begun(user, answer, pulse) : Exchanged.of(user, answer);
  }

  private Answer serve(Request request, String user, Departure departure, byte[] body) {
    try {
      String path = Request.getPathInContext(request);
      Caller caller = caller(request, user, departure);
      return path.startsWith(KADB)
          ? calls.kadb(caller, path.substring(KADB.length()), body)
          : calls.avatica(caller, body);
    } catch (SQLException e) {
      return RemoteCalls.refused(body, e);
    }
  }

  private static Caller caller(Request request, String user, Departure departure)
      throws SQLException {
    return new Caller(
        user,
        Optional.ofNullable(request.getHeaders().get(REQUEST_ID)),
        Wanted.of(request.getHeaders().get(WANTED)),
        new Socket(request.getConnectionMetaData().getConnection().getEndPoint()),
        departure);
  }

  /** The socket of a request. */
  private record Socket(EndPoint endPoint) implements Carrier {
    @Override
    public boolean isOpen() {
      return endPoint.isOpen() && !endPoint.isInputShutdown();
    }
  }

  /** Returns the message; one byte too many if it is larger than allowed. */
  private byte[] body(Request request) throws IOException {
    try (InputStream in = Request.asInputStream(request)) {
      return in.readNBytes(mostBytes + 1);
    }
  }

  /** Returns enough of the message to see its form. */
  private static byte[] start(Request request) throws IOException {
    try (InputStream in = Request.asInputStream(request)) {
      return in.readNBytes(1);
    }
  }

  private void send(Response response, Exchanged exchanged, Callback callback) {
    Pulse pulse = exchanged.pulse();
    if (pulse != null) {
      pulse.finish(exchanged.body(), callback);
      return;
    }
    response.setStatus(exchanged.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, exchanged.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, exchanged.body().length());
    if (exchanged.warnings() > 0) {
      response.getHeaders().put(WARNINGS, exchanged.warnings());
    }
    if (exchanged.status() == HttpStatus.UNAUTHORIZED_401) {
      login.challenges().forEach(c -> response.getHeaders().add(HttpHeader.WWW_AUTHENTICATE, c));
    }
    Sending.send(response, exchanged.body().parts(), callback);
  }

  /**
   * What goes back.
   *
   * @param user who asked
   * @param call what was asked for, in one word
   * @param pulse what has begun the answer; null if nothing has
   */
  record Exchanged(
      int status,
      String contentType,
      AnswerBody body,
      int warnings,
      String user,
      String call,
      @Nullable Pulse pulse) {
    static Exchanged of(String user, Answer answer) {
      // Avatica's driver reads no errors from answers of any other status of failure.
      int status = answer.ok() ? HttpStatus.OK_200 : HttpStatus.INTERNAL_SERVER_ERROR_500;
      return of(user, answer, status, null);
    }

    static Exchanged begun(String user, Answer answer, Pulse pulse) {
      return of(user, answer, HttpStatus.OK_200, pulse);
    }

    private static Exchanged of(String user, Answer answer, int status, @Nullable Pulse pulse) {
      return new Exchanged(
          status,
          answer.contentType(),
          answer.content(),
          answer.warnings(),
          user,
          answer.call(),
          pulse);
    }

    static Exchanged unauthorized(Answer answer) {
      return new Exchanged(
          HttpStatus.UNAUTHORIZED_401,
          answer.contentType(),
          answer.content(),
          0,
          "",
          "login",
          null);
    }

    static Exchanged plain(int status, String contentType, String text, String call) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new Exchanged(status, contentType, AnswerBody.of(bytes), 0, "", call, null);
    }
  }
}
