package io.kadb.benchmark;

import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How fast kadb reads a topic of CSV in one process, next to bare consumers on the same broker. The
 * rounds alternate, so that a slow minute of the machine hits all of them.
 */
public final class ScanBenchmark {
  private static final long DEFAULT_MESSAGES = 2_000_000;
  private static final int WARM_UPS = 2;
  private static final int ROUNDS = 5;
  private static final String COUNT = "SELECT count(*) FROM benchmark";
  private static final String ALL_COLUMNS =
      "SELECT count(*), sum(id), max(customer), sum(quantity), sum(weight), max(ordered),"
          + " sum(CASE WHEN paid THEN 1 ELSE 0 END), min(note), sum(amount) FROM benchmark";

  private ScanBenchmark() {}

  /** Takes the number of messages as its only argument. */
  public static void main(String[] args) throws Exception {
    long messages = args.length == 0 ? DEFAULT_MESSAGES : Long.parseLong(args[0]);
    Path home = Files.createTempDirectory("kadb-benchmark-");
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small().withJvmOption("-Xmx512m"))) {
      CsvTopic topic = CsvTopic.create(broker.bootstrapServers(), messages);
      try (Connection kadb = DriverManager.getConnection("jdbc:kadb:?kadb.home=" + home)) {
        define(kadb, broker.bootstrapServers());
        report(topic, measure(kadb, broker.bootstrapServers(), messages));
      }
    } finally {
      delete(home);
    }
  }

  private static void define(Connection kadb, String brokers) throws SQLException {
    try (Statement statement = kadb.createStatement()) {
      statement.execute(
          "CREATE SERVER benchmark FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + brokers
              + "', k_consumer_group 'benchmark', k_seg_batch '1000000', k_timeout_ms '60000',"
              + " k_scan_mode 'snapshot', k_segments '2')");
      statement.execute(
          "CREATE FOREIGN TABLE benchmark ("
              + CsvTopic.COLUMNS
              + ") SERVER benchmark OPTIONS (k_topic '"
              + CsvTopic.NAME
              + "', format 'csv')");
    }
  }

  private static List<Measurement> measure(Connection kadb, String brokers, long messages)
      throws Exception {
    BareConsumers bare = new BareConsumers(brokers);
    List<Measurement> all =
        List.of(
            new Measurement("two bare consumers", messages, bare::read),
            new Measurement("kadb, `count(*)`", messages, () -> query(kadb, COUNT)),
            new Measurement("kadb, all 8 columns", messages, () -> query(kadb, ALL_COLUMNS)));
    for (int round = 0; round < WARM_UPS; round++) {
      for (Measurement measurement : all) {
        measurement.warmUp();
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Measurement measurement : all) {
        measurement.measure();
      }
    }
    return all;
  }

  /** The first column of the only row: the number of messages. */
  private static long query(Connection kadb, String sql) throws SQLException {
    try (Statement statement = kadb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void report(CsvTopic topic, List<Measurement> all) {
    System.out.printf(
        Locale.ROOT,
        "%,d CSV messages of %d bytes on average, 8 fields, %d partitions, 2 segments; heap %d MiB,"
            + " %d processors; median of %d rounds after %d to warm up%n%n",
        topic.messages(),
        topic.bytes() / topic.messages(),
        CsvTopic.PARTITIONS,
        Runtime.getRuntime().maxMemory() >> 20,
        Runtime.getRuntime().availableProcessors(),
        ROUNDS,
        WARM_UPS);
    System.out.println("| what | seconds | messages/s | of the bare consumers' rate |");
    System.out.println("|---|---|---|---|");
    double baseline = all.get(0).messagesPerSecond();
    for (Measurement m : all) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %,.0f | %.2f |%n",
          m.name(),
          m.medianSeconds(),
          m.messagesPerSecond(),
          m.messagesPerSecond() / baseline);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
