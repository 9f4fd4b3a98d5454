package io.kadb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.ChildJvm;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TcpProxy;
import io.kadb.testing.TestPostgres;
import io.kadb.testing.TestTopic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that load a topic into the warehouse and are killed at any moment: at each moment the
 * warehouse holds exactly the messages before the stored offsets, and in the end all of them.
 */
@KafkaTest
@PostgresTest
@Timeout(240)
class CrashIT {
  private static final int PARTITIONS = 3;
  private static final int SENT_FIRST = 1_200;
  private static final int SENT_PER_KILL = 300;
  private static final int MOST_COMMITS = 3;
  private static final int MOST_MILLIS = 200;

  /** Each message to the database and back takes this long, or kills would rarely come between. */
  private static final Duration ON_THE_WAY = Duration.ofMillis(4);

  private static final int KILLED = 128 + 9;

  /** Partitions whose rows are not exactly the offsets from 0 to the stored one; one snapshot. */
  private static final String WRONG =
      "SELECT coalesce(string_agg(s::text, ' '), '') FROM (SELECT coalesce(o.prt, t.prt) AS prt,"
          + " coalesce(o.off, 0) AS off, count(t.off) AS n, count(DISTINCT t.off) AS d,"
          + " coalesce(max(t.off) + 1, 0) AS m, count(nullif(t.v = t.prt || ':' || t.off, true)) AS"
          + " w FROM kadb.offsets o FULL JOIN target t ON t.prt = o.prt GROUP BY 1, 2) s WHERE n <>"
          + " off OR d <> off OR m <> off OR w > 0";

  private final KafkaCluster kafka;
  private final TestPostgres postgres;
  private final TcpProxy way = new TcpProxy();
  private final long seed = Long.getLong("kadb.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final long[] sent = new long[PARTITIONS];
  @TempDir private Path directory;
  private int killedInside;

  CrashIT(KafkaCluster kafka, TestPostgres postgres) {
    this.kafka = kafka;
    this.postgres = postgres;
    way.forwardTo("127.0.0.1", postgres.port());
  }

  @AfterEach
  void closeWay() {
    way.close();
  }

  @ParameterizedTest
  @CsvSource({"0, 20", "2, 6"})
  void loadsEveryMessageExactlyOnceHoweverOftenItIsKilled(int statements, int kills)
      throws SQLException {
    System.out.println("CrashIT: -Dkadb.test.seed=" + seed);
    TestTopic topic = kafka.newTopic("crash", PARTITIONS);
    define(topic);
    send(topic, SENT_FIRST);

    ChildJvm next = start(statements);
    for (int i = 0; i < kills; i++) {
      try (ChildJvm loop = next) {
        loop.awaitOutput(LoadLoop.READY, 1);
        next = start(statements);
        kill(loop, topic);
      }
      assertThat(postgres.queryText(WRONG)).as("seed %d, after kill %d", seed, i).isEmpty();
    }
    largerBatches();
    long loaded = postgres.queryLong("SELECT count(*) FROM target");
    try (ChildJvm last = next) {
      last.awaitOutput(LoadLoop.READY, 1);
      last.say(LoadLoop.GO);
      last.say(LoadLoop.FINISH);
      assertThat(last.awaitEnd()).as(last::output).isZero();
    }

    assertThat(postgres.queryText(WRONG)).as("seed %d", seed).isEmpty();
    for (int p = 0; p < PARTITIONS; p++) {
      assertThat(sent[p]).isEqualTo(topic.endOffset(p));
      assertThat(postgres.queryLong("SELECT off FROM kadb.offsets WHERE prt = " + p))
          .as("seed %d, partition %d", seed, p)
          .isEqualTo(sent[p]);
    }
    assertThat(loaded).as("rows loaded by those killed").isPositive();
    assertThat(killedInside).as("kills inside a transaction").isGreaterThan(kills / 2);
  }

  /** Lets a program load for a random time, while messages come in, and kills it. */
  private void kill(ChildJvm loop, TestTopic topic) {
    way.slow(ON_THE_WAY);
    loop.say(LoadLoop.GO);
    send(topic, SENT_PER_KILL);
    loop.awaitOutput(LoadLoop.COMMITTED, random.nextInt(MOST_COMMITS + 1));
    boolean ended = loop.endsWithin(Duration.ofMillis(random.nextInt(MOST_MILLIS)));
    assertThat(ended).as(loop::output).isFalse();
    assertThat(loop.kill()).isEqualTo(KILLED);
    way.slow(Duration.ZERO);
    killedInside += loop.output().endsWith(LoadLoop.BEGUN) ? 1 : 0;
  }

  private ChildJvm start(int statements) {
    return ChildJvm.start(
        directory,
        LoadLoop.class,
        List.of("-Xmx128m"),
        postgres.jdbcUrl(way.port()),
        Integer.toString(statements));
  }

  private void define(TestTopic topic) throws SQLException {
    postgres.execute(
        "DROP TABLE IF EXISTS target", "CREATE TABLE target (v text, prt int, off bigint)");
    try (SqlClient sql = SqlClient.connect(Map.of("store", postgres.jdbcUrl()))) {
      sql.update("DROP SERVER IF EXISTS k CASCADE");
      sql.update("DELETE FROM kadb.offsets");
      sql.update(
          "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + kafka.bootstrapServers()
              + "', k_consumer_group 'g', k_seg_batch '30', k_timeout_ms '30000', k_latency_ms"
              + " '20000', k_stop_at_end 'true', k_segments '2', format 'csv')");
      sql.update(
          "CREATE FOREIGN TABLE t (v text) SERVER k OPTIONS (k_topic '" + topic.name() + "')");
    }
  }

  /** Lets the rest be loaded in a few statements. */
  private void largerBatches() throws SQLException {
    try (SqlClient sql = SqlClient.connect(Map.of("store", postgres.jdbcUrl()))) {
      sql.update("ALTER SERVER k OPTIONS (SET k_seg_batch '1000')");
    }
  }

  /** Sends to each partition messages that say where they are. */
  private void send(TestTopic topic, int messages) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      int partition = i % PARTITIONS;
      String value = partition + ":" + sent[partition]++;
      records.add(
          new ProducerRecord<>(
              topic.name(), partition, null, value.getBytes(StandardCharsets.UTF_8)));
    }
    topic.send(records);
  }
}
