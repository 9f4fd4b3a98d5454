package io.kadb.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.driver.ScriptedServer.Fate;
import io.kadb.driver.ScriptedServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No row is lost or doubled and nothing is done twice, wherever the network breaks. */
@Timeout(60)
class BrokenNetworkTest {
  private static final int ROWS = 25;

  /** createStatement, prepareAndExecute, two fetches, /kadb/end, closeStatement. */
  private static final int REQUESTS = 6;

  private final NumbersScript script = new NumbersScript(ROWS);

  @ParameterizedTest
  @EnumSource(Fate.class)
  void readsEveryRowOnceWhateverRequestIsLost(Fate fate) throws SQLException {
    for (int lost = 0; lost < REQUESTS; lost++) {
      int number = lost;
      NumbersScript fresh = new NumbersScript(ROWS);
      try (ScriptedServer server = new ScriptedServer(fresh);
          Connection connection = DriverManager.getConnection(server.url())) {
        server.fates(n -> n == number ? fate : Fate.ARRIVES);
        assertThat(drain(connection))
            .as("request %d is lost", lost)
            .isEqualTo(LongStream.range(0, ROWS).boxed().toList());
        assertThat(server.names())
            .containsExactly(
                "openConnection",
                "createStatement",
                "prepareAndExecute",
                "fetch",
                "fetch",
                "/kadb/end",
                "closeStatement");
      }
    }
  }

  @Test
  void readsEveryRowOnceThoughEverySecondRequestIsCut() throws SQLException {
    try (ScriptedServer server = new ScriptedServer(script);
        Connection connection = DriverManager.getConnection(server.url())) {
      server.fates(n -> n % 2 == 0 ? Fate.CUT : Fate.ARRIVES);
      assertThat(drain(connection)).hasSize(ROWS).doesNotHaveDuplicates();
      assertThat(script.confirmed).hasValue(1);
    }
  }

