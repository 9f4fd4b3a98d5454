package io.kadb.server.remote.thin;

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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server, kadb's own driver at it, and the driver in process on the same store, which sees what
 * the first one did.
 */
@KafkaTest
@Timeout(120)
abstract class ThinFixture {
  private final List<AutoCloseable> opened = new ArrayList<>();
  @TempDir Path folder;

  KafkaCluster kafka;
  KadbServer server;

  /** In process, on the server's store. */
  SqlClient local;

  /** Through the server. */
  SqlClient remote;

  @BeforeEach
  final void start(KafkaCluster cluster) throws SQLException {
    kafka = cluster;
    String home = folder.resolve("home").toString();
    Map<ServerOption, String> options = new EnumMap<>(ServerOption.class);
    options.put(ServerOption.PORT, "0");
    options.put(ServerOption.HOME, home);
    server = KadbServer.start(ServerSettings.of(options, name -> null, Optional.empty()));
    local = SqlClient.connect(Map.of("kadb.home", home));
    remote = new SqlClient(connect(""));
    local.update(
        "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + kafka.bootstrapServers()
            + "', k_consumer_group 'g', k_seg_batch '100000', k_timeout_ms '30000', k_latency_ms"
            + " '20000', k_stop_at_end 'true', k_segments '1', format 'csv')");
  }

  /** Connects with kadb's own driver. */
  final Connection connect(String properties) throws SQLException {
    String place = server.url().substring(server.url().indexOf("://"));
    Connection connection =
        DriverManager.getConnection("jdbc:kadb" + place.replaceAll("/$", "") + "/" + properties);
    opened.add(connection);
    return connection;
  }

  @AfterEach
  final void stop() throws Exception {
    for (AutoCloseable connection : opened) {
      connection.close();
    }
    local.close();
    server.close();
  }

  /** Creates a table over a topic of one partition. */
  final TestTopic table(String columns, String... options) throws SQLException {
    TestTopic topic = kafka.newTopic("thin", 1);
    List<String> all = new ArrayList<>(List.of("k_topic '" + topic.name() + "'"));
    all.addAll(List.of(options));
    local.update(
        "CREATE FOREIGN TABLE t ("
            + columns
            + ") SERVER k OPTIONS ("
            + String.join(", ", all)
            + ")");
    return topic;
  }

  /** Creates {@code t (v int)} with the messages 0, 1, 2, … */
  final TestTopic numbers(int count, String... options) throws SQLException {
    TestTopic topic = table("v int", options);
    topic.send(0, IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new));
    return topic;
  }

  /** Returns the stored offset of the table as another session sees it; empty if there is none. */
  final String stored() throws SQLException {
    return String.join(",", local.rows("SELECT off FROM kadb.offsets"));
  }
}
