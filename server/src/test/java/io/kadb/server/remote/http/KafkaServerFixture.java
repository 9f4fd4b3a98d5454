package io.kadb.server.remote.http;

import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server and foreign tables over topics of the shared cluster. */
@KafkaTest
abstract class KafkaServerFixture extends ServerFixture {
  KafkaCluster kafka;

  @BeforeEach
  final void createServer(KafkaCluster cluster) throws SQLException {
    kafka = cluster;
    sql.update(
        "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + kafka.bootstrapServers()
            + "', k_consumer_group 'g', k_seg_batch '100000', k_timeout_ms '30000', k_latency_ms"
            + " '20000', k_stop_at_end 'true', k_segments '1', format 'csv')");
  }

  /** Every test gives all clients of Kafka back, whatever became of its results. */
  @AfterEach
  final void nothingIsInUse() {
    server.connections().close();
    awaitIdle();
  }

  /** Creates {@code t (v int)} over a topic of one partition with the messages 0, 1, 2, … */
  final TestTopic numbers(int count, String... options) throws SQLException {
    TestTopic topic = kafka.newTopic("remote", 1);
    String[] values = new String[count];
    for (int i = 0; i < count; i++) {
      values[i] = Integer.toString(i);
    }
    topic.send(0, values);
    List<String> all = new ArrayList<>(List.of("k_topic '" + topic.name() + "'"));
    all.addAll(List.of(options));
    sql.update("CREATE FOREIGN TABLE t (v int) SERVER k OPTIONS (" + String.join(", ", all) + ")");
    return topic;
  }

  /** Returns the stored offset of the table, as another session sees it; empty if there is none. */
  final String stored() throws SQLException {
    return String.join(",", sql.rows("SELECT off FROM kadb.offsets"));
  }

  /** Moves the table's offset in another session. */
  final void moveOffset(int to) throws SQLException {
    sql.update("INSERT INTO kadb.offsets VALUES ('public.t'::regclass::oid, 0, " + to + ")");
  }

  final SqlClient observer() {
    return sql;
  }
}
