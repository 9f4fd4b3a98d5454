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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * How long a SELECT takes that finds little or nothing to read, next to the questions that any
 * client has to put to the brokers for it. The rounds alternate.
 */
public final class LatencyBenchmark {
  private static final int WARM_UPS = 200;
  private static final int DEFAULT_ROUNDS = 300;
  private static final int MESSAGES = 400;

  private LatencyBenchmark() {}

  /** Takes the number of rounds as its only argument. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? DEFAULT_ROUNDS : Integer.parseInt(args[0]);
    Path home = Files.createTempDirectory("kadb-benchmark-");
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small())) {
      BenchmarkTopic.create(broker.bootstrapServers(), Form.CSV, MESSAGES);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
          Connection kadb = DriverManager.getConnection("jdbc:kadb:?kadb.home=" + home)) {
        define(kadb, broker.bootstrapServers());
        query(kadb, "SELECT id FROM up_to_date");
        List<Latency> all = latencies(admin, kadb);
        for (int round = 0; round < WARM_UPS + rounds; round++) {
          for (Latency latency : all) {
            latency.measure(round >= WARM_UPS);
          }
        }
        report(all, rounds);
      }
    } finally {
      ScanBenchmark.delete(home);
    }
  }

  private static void define(Connection kadb, String brokers) throws SQLException {
    try (Statement statement = kadb.createStatement()) {
      statement.execute(
          "CREATE SERVER benchmark FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + brokers
              + "', k_consumer_group 'benchmark', k_seg_batch '1000000', k_timeout_ms '60000',"
              + " k_segments '2', k_topic '"
              + Form.CSV.topic()
              + "', format 'csv')");
      statement.execute(
          "CREATE FOREIGN TABLE up_to_date ("
              + Form.CSV.columns()
              + ") SERVER benchmark OPTIONS (k_stop_at_end 'true')");
      statement.execute(
          "CREATE FOREIGN TABLE whole ("
              + Form.CSV.columns()
              + ") SERVER benchmark OPTIONS (k_scan_mode 'snapshot')");
    }
  }

  private static List<Latency> latencies(Admin admin, Connection kadb) throws SQLException {
    PreparedStatement prepared = kadb.prepareStatement("SELECT id FROM up_to_date");
    return List.of(
        new Latency("bare: describe the topic", () -> describe(admin), 4),
        new Latency("bare: describe, then earliest and end offsets", () -> offsets(admin), 4),
        new Latency(
            "kadb, up to date, `k_stop_at_end`", () -> query(kadb, "SELECT id FROM up_to_date"), 0),
        new Latency("the same, prepared once", () -> query(prepared), 0),
        new Latency(
            "kadb, snapshot of a partition that does not exist",
            () -> query(kadb, "SELECT id FROM whole WHERE _partition = 9"),
            0),
        new Latency(
            "kadb, snapshot of " + MESSAGES + " messages",
            () -> query(kadb, "SELECT id FROM whole"),
            MESSAGES));
  }

  private static long describe(Admin admin) throws ExecutionException, InterruptedException {
    return admin
        .describeTopics(List.of(Form.CSV.topic()))
        .allTopicNames()
        .get()
        .get(Form.CSV.topic())
        .partitions()
        .size();
  }

  private static long offsets(Admin admin) throws ExecutionException, InterruptedException {
    long partitions = describe(admin);
    Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
    Map<TopicPartition, OffsetSpec> end = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      earliest.put(new TopicPartition(Form.CSV.topic(), partition), OffsetSpec.earliest());
      end.put(new TopicPartition(Form.CSV.topic(), partition), OffsetSpec.latest());
    }
    ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    var first = admin.listOffsets(earliest, committed).all();
    var last = admin.listOffsets(end, committed).all();
    first.get();
    return last.get().size();
  }

  private static long query(Connection kadb, String sql) throws SQLException {
    try (Statement statement = kadb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return rows(result);
    }
  }

  private static long query(PreparedStatement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      return rows(result);
    }
  }

  private static long rows(ResultSet result) throws SQLException {
    long rows = 0;
    while (result.next()) {
      rows++;
    }
    return rows;
  }

  private static void report(List<Latency> all, int rounds) {
    System.out.printf(
        Locale.ROOT,
        "A topic of %d partitions, 2 segments; %d processors; %d rounds after %d to warm up%n%n",
        BenchmarkTopic.PARTITIONS,
        Runtime.getRuntime().availableProcessors(),
        rounds,
        WARM_UPS);
    System.out.println("| what | median, ms | of 100, 90 take at most, ms |");
    System.out.println("|---|---|---|");
    for (Latency latency : all) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1f | %.1f |%n",
          latency.name,
          latency.quantile(0.5),
          latency.quantile(0.9));
    }
  }

  /** One thing whose time is taken again and again. */
  private static final class Latency {
    private final String name;
    private final Callable<Long> work;
    private final long expected;
    private final List<Double> millis = new ArrayList<>();

    /** Work that returns the number of things it saw. */
    Latency(String name, Callable<Long> work, long expected) {
      this.name = name;
      this.work = work;
      this.expected = expected;
    }

    /** Runs once. */
    void measure(boolean counts) throws Exception {
      long began = System.nanoTime();
      long seen = work.call();
      double took = (System.nanoTime() - began) / 1e6;
      if (seen != expected) {
        throw new IllegalStateException(name + ": found " + seen + ", wanted " + expected);
      }
      if (counts) {
        millis.add(took);
      }
    }

    double quantile(double part) {
      List<Double> sorted = millis.stream().sorted().toList();
      return sorted.get((int) (part * (sorted.size() - 1)));
    }
  }
}
