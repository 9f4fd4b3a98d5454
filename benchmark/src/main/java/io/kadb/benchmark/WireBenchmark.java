package io.kadb.benchmark;

import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How fast a whole table comes through the server, by kadb's own thin driver and by Avatica's, next
 * to the same read in process; whether many connections at once get all rows; and how long a
 * prepared SELECT of one row takes. Every value is taken by its typed getter. The server is a
 * process of its own with 512 MiB of heap. The rounds alternate.
 */
public final class WireBenchmark {
  private static final int WARM_UPS = 2;
  private static final int ROUNDS = 5;
  private static final int CONNECTIONS = 16;
  private static final int SELECT_WARM_UPS = 500;
  private static final int SELECTS = 1_000;
  private static final String HEAP = "512m";
  private static final String[] CPU = {
    "CPU s per million rows, client", "CPU s per million rows, server"
  };
  private static final String READ = "SELECT * FROM " + Form.CSV.topic();

  private WireBenchmark() {}

  /** Takes the number of rows as its only argument; 1000000 if not said. */
  public static void main(String[] args) throws Exception {
    long rows = args.length == 0 ? 1_000_000 : Long.parseLong(args[0]);
    Path home = Files.createTempDirectory("kadb-benchmark-");
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small().withJvmOption("-Xmx512m"))) {
      BenchmarkTopic topic = BenchmarkTopic.create(broker.bootstrapServers(), Form.CSV, rows);
      String inProcess = "jdbc:kadb:?scanMode=snapshot&kadb.home=" + home;
      try (Connection kadb = DriverManager.getConnection(inProcess)) {
        ScanBenchmark.define(kadb, broker.bootstrapServers(), Form.CSV);
      }
      try (ServerProcess server = ServerProcess.start(home, HEAP)) {
        String thin = "jdbc:kadb://" + server.address() + "/?scanMode=snapshot";
        drains(topic, inProcess, thin, server);
        selects(thin);
        many(topic, thin, server);
      }
    } finally {
      ScanBenchmark.delete(home);
    }
  }

  private static void drains(
      BenchmarkTopic topic, String inProcess, String thin, ServerProcess server) throws Exception {
    String avatica =
        "jdbc:avatica:remote:url=http://" + server.address() + ";serialization=protobuf";
    ProcessHandle client = ProcessHandle.current();
    List<Measurement> all =
        List.of(
            measurement("in process", topic, inProcess, client, server.handle()),
            measurement("thin driver", topic, thin, client, server.handle()),
            measurement("stock Avatica, protobuf", topic, avatica, client, server.handle()));
    for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
      for (Measurement measurement : all) {
        if (round < WARM_UPS) {
          measurement.warmUp();
        } else {
          measurement.measure();
        }
      }
    }
    print(
        "%,d rows of 8 columns, %d processors; median of %d rounds after %d to warm up%n",
        topic.rows(), Runtime.getRuntime().availableProcessors(), ROUNDS, WARM_UPS);
    print("| what | seconds | rows/s | of stock Avatica's rate | %s | %s |", CPU[0], CPU[1]);
    print("|---|---|---|---|---|---|");
    double stock = all.get(2).rowsPerSecond();
    for (Measurement m : all) {
      print(
          "| %s | %.2f | %,.0f | %.2f | %.2f | %.2f |",
          m.name(),
          m.medianSeconds(),
          m.rowsPerSecond(),
          m.rowsPerSecond() / stock,
          m.medianCpuSecondsPerMillion(0),
          m.medianCpuSecondsPerMillion(1));
    }
  }

  private static Measurement measurement(
      String name, BenchmarkTopic topic, String url, ProcessHandle... processes) {
    return new Measurement(name, topic.rows(), () -> drain(url).rows, processes);
  }

  /** Many clients at once, each of which reads the whole table. */
  private static void many(BenchmarkTopic topic, String url, ServerProcess server)
      throws Exception {
    Drained wanted = drain(url);
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    long began = System.nanoTime();
    try {
      List<Callable<Drained>> clients = Collections.nCopies(CONNECTIONS, () -> drain(url));
      for (Future<Drained> client : threads.invokeAll(clients)) {
        Drained found = client.get();
        if (!found.equals(wanted) || found.rows != topic.rows()) {
          throw new IllegalStateException("found " + found + ", wanted " + wanted);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    print(
        "%n%d connections at once, thin driver: each got all %,d rows; %,.0f rows/s together.",
        CONNECTIONS, topic.rows(), CONNECTIONS * topic.rows() / seconds);
    print("The server's heap, of %s: %s.", HEAP, server.heapPeak());
  }

  private static void selects(String url) throws SQLException {
    print(
        "%n| prepared SELECT of one row, thin driver | median, ms | of 100, 90 take at most, ms |");
    print("|---|---|---|");
    try (Connection connection = DriverManager.getConnection(url)) {
      select(connection, "of a parameter", "SELECT CAST(? AS BIGINT)");
      select(
          connection,
          "of the message at an offset",
          "SELECT id FROM " + Form.CSV.topic() + " WHERE _partition = 0 AND _offset = ?");
    }
  }

  private static void select(Connection connection, String what, String sql) throws SQLException {
    List<Double> millis = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < SELECT_WARM_UPS + SELECTS; i++) {
        long began = System.nanoTime();
        statement.setLong(1, i);
        try (ResultSet result = statement.executeQuery()) {
          if (!result.next() || result.getLong(1) < i || result.next()) {
            throw new IllegalStateException(sql + ": not the one row");
          }
        }
        if (i >= SELECT_WARM_UPS) {
          millis.add((System.nanoTime() - began) / 1e6);
        }
      }
    }
    Collections.sort(millis);
    print("| %s | %.2f | %.2f |", what, millis.get(SELECTS / 2), millis.get(SELECTS * 9 / 10));
  }

  /**
   * What a client got.
   *
   * @param digest something of each value
   */
  private record Drained(long rows, long digest) {}

  private static Drained drain(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(READ)) {
      long rows = 0;
      long digest = 0;
      while (result.next()) {
        rows++;
        digest += result.getLong(1);
        digest += result.getString(2).length();
        digest += result.getInt(3);
        digest += (long) result.getDouble(4);
        digest += result.getTimestamp(5).getTime();
        digest += result.getBoolean(6) ? 1 : 0;
        digest += result.getString(7).length();
        digest += result.getBigDecimal(8).scale();
      }
      if (digest == 0) {
        throw new IllegalStateException("the rows are empty");
      }
      return new Drained(rows, digest);
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
