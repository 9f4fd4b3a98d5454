package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestPostgres;
import io.kadb.testing.TestTopic;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Foreign tables over topics of the shared cluster: a connection, a server {@code k} without tables
 * for each test, and short ways to define tables and to look at offsets. A test ends with all of
 * Kafka's clients given back.
 */
@KafkaTest
@PostgresTest
@Timeout(60)
abstract class TableFixture {
  /** A broker that refuses connections: for what must not ask Kafka. */
  static final String NOBODY = "127.0.0.1:1";

  private static final Duration SOON = Duration.ofSeconds(20);

  private final List<SqlClient> clients = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  @TempDir private Path home;
  private SqlClient observer;

  KafkaCluster kafka;
  TestPostgres postgres;
  SqlClient sql;

  /** Where offsets and definitions are. */
  enum StoreForm {
    SQLITE,
    POSTGRES
  }

  StoreForm store() {
    return StoreForm.SQLITE;
  }

  @BeforeEach
  final void open(KafkaCluster cluster, TestPostgres database) throws SQLException {
    kafka = cluster;
    postgres = database;
    sql = connect();
    sql.update("DROP SERVER IF EXISTS k CASCADE");
    server("k", kafka.bootstrapServers());
    observer = connect();
  }

  @AfterEach
  final void close() throws SQLException {
    threads.shutdownNow();
    try {
      awaitIdle();
    } finally {
      for (SqlClient client : clients) {
        client.close();
      }
    }
  }

  /** Waits until no client of Kafka is in use. */
  static void awaitIdle() {
    await(() -> KafkaClients.shared().borrowed() == 0, "clients of Kafka are still in use");
  }

  static void await(BooleanSupplier condition, String otherwise) {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(otherwise).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Opens another connection on the same store, with properties {@code name=value}. */
  final SqlClient connect(String... properties) throws SQLException {
    Map<String, String> all = new HashMap<>();
    if (store() == StoreForm.SQLITE) {
      all.put("kadb.home", home.toString());
    } else {
      all.put("store", postgres.jdbcUrl());
    }
    for (String property : properties) {
      int equals = property.indexOf('=');
      all.put(property.substring(0, equals), property.substring(equals + 1));
    }
    SqlClient client = SqlClient.connect(all);
    clients.add(client);
    return client;
  }

  /** Creates a server whose tables are csv, read by one segment until their end, with patience. */
  final void server(String name, String brokers) throws SQLException {
    sql.update(
        "CREATE SERVER "
            + name
            + " FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + brokers
            + "', k_consumer_group 'g', k_seg_batch '1000', k_timeout_ms '30000', k_latency_ms"
            + " '20000', k_stop_at_end 'true', k_segments '1', format 'csv')");
  }

  /**
   * Creates a foreign table on server {@code k}.
   *
   * @param declaration name and columns: {@code t (id int, name text)}
   * @param options further options: {@code k_seg_batch '2'}
   */
  final void table(String declaration, TestTopic topic, String... options) throws SQLException {
    List<String> all = new ArrayList<>(List.of("k_topic '" + topic.name() + "'"));
    all.addAll(List.of(options));
    sql.update(
        "CREATE FOREIGN TABLE "
            + declaration
            + " SERVER k OPTIONS ("
            + String.join(", ", all)
            + ")");
  }

  final void alter(String table, String options) throws SQLException {
    sql.update("ALTER FOREIGN TABLE " + table + " OPTIONS (" + options + ")");
  }

  /** Returns the stored offsets of a table as other connections see them: {@code prt|off}. */
  final List<String> offsets(String table) throws SQLException {
    return offsets(observer, table);
  }

  static List<String> offsets(SqlClient client, String table) throws SQLException {
    return client.rows(
        "SELECT prt, off FROM kadb.offsets WHERE ftoid = '"
            + table
            + "'::regclass::oid ORDER BY 1");
  }

  final void storeOffset(String table, int partition, long offset) throws SQLException {
    observer.update(
        "INSERT INTO kadb.offsets VALUES ('" + table + "'::regclass::oid, ?, ?)",
        partition,
        offset);
  }

  final void moveOffsets(String table, long offset) throws SQLException {
    observer.update(
        "UPDATE kadb.offsets SET off = ? WHERE ftoid = '" + table + "'::regclass::oid", offset);
  }

  final <T> Future<T> inBackground(Callable<T> work) {
    return threads.submit(work);
  }

  /** Returns what a future gives, soon. */
  static <T> T soon(Future<T> future) throws Exception {
    return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  /** Runs what must fail with this state, and returns the error's text. */
  static String refused(String state, ThrowingCallable call) {
    Throwable error = catchThrowable(call);
    assertThat(error).as("wanted an error with SQLState " + state).isInstanceOf(SQLException.class);
    assertThat(((SQLException) error).getSQLState()).as(error.getMessage()).isEqualTo(state);
    return String.valueOf(error.getMessage());
  }

  /** Returns the time a piece of work takes. */
  static Duration time(ThrowingCallable work) throws Throwable {
    long started = System.nanoTime();
    work.call();
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
