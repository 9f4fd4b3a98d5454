package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema registry that takes questions and never answers, and statements that are ended. */
class HangingRegistryIT extends TableFixture {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final List<Socket> asked = new CopyOnWriteArrayList<>();
  private ServerSocket registry;
  private Statement statement;

  @BeforeEach
  void openRegistry() throws IOException, SQLException {
    registry = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    inBackground(
        () -> {
          while (true) {
            asked.add(registry.accept());
          }
        });
    statement = sql.connection().createStatement();
  }

  @AfterEach
  void closeRegistry() throws IOException {
    registry.close();
    for (Socket socket : asked) {
      socket.close();
    }
  }

  private void registryTable(String name, String onError) throws SQLException {
    TestTopic topic = kafka.newTopic("hanging-" + name, 1);
    topic.sendBytes(0, new byte[] {0, 0, 0, 0, 2});
    table(
        name + " (v int)",
        topic,
        "format 'avro_registry'",
        "schema_registry_url 'http://127.0.0.1:" + registry.getLocalPort() + "'",
        "k_latency_ms '15000'",
        "k_on_error '" + onError + "'");
  }

  private void assertEndsSoon(String query, ThrowingCallable how) throws Throwable {
    Future<Boolean> waiting =
        inBackground(
            () -> {
              try (ResultSet result = statement.executeQuery(query)) {
                return result.next();
              }
            });
    await(() -> !asked.isEmpty(), "the registry is not asked");

    Duration taken =
        time(
            () -> {
              how.call();
              refused(
                  "57014",
                  () -> {
                    try {
                      soon(waiting);
                    } catch (ExecutionException e) {
                      throw e.getCause();
                    }
                  });
              awaitIdle();
            });
    assertThat(taken).isLessThan(SOON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "reject"})
  void aCancelEndsAStatementAndGivesItsConsumerBackSoon(String onError) throws Throwable {
    registryTable("t", onError);

    assertEndsSoon("SELECT v FROM t", statement::cancel);

    assertThat(offsets("t")).isEmpty();
    assertThat(sql.rows("SELECT count(*) FROM kadb.rejects")).containsExactly("0");
  }

  @Test
  void aCancelEndsAStatementOfSeveralTablesSoon() throws Throwable {
    registryTable("a", "fail");
    registryTable("b", "fail");

    assertEndsSoon("SELECT v FROM a UNION ALL SELECT v FROM b", statement::cancel);
  }

  @Test
  void closingTheConnectionEndsAStatementSoon() throws Throwable {
    registryTable("t", "fail");

    assertEndsSoon("SELECT v FROM t", () -> sql.connection().close());
  }
}
