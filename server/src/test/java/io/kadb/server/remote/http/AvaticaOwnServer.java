package io.kadb.server.remote.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.calcite.avatica.jdbc.JdbcMeta;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.Handler.HandlerResponse;
import org.apache.calcite.avatica.remote.JsonHandler;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/** The server that Avatica itself brings, over kadb's driver: what ours is compared with. */
final class AvaticaOwnServer implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final JsonHandler json;
  private final ProtobufHandler protobuf;

  AvaticaOwnServer(String home) throws IOException, SQLException {
    this(home, Map.of());
  }

  /**
   * Starts a server.
   *
   * @param settings of Avatica, such as its times
   */
  AvaticaOwnServer(String home, Map<String, String> settings) throws IOException, SQLException {
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.put("kadb.home", home);
    Service service = new LocalService(new JdbcMeta("jdbc:kadb:", properties));
    service.setRpcMetadata(new Service.RpcMetadataResponse("localhost"));
    NoopMetricsSystem metrics = NoopMetricsSystem.getInstance();
    json = new JsonHandler(service, metrics);
    protobuf = new ProtobufHandler(service, new ProtobufTranslationImpl(), metrics);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::handle);
    http.setExecutor(threads);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] message = exchange.getRequestBody().readAllBytes();
      if (message[0] == '{') {
        HandlerResponse<String> answer = json.apply(new String(message, StandardCharsets.UTF_8));
        send(
            exchange,
            answer.getStatusCode(),
            answer.getResponse().getBytes(StandardCharsets.UTF_8));
      } else {
        HandlerResponse<byte[]> answer = protobuf.apply(message);
        send(exchange, answer.getStatusCode(), answer.getResponse());
      }
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
