package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.kafka.KafkaClients;
import io.kadb.server.remote.config.ServerOption;
import io.kadb.server.remote.config.ServerSettings;
import io.kadb.testing.SqlClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server on an embedded store that is empty when a test begins, and clients of all kinds. */
@Timeout(60)
abstract class ServerFixture {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final List<AutoCloseable> clients = new ArrayList<>();
  @TempDir Path folder;

  KadbServer server;

  /** In this process, on the server's store: defines tables and looks at offsets. */
  SqlClient sql;

  /** Returns the options that a class's server has besides port and store. */
  Map<ServerOption, String> options() throws Exception {
    return Map.of();
  }

  /** Returns how long a class's server is silent before it begins an answer. */
  Duration silence() {
    return KadbServer.SILENCE;
  }

  @BeforeEach
  final void startServer() throws Exception {
    server = start(folder, options(), silence());
    sql = SqlClient.connect(Map.of("kadb.home", home()));
    clients.add(sql);
  }

  private String home() {
    return folder.resolve("home").toString();
  }

  /** Starts a server on the test's store. */
  final KadbServer start(Map<ServerOption, String> given) {
    return start(folder, given, silence());
  }

  /** Starts a server whose store is in a folder. */
  static KadbServer start(Path folder, Map<ServerOption, String> given) {
    return start(folder, given, KadbServer.SILENCE);
  }

  private static KadbServer start(Path folder, Map<ServerOption, String> given, Duration silence) {
    Map<ServerOption, String> all = new EnumMap<>(ServerOption.class);
    all.put(ServerOption.PORT, "0");
    all.put(ServerOption.HOME, folder.resolve("home").toString());
    all.putAll(given);
    return KadbServer.start(ServerSettings.of(all, name -> null, Optional.empty()), silence);
  }

  @AfterEach
  final void stopServer() throws Exception {
    for (AutoCloseable client : clients) {
      client.close();
    }
    server.close();
  }

  /** Connects with Avatica's own driver. */
  final Connection stock(String serialization, String... properties) throws SQLException {
    StringBuilder url = new StringBuilder("jdbc:avatica:remote:url=").append(server.url());
    url.append(";serialization=").append(serialization);
    for (String property : properties) {
      url.append(';').append(property);
    }
    return DriverManager.getConnection(url.toString());
  }

  /** Returns a client that sends messages as kadb's own driver does. */
  final ThinMessages thin() {
    return new ThinMessages(server.url());
  }

  static void await(BooleanSupplier condition, String otherwise) {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(otherwise).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Waits until no client of Kafka is in use. */
  static void awaitIdle() {
    await(() -> KafkaClients.shared().borrowed() == 0, "clients of Kafka are still in use");
  }
}
