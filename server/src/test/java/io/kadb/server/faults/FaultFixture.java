package io.kadb.server.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A server in a process of its own, a topic of numbers, and an observer on the server's store. All
 * tables are over the one topic, each with offsets of its own.
 */
@KafkaTest
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FaultFixture {
  /** The messages of the topic. */
  static final int ROWS = 100;

  /** The rows of a frame, where the client has a choice. */
  static final int FRAME = 20;

  /** The messages that a statement takes. */
  static final int BATCH = 50;

  @TempDir static Path folder;
  ServerProcess server;
  private SqlClient observer;
  private TestTopic topic;
  private int tables;

  @BeforeAll
  final void start(KafkaCluster kafka) throws SQLException {
    // Each connection that breaks is news to these.
    for (String name : List.of("com.zaxxer.hikari", "org.apache.calcite.avatica")) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.ERROR);
    }
    server = startServer(0);
    observer = SqlClient.connect(Map.of("kadb.home", ServerProcess.home(folder)));
    observer.update(
        "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + kafka.bootstrapServers()
            + "', k_consumer_group 'g', k_timeout_ms '30000', k_latency_ms '20000',"
            + " k_stop_at_end 'true', k_segments '1', format 'csv', k_seg_batch '"
            + BATCH
            + "')");
    topic = kafka.newTopic("faults", 1);
    topic.send(0, IntStream.range(0, ROWS).mapToObj(Integer::toString).toArray(String[]::new));
  }

  /** Starts a server on the store; 0 for any port that is free. */
  ServerProcess startServer(int port) {
    return ServerProcess.start(
        folder,
        port,
        "--frame-rows",
        Integer.toString(FRAME),
        "--idle-result",
        "4",
        "--idle-connection",
        "5");
  }

  @AfterAll
  final void stop() throws SQLException {
    try {
      server.awaitNothingOpen(Duration.ofSeconds(20));
    } finally {
      observer.close();
      server.close();
    }
  }

  /** Creates a table that was never read, and returns its name. */
  final synchronized String newTable() throws SQLException {
    String name = "t" + tables++;
    observer.update(
        "CREATE FOREIGN TABLE %s (v int) SERVER k OPTIONS (k_topic '%s')"
            .formatted(name, topic.name()));
    return name;
  }

  /** Makes a table as if it were never read. */
  final synchronized void forgetOffsets(String table) throws SQLException {
    observer.update("DELETE FROM kadb.offsets WHERE ftoid = '" + table + "'::regclass::oid");
  }

  /** Returns the stored offset of a table; 0 if there is none. */
  final synchronized int stored(String table) throws SQLException {
    List<String> found =
        observer.rows("SELECT off FROM kadb.offsets WHERE ftoid = '" + table + "'::regclass::oid");
    return found.isEmpty() ? 0 : Integer.parseInt(found.get(0));
  }
}
