package io.kadb.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.kadb.kafka.KafkaClients;
import io.kadb.server.remote.config.ServerOption;
import io.kadb.server.remote.config.ServerSettings;
import io.kadb.server.remote.http.KadbServer;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server for programs that connect with kadb's own driver, and an observer on the same store.
 * When a test has ended nothing of it is open at the server.
 */
@KafkaTest
@Timeout(120)
abstract class ClientFixture {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final List<AutoCloseable> opened = new ArrayList<>();
  @TempDir Path folder;

  KafkaCluster kafka;
  KadbServer server;

  /** In process, on the server's store. */
  SqlClient observer;

  @BeforeEach
  final void start(KafkaCluster cluster) throws SQLException {
    kafka = cluster;
    server = startServer(0);
    observer = SqlClient.connect(Map.of("kadb.home", home()));
    createServer("k", kafka.bootstrapServers());
  }

  final String home() {
    return folder.resolve("home").toString();
  }

  /** Starts a server on the test's store; 0 for any port that is free. */
  final KadbServer startServer(int port) {
    Map<ServerOption, String> options = new EnumMap<>(ServerOption.class);
    options.put(ServerOption.PORT, Integer.toString(port));
    options.put(ServerOption.HOME, home());
    return KadbServer.start(ServerSettings.of(options, name -> null, Optional.empty()));
  }

  final void createServer(String name, String brokers) throws SQLException {
    observer.update(
        "CREATE SERVER "
            + name
            + " FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + brokers
            + "', k_consumer_group 'g', k_seg_batch '100000', k_timeout_ms '30000', k_latency_ms"
            + " '20000', k_stop_at_end 'true', k_segments '1', format 'csv')");
  }

  @AfterEach
  final void nothingStaysOpen() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    try {
      await(() -> server.connections().count() == 0, "connections are still open");
      awaitNoScan();
    } finally {
      observer.close();
      server.close();
    }
  }

  /** Waits until no result is open at the server and no client of Kafka is in use. */
  final void awaitNoScan() {
    await(() -> server.connections().openResultCount() == 0, "results are still open");
    await(() -> KafkaClients.shared().borrowed() == 0, "clients of Kafka are still in use");
  }

  static void await(BooleanSupplier condition, String otherwise) {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(otherwise).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Returns the URL of the server for kadb's own driver. */
  final String url() {
    return "jdbc:kadb://127.0.0.1:" + server.port() + "/";
  }

  final Connection connect(String properties) throws SQLException {
    return closedLater(DriverManager.getConnection(url() + properties));
  }

  /** Opens a pool of at most this many connections, set up as PXF does it. */
  final HikariDataSource pool(int size) {
    return pool(size, settings -> {});
  }

  /** Opens such a pool with something set in another way. */
  final HikariDataSource pool(int size, Consumer<HikariConfig> change) {
    HikariConfig settings = new HikariConfig();
    settings.setJdbcUrl(url());
    settings.setMaximumPoolSize(size);
    settings.setMinimumIdle(0);
    change.accept(settings);
    return closedLater(new HikariDataSource(settings));
  }

  private <T extends AutoCloseable> T closedLater(T one) {
    opened.add(one);
    return one;
  }

  /** Creates a foreign table over a new topic. */
  final TestTopic table(String name, String columns, int partitions, String... options)
      throws SQLException {
    TestTopic topic = kafka.newTopic("client", partitions);
    List<String> all = new ArrayList<>(List.of("k_topic '" + topic.name() + "'"));
    all.addAll(List.of(options));
    observer.update(
        "CREATE FOREIGN TABLE %s (%s) SERVER k OPTIONS (%s)"
            .formatted(name, columns, String.join(", ", all)));
    return topic;
  }

  /** Returns the stored offsets as another session sees them, {@code partition|offset}. */
  final List<String> stored() throws SQLException {
    return observer.rows("SELECT prt, off FROM kadb.offsets ORDER BY prt");
  }
}
