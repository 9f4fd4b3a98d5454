package io.kadb.benchmark.micro;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A server whose results have no end: it gives the second frame of the first one again and again,
 * under another offset each time. Everything else is answered by the real calls, so that what is
 * left of a read is what the driver does.
 */
final class RepeatingServer implements AutoCloseable {
  private static final String KADB = "/kadb/";
  private static final String OFFSET = "\"offset\":";

  private final ServerConversation conversation;
  private final HttpServer http;
  private byte[] beforeOffset = {};
  private byte[] afterOffset = {};

  RepeatingServer(Path home) throws IOException {
    conversation = new ServerConversation(home, "thin/1", false);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::serve);
    http.start();
  }

  /** Returns host and port. */
  String address() {
    return http.getAddress().getAddress().getHostAddress() + ":" + http.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] message;
    try (InputStream body = exchange.getRequestBody()) {
      message = body.readAllBytes();
    }
    String path = exchange.getRequestURI().getPath();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    String text = new String(message, StandardCharsets.UTF_8);
    if (text.contains("\"fetch\"")) {
      fetch(exchange, message, text);
      return;
    }
    String call = path.startsWith(KADB) ? path.substring(KADB.length()) : "";
    answer(exchange, conversation.serve(call, message).body());
  }

  private void fetch(HttpExchange exchange, byte[] message, String text) throws IOException {
    if (afterOffset.length == 0) {
      String first = new String(conversation.serve("", message).body(), StandardCharsets.UTF_8);
      int offset = first.indexOf(OFFSET) + OFFSET.length();
      beforeOffset = first.substring(0, offset).getBytes(StandardCharsets.UTF_8);
      afterOffset = first.substring(digitsEnd(first, offset)).getBytes(StandardCharsets.UTF_8);
    }
    int from = text.indexOf(OFFSET) + OFFSET.length();
    byte[] offset = text.substring(from, digitsEnd(text, from)).getBytes(StandardCharsets.UTF_8);
    answer(exchange, beforeOffset, offset, afterOffset);
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static void answer(HttpExchange exchange, byte[]... parts) throws IOException {
    long length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    exchange.sendResponseHeaders(200, length);
    try (OutputStream body = exchange.getResponseBody()) {
      for (byte[] part : parts) {
        body.write(part);
      }
    }
  }

  @Override
  public void close() {
    http.stop(0);
    conversation.close();
  }
}
