package io.kadb.server.load;

import io.kadb.server.Captured;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestPostgres;
import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * A topic of two partitions as foreign table {@code src (id int, value text, version int)} and an
 * empty table {@code target} of the same columns, with a primary key.
 */
@KafkaTest
@PostgresTest
@Timeout(120)
abstract class LoadFixture {
  KafkaCluster kafka;
  TestPostgres postgres;
  TestTopic topic;

  /** Another session on the same store. */
  SqlClient sql;

  @BeforeEach
  final void create(KafkaCluster cluster, TestPostgres database) throws SQLException {
    kafka = cluster;
    postgres = database;
    postgres.execute(
        "DROP TABLE IF EXISTS target",
        "CREATE TABLE target (id int PRIMARY KEY, value varchar(20), version int)");
    sql = SqlClient.connect(Map.of("store", store(postgres.port()), "storeUser", postgres.user()));
    sql.update("DROP SERVER IF EXISTS k CASCADE");
    sql.update(
        "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + brokers()
            + "', k_consumer_group 'g', k_latency_ms '20000', k_segments '2')");
    topic = kafka.newTopic("load", 2);
    table("src", "id int, value text, version int", "k_seg_batch '1000'", "k_timeout_ms '200'");
  }

  /** Where the tables' server finds the brokers. */
  String brokers() {
    return kafka.bootstrapServers();
  }

  @AfterEach
  final void disconnect() throws SQLException {
    sql.close();
  }

  final String store(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + postgres.database();
  }

  /** Creates a foreign table over the test's topic. */
  final void table(String name, String columns, String... options) throws SQLException {
    List<String> all = new ArrayList<>(List.of("k_topic '" + topic.name() + "'", "format 'csv'"));
    all.addAll(List.of(options));
    sql.update(
        "CREATE FOREIGN TABLE %s (%s) SERVER k OPTIONS (%s)"
            .formatted(name, columns, String.join(", ", all)));
  }

  final String url() {
    return "jdbc:kadb:?store=" + store(postgres.port()) + "&storeUser=" + postgres.user();
  }

  /** Runs a command of kadb on the test's store. */
  final Captured kadb(String command, String... arguments) {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of(arguments));
    line.addAll(List.of("-u", url()));
    return Captured.run(line.toArray(String[]::new));
  }

  /** Loads from src into target up to the end. */
  final Captured load(String... arguments) {
    List<String> line =
        new ArrayList<>(List.of("--from", "src", "--into", "target", "--quit-at-eof"));
    line.addAll(List.of(arguments));
    return kadb("load", line.toArray(String[]::new));
  }

  final List<String> target() throws SQLException {
    return sql.rows("SELECT id, \"value\", version FROM pg.public.target ORDER BY id");
  }

  /** Returns the stored offsets of a table, {@code partition|offset}. */
  final List<String> offsets(String table) throws SQLException {
    return sql.rows(
        "SELECT prt, off FROM kadb.offsets WHERE ftoid = '"
            + table
            + "'::regclass::oid"
            + " ORDER BY prt");
  }

  final long commits() throws SQLException {
    return Long.parseLong(
        sql.value(
            "SELECT count(DISTINCT load_id) FROM kadb.loads"
                + " WHERE ftoid = 'src'::regclass::oid"));
  }
}
