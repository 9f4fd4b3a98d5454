package io.kadb.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.Service;

/**
 * A server of the protocol without an engine: answers as it is told, repeats answers to requests
 * that come again, and drops connections on demand. What Avatica's messages are, Avatica's own
 * classes decide.
 */
public final class ScriptedServer implements AutoCloseable {
  /** What is done to an answer on its way. */
  public enum Fate {
    ARRIVES,
    /** The request is lost before the server has done anything. */
    LOST_BEFORE,
    /** The server has done what it should, and nothing of the answer arrives. */
    LOST_AFTER,
    /** Half of the answer arrives. */
    CUT
  }

  /** An answer: a status and a body, and how many warnings wait. */
  public record Reply(int status, String body, int warnings) {
    public static Reply ok(Object body) {
      return new Reply(200, json(body), 0);
    }

    public static Reply error(String state, String text) {
      ObjectNode body = JsonService.MAPPER.createObjectNode();
      return new Reply(
          500, body.put("error", text).put("sqlState", state).put("errorCode", 7).toString(), 0);
    }

    public Reply withWarnings(int count) {
      return new Reply(status, body, count);
    }
  }

  /** A request as the server saw it. */
  public record Seen(String path, String id, JsonNode body, Map<String, List<String>> headers) {
    /** Returns Avatica's name of the request, or the path of another. */
    public String name() {
      return path.equals("/") ? body.get("request").asText() : path;
    }
  }

  static {
    // Otherwise each answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Map<String, CompletableFuture<Reply>> given = new ConcurrentHashMap<>();
  private final Function<Seen, Reply> script;
  private volatile Function<Integer, Fate> fates = number -> Fate.ARRIVES;
  private int arrived;

  public ScriptedServer(Function<Seen, Reply> script) {
    this(script, 0);
  }

  public ScriptedServer(Function<Seen, Reply> script, int port) {
    this.script = script;
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext("/", this::handle);
    http.setExecutor(threads);
    http.start();
  }

  public int port() {
    return http.getAddress().getPort();
  }

  public String url() {
    return "jdbc:kadb://127.0.0.1:" + port();
  }

  /** Says what becomes of each request, counted from 0. */
  public void fates(Function<Integer, Fate> newFates) {
    arrived = 0;
    fates = newFates;
  }

  /** Returns the requests that were answered, in order, those that came again only once. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  public List<String> names() {
    return seen.stream().map(Seen::name).toList();
  }

  public long count(String name) {
    return names().stream().filter(name::equals).count();
  }

  public static String json(Object value) {
    try {
      return JsonService.MAPPER.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a request as Avatica reads it, which fails for what Avatica does not know. */
  public static <T extends Service.Request> T avatica(Seen request, Class<T> type) {
    try {
      return type.cast(
          JsonService.MAPPER.readValue(request.body().toString(), Service.Request.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String id = exchange.getRequestHeaders().getFirst("X-Kadb-Request");
    Fate fate;
    synchronized (this) {
      fate = fates.apply(arrived++);
    }
    if (fate == Fate.LOST_BEFORE) {
      exchange.close();
      return;
    }
    // Not computeIfAbsent(): a script that waits would hold up other requests.
    CompletableFuture<Reply> own = new CompletableFuture<>();
    CompletableFuture<Reply> known = given.putIfAbsent(id, own);
    if (known == null) {
      own.complete(reply(seen(exchange, id, body)));
    }
    answer(exchange, (known == null ? own : known).join(), fate);
  }

  private Reply reply(Seen request) {
    seen.add(request);
    try {
      return script.apply(request);
    } catch (RuntimeException e) {
      return Reply.error("XX000", "the script failed: " + e);
    }
  }

  private static Seen seen(HttpExchange exchange, String id, byte[] body) {
    try {
      return new Seen(
          exchange.getRequestURI().getPath(),
          id,
          JsonService.MAPPER.readTree(body),
          Map.copyOf(exchange.getRequestHeaders()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(HttpExchange exchange, Reply reply, Fate fate) throws IOException {
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("X-Kadb-Warnings", String.valueOf(reply.warnings()));
    if (fate != Fate.LOST_AFTER) {
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange
          .getResponseBody()
          .write(bytes, 0, fate == Fate.CUT ? bytes.length / 2 : bytes.length);
      if (fate == Fate.CUT) {
        exchange.getResponseBody().flush();
      }
    }
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  /** Returns the rows of numbers from one, inclusively, to another, exclusively. */
  public static List<Object> numbers(long from, long to) {
    List<Object> rows = new ArrayList<>();
    for (long i = from; i < to; i++) {
      rows.add(List.of(i, "row " + i));
    }
    return rows;
  }
}
