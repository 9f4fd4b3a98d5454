package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kadb.server.remote.Metric;
import io.kadb.testing.TcpProxy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets that break: the client sends again, and neither loses a row nor sees one twice. */
class BrokenSocketsIT extends KafkaServerFixture {
  private static final int ROWS = 60;
  private static final int FRAME = 7;

  @Test
  void everyFrameCanGetLostOnItsWay() throws Exception {
    numbers(ROWS);
    try (TcpProxy proxy = new TcpProxy()) {
      proxy.forwardTo("127.0.0.1", server.port());
      ThinMessages client = new ThinMessages("http://127.0.0.1:" + proxy.port()).open();
      int statement = client.createStatement();
      ThinMessages.Reply reply = client.run(statement, "SELECT v FROM t", FRAME);
      List<Integer> values = new ArrayList<>();
      add(values, reply);
      while (!reply.done()) {
        long offset = values.size();
        long frames = server.metrics().value(Metric.FRAMES);
        proxy.slow(Duration.ofMillis(30));
        CompletableFuture<ThinMessages.Reply> lost =
            CompletableFuture.supplyAsync(() -> client.fetch(statement, offset, FRAME));
        await(() -> server.metrics().value(Metric.FRAMES) > frames, "no frame was taken");
        // The server has given the frame away, and it is still on its way.
        proxy.cut();
        proxy.restore();
        assertThat(lost.handle((answer, failure) -> failure != null).join()).isTrue();
        reply = client.fetch(statement, offset, FRAME);
        add(values, reply);
      }
      assertThat(values).hasSize(ROWS).doesNotHaveDuplicates().isSorted();
      assertThat(stored()).isEmpty();
      assertThat(client.end(statement).status()).isEqualTo(200);
      assertThat(stored()).isEqualTo(Integer.toString(ROWS));
    }
  }

  private static void add(List<Integer> values, ThinMessages.Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    for (JsonNode row : reply.frame().path("rows")) {
      values.add(row.path(0).asInt());
    }
  }

  /** Cuts the socket when it has read the head of an answer, or keeps it open. */
  private Socket fetchBySocket(String message, boolean cut) throws IOException {
    byte[] body = message.getBytes(StandardCharsets.UTF_8);
    Socket socket = new Socket("127.0.0.1", server.port());
    OutputStream out = socket.getOutputStream();
    String head = "POST / HTTP/1.1\r\nHost: kadb\r\nContent-Length: " + body.length + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    InputStream in = socket.getInputStream();
    assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
    if (cut) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
    return socket;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNextCallOfAvaticasDriverCountsUnlessTheSocketOfTheLastRowsBroke(boolean cut)
      throws Exception {
    numbers(ROWS);
    ThinMessages client = thin().openPlain();
    int statement = client.createStatement();
    ThinMessages.Reply first = client.run(statement, "SELECT v FROM t", ROWS / 2);
    assertThat(first.rows()).isEqualTo(ROWS / 2);
    String last = client.fetchRequest(statement, ROWS / 2, ROWS).toString();
    try (Socket socket = fetchBySocket(last, cut)) {
      assertThat(client.closeStatement(statement).sqlState()).isEqualTo(cut ? "40001" : "");
      assertThat(stored()).isEqualTo(cut ? "" : Integer.toString(ROWS));
      assertThat(socket.isClosed()).isEqualTo(cut);
    }
  }
}