  @Test
  void losesTheConnectionWhenNoAnswerEverComes() throws SQLException {
    try (ScriptedServer server = new ScriptedServer(script)) {
      Connection connection = DriverManager.getConnection(server.url());
      Statement statement = connection.createStatement();
      server.fates(n -> Fate.LOST_AFTER);
      assertThatThrownBy(() -> statement.executeQuery("q"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));
      server.fates(n -> Fate.ARRIVES);
      assertThat(connection.isValid(1)).isFalse();
      assertThatThrownBy(() -> statement.executeQuery("q"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));
      connection.close();
      assertThat(script.closedConnections).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 2_000_000_000L, 2_147_483_647L, 3_000_000_000L})
  void doesNotTrustWhatAnAnswerSaysOfItsLength(long length) throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      threads.submit(() -> answerAll(server, length));
      String url = "jdbc:kadb://127.0.0.1:" + server.getLocalPort() + "/";
      assertThatThrownBy(() -> DriverManager.getConnection(url))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    } finally {
      threads.shutdownNow();
    }
  }

  /** Sends two bytes, whatever length it says, and closes. */
  private static Void answerAll(ServerSocket server, long length) throws IOException {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n{}";
    while (true) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[1 << 16]);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();
        socket.getInputStream().read(new byte[1 << 16]);
      }
    }
  }

  @Test
  void refusesAFrameFromAnotherPlace() throws SQLException {
    script.instead =
        r ->
            r.name().equals("fetch")
                ? Reply.ok(
                    new Service.FetchResponse(
                        new Meta.Frame(11, true, ScriptedServer.numbers(11, 25)),
                        false,
                        false,
                        null))
                : null;
    try (ScriptedServer server = new ScriptedServer(script);
        Connection connection = DriverManager.getConnection(server.url())) {
      assertThatThrownBy(() -> drain(connection))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08P01"));
      assertThat(script.confirmed).hasValue(0);
    }
  }

  @Test
  void neverRunsAStatementAgainThatTheServerLost() throws SQLException {
    script.instead =
        r ->
            r.name().equals("fetch")
                ? Reply.ok(new Service.FetchResponse(null, true, true, null))
                : null;
    try (ScriptedServer server = new ScriptedServer(script);
        Connection connection = DriverManager.getConnection(server.url())) {
      assertThatThrownBy(() -> drain(connection))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("26000"));
      assertThat(server.count("prepareAndExecute")).isEqualTo(1);
      assertThat(script.confirmed).hasValue(0);
    }
  }

  @Test
  void goesOnAfterFramesWithoutRows() throws SQLException {
    script.instead =
        new Function<>() {
          private int left = 3;

          @Override
          public Reply apply(ScriptedServer.Seen request) {
            if (!request.name().equals("fetch") || left-- <= 0) {
              return null;
            }
            long offset = request.body().get("offset").asLong();
            return Reply.ok(
                new Service.FetchResponse(
                    new Meta.Frame(offset, false, List.of()), false, false, null));
          }
        };
    try (ScriptedServer server = new ScriptedServer(script);
        Connection connection = DriverManager.getConnection(server.url())) {
      assertThat(drain(connection)).hasSize(ROWS);
    }
  }

  @Test
  void givesUpWhenTheNetworkTimeoutIsOver() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    script.instead = r -> r.name().equals("prepareAndExecute") ? waiting(over) : null;
    try (ScriptedServer server = new ScriptedServer(script);
        Connection connection = DriverManager.getConnection(server.url())) {
      connection.setNetworkTimeout(Runnable::run, 200);
      assertThat(connection.getNetworkTimeout()).isEqualTo(200);
      assertThatThrownBy(() -> connection.createStatement().executeQuery("q"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));
      assertThat(server.count("prepareAndExecute")).isEqualTo(1);
      over.countDown();
    }
  }

  @Test
  void abortBringsAWaitingThreadOut() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    script.instead =
        r -> {
          if (!r.name().equals("prepareAndExecute")) {
            return null;
          }
          inside.countDown();
          return waiting(over);
        };
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (ScriptedServer server = new ScriptedServer(script);
        Connection connection = DriverManager.getConnection(server.url())) {
      Future<?> waiting = threads.submit(() -> connection.createStatement().executeQuery("q"));
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
      connection.abort(Runnable::run);
      assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SQLException.class);
      assertThat(connection.isClosed()).isTrue();
      // The server is told on another thread than the one that waits for the result.
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (script.closedConnections.get() == 0 && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(script.closedConnections).hasValue(1);
      over.countDown();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void takesTheFirstServerThatLetsItIn() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    NumbersScript full = new NumbersScript(1);
    full.instead = r -> new Reply(503, "{\"error\":\"full\",\"sqlState\":\"53300\"}", 0);
    try (ScriptedServer first = new ScriptedServer(full);
        ScriptedServer second = new ScriptedServer(script)) {
      String hosts = "127.0.0.1:" + nobody + ",127.0.0.1:" + first.port();
      String url = "jdbc:kadb://" + hosts + ",127.0.0.1:" + second.port() + "/s";
      try (Connection connection = DriverManager.getConnection(url)) {
        assertThat(drain(connection)).hasSize(ROWS);
      }
      assertThat(first.names()).containsExactly("openConnection");
      assertThatThrownBy(() -> DriverManager.getConnection("jdbc:kadb://127.0.0.1:" + nobody))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
          .hasMessageContaining("127.0.0.1:" + nobody);
    }
  }

  @Test
  void closesOnAnInterruptedThread() throws Exception {
    try (ScriptedServer server = new ScriptedServer(script)) {
      Connection connection = DriverManager.getConnection(server.url());
      Statement statement = connection.createStatement();
      ResultSet result = statement.executeQuery("q");
      assertThat(result.next()).isTrue();
      Thread.currentThread().interrupt();
      try {
        result.close();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        statement.close();
        connection.close();
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(script.abandoned).hasValue(1);
      assertThat(script.closedStatements).hasValue(1);
      assertThat(script.closedConnections).hasValue(1);
    }
  }

  @Test
  void asksTheServerWhetherTheConnectionIsValid() throws IOException, SQLException {
    ScriptedServer server = new ScriptedServer(script);
    Connection connection = DriverManager.getConnection(server.url());
    assertThat(connection.isValid(5)).isTrue();
    assertThat(server.count("/kadb/valid")).isEqualTo(1);
    script.instead = r -> Reply.error("08003", "no such connection");
    assertThat(connection.isValid(5)).isFalse();
    server.close();
    assertThat(connection.isValid(5)).isFalse();
    connection.close();
  }

  private static Reply waiting(CountDownLatch over) {
    try {
      over.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Reply.error("XX000", "late");
  }

  private static List<Long> drain(Connection connection) throws SQLException {
    List<Long> read = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10);
      ResultSet result = statement.executeQuery("q");
      while (result.next()) {
        read.add(result.getLong("ID"));
      }
    }
    return read;
  }
}
