package io.kadb.benchmark.micro;

import io.kadb.server.remote.Answer;
import io.kadb.server.remote.Caller;
import io.kadb.server.remote.Carrier;
import io.kadb.server.remote.ConnectionLimits;
import io.kadb.server.remote.Departure;
import io.kadb.server.remote.FrameLimits;
import io.kadb.server.remote.Metrics;
import io.kadb.server.remote.RemoteCalls;
import io.kadb.server.remote.RemoteConnections;
import io.kadb.server.remote.Wanted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/**
 * What the server does for one client, without HTTP: messages of Avatica's protocol go in and come
 * out as bytes.
 */
final class ServerConversation implements AutoCloseable {
  /** How many rows each frame has. */
  static final int FRAME_ROWS = 1_000;

  private static final String CONNECTION = "benchmark";
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final ProtobufTranslation PROTOBUF = new ProtobufTranslationImpl();

  private final RemoteConnections connections;
  private final RemoteCalls calls;
  private final boolean protobuf;

  /**
   * Begins a conversation.
   *
   * @param home the folder of the server's store
   * @param client what the client says of itself; {@code thin/1} is kadb's own driver
   * @param protobuf whether it speaks protobuf, otherwise JSON
   */
  ServerConversation(Path home, String client, boolean protobuf) throws IOException {
    // Frames are sent when they are full, never because time has passed.
    FrameLimits frames = new FrameLimits(FRAME_ROWS, 1 << 26, LONG, LONG);
    ConnectionLimits limits = new ConnectionLimits(10, 10, Duration.ZERO, LONG, LONG, frames);
    this.connections =
        new RemoteConnections(Map.of("kadb.home", home.toString()), limits, new Metrics());
    this.calls = new RemoteCalls(connections);
    this.protobuf = protobuf;
    send(new Service.OpenConnectionRequest(CONNECTION, Map.of("kadb.client", client)));
  }

  /** Returns the number of a statement that is prepared. */
  int prepare(String sql) throws IOException {
    byte[] answer = send(new Service.PrepareRequest(CONNECTION, sql, -1)).body();
    Service.Response read =
        protobuf
            ? PROTOBUF.parseResponse(answer)
            : JsonService.MAPPER.readValue(answer, Service.Response.class);
    return ((Service.PrepareResponse) read).statement.id;
  }

  /** Runs a statement and fetches its frames; returns how many bytes they have. */
  long read(int statement, int rows) throws IOException {
    Meta.StatementHandle handle = new Meta.StatementHandle(CONNECTION, statement, null);
    long bytes = send(new Service.ExecuteRequest(handle, List.of(), FRAME_ROWS)).content().length();
    for (int offset = FRAME_ROWS; offset < rows; offset += FRAME_ROWS) {
      bytes +=
          send(new Service.FetchRequest(CONNECTION, statement, offset, FRAME_ROWS))
              .content()
              .length();
    }
    String ended = "{\"connectionId\":\"" + CONNECTION + "\",\"statementId\":" + statement + "}";
    serve("end", ended.getBytes(StandardCharsets.UTF_8));
    return bytes;
  }

  private Answer send(Service.Request request) throws IOException {
    return serve(
        "",
        protobuf
            ? PROTOBUF.serializeRequest(request)
            : JsonService.MAPPER.writeValueAsBytes(request));
  }

  /**
   * Serves a message.
   *
   * @param call the call of kadb's own, empty for those of Avatica
   */
  Answer serve(String call, byte[] message) {
    Caller caller =
        new Caller("", Optional.empty(), Wanted.ANYTHING, new AlwaysOpen(), new Departure());
    Answer answer =
        call.isEmpty() ? calls.avatica(caller, message) : calls.kadb(caller, call, message);
    if (!answer.ok()) {
      throw new IllegalStateException(new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer;
  }

  @Override
  public void close() {
    connections.close();
  }

  /** The way between two parts of one process. */
  private record AlwaysOpen() implements Carrier {
    @Override
    public boolean isOpen() {
      return true;
    }
  }
}
