package io.kadb.fuzz;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that name their schema by an id; a small server on this machine knows schema 1 only. */
class AvroRegistryFuzzTest {
  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"n\",\"type\":[\"null\",\"int\"]},"
          + "{\"name\":\"v\",\"type\":\"string\"}]}";

  private static final HttpServer REGISTRY = registry();
  private static final DecoderProbe PROBE =
      new DecoderProbe(
          "avro_registry",
          Map.of(
              "schema_registry_url",
              "http://127.0.0.1:" + REGISTRY.getAddress().getPort(),
              "k_latency_ms",
              "2000"));

  @MethodSource("messages")
  @FuzzTest
  void readsAnyBytes(byte[] value) {
    BugDetectors.allowNetworkConnections();
    PROBE.decode(value, "n integer", "v text");
    PROBE.decode(value, "n text", "v uuid");
  }

  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of((Object) new byte[] {0, 0, 0, 0, 1, 2, 14, 4, 'a', 'b'}),
        Arguments.of((Object) new byte[] {0, 0, 0, 0, 1, 0, 0}),
        Arguments.of((Object) new byte[] {0, 0, 0, 0, 2, 0, 0}),
        Arguments.of((Object) new byte[] {1, 0, 0, 0, 1, 0, 0}),
        Arguments.of((Object) new byte[] {0, 0, 0}));
  }

  @AfterAll
  static void stop() {
    REGISTRY.stop(0);
  }

  private static HttpServer registry() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/schemas/ids/",
          exchange -> {
            boolean known = exchange.getRequestURI().getPath().endsWith("/1");
            String quoted = SCHEMA.replace("\"", "\\\"");
            String body =
                known
                    ? "{\"schema\":\"" + quoted + "\"}"
                    : "{\"error_code\":40403,\"message\":\"none\"}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
