package io.kadb.server.remote.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy before a server that may send each request by a socket of its own, as balancers do. */
final class MixedSockets implements AutoCloseable {
  private static final List<String> PASSED =
      List.of("Authorization", "Cookie", "X-Kadb-Request", "X-Kadb-Wanted");

  private final int serverPort;
  private final boolean mixes;
  private final HttpServer proxy;
  private final List<RawHttp> kept = new ArrayList<>();

  /** How many requests showed a ticket. */
  final AtomicInteger tickets = new AtomicInteger();

  /** How many requests showed a cookie. */
  final AtomicInteger cookies = new AtomicInteger();

  /**
   * Starts a proxy.
   *
   * @param mixes whether each request has its own socket; otherwise all go by one
   */
  MixedSockets(int serverPort, boolean mixes) throws IOException {
    this.serverPort = serverPort;
    this.mixes = mixes;
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
    proxy.createContext("/", this::pass);
    proxy.start();
  }

  int port() {
    return proxy.getAddress().getPort();
  }

  private void pass(HttpExchange exchange) throws IOException {
    List<String> headers = new ArrayList<>();
    for (String name : PASSED) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        headers.add(name + ": " + value);
      }
    }
    tickets.addAndGet(exchange.getRequestHeaders().containsKey("Authorization") ? 1 : 0);
    cookies.addAndGet(exchange.getRequestHeaders().containsKey("Cookie") ? 1 : 0);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    RawHttp.Reply reply =
        socket().post(exchange.getRequestURI().getPath(), body, headers.toArray(new String[0]));
    for (String name : List.of("WWW-Authenticate", "Set-Cookie", "X-Kadb-Warnings")) {
      reply.values(name).forEach(value -> exchange.getResponseHeaders().add(name, value));
    }
    exchange.sendResponseHeaders(reply.status(), reply.body().length);
    exchange.getResponseBody().write(reply.body());
    exchange.close();
  }

  private RawHttp socket() throws IOException {
    if (kept.isEmpty() || mixes) {
      kept.add(0, new RawHttp(serverPort));
    }
    return kept.get(0);
  }

  @Override
  public void close() throws IOException {
    proxy.stop(0);
    for (RawHttp socket : kept) {
      socket.close();
    }
  }
}
