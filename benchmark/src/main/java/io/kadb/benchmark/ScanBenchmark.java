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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How fast kadb reads topics of different forms in one process, next to bare consumers on the same
 * broker. The rounds alternate, so that a slow minute of the machine hits all of them.
 */
public final class ScanBenchmark {
  private static final int WARM_UPS = 2;
  private static final int ROUNDS = 5;

  private ScanBenchmark() {}

  /**
   * Takes the forms of the messages, {@code csv} if none is named, {@code all} for each of them,
   * and the number of rows, {@code 2000000} if not said.
   */
  public static void main(String[] args) throws Exception {
    List<Form> forms = new ArrayList<>();
    long rows = 2_000_000;
    for (String arg : args) {
      if (arg.matches("[0-9]+")) {
        rows = Long.parseLong(arg);
      } else if (arg.equals("all")) {
        forms.addAll(List.of(Form.values()));
      } else {
        forms.add(Form.valueOf(arg.toUpperCase(Locale.ROOT)));
      }
    }
    if (forms.isEmpty()) {
      forms.add(Form.CSV);
    }
    System.out.printf(
        Locale.ROOT,
        "%d partitions, 2 segments; heap %d MiB, %d processors; median of %d rounds after %d to"
            + " warm up%n%n",
        BenchmarkTopic.PARTITIONS,
        Runtime.getRuntime().maxMemory() >> 20,
        Runtime.getRuntime().availableProcessors(),
        ROUNDS,
        WARM_UPS);
    System.out.println("| messages | what | seconds | rows/s | of the bare consumers' rate |");
    System.out.println("|---|---|---|---|---|");
    for (Form form : forms) {
      run(form, rows / form.orders());
    }
  }

  /** Each form on a broker of its own, so that no topic stands in the way of another. */
  private static void run(Form form, long messages) throws Exception {
    Path home = Files.createTempDirectory("kadb-benchmark-");
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small().withJvmOption("-Xmx512m"))) {
      BenchmarkTopic topic = BenchmarkTopic.create(broker.bootstrapServers(), form, messages);
      try (Connection kadb = DriverManager.getConnection("jdbc:kadb:?kadb.home=" + home)) {
        define(kadb, broker.bootstrapServers(), form);
        report(topic, measure(kadb, broker.bootstrapServers(), topic));
      }
    } finally {
      delete(home);
    }
  }

  static void define(Connection kadb, String brokers, Form form) throws SQLException {
    try (Statement statement = kadb.createStatement()) {
      statement.execute(
          "CREATE SERVER benchmark FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + brokers
              + "', k_consumer_group 'benchmark', k_seg_batch '1000000', k_timeout_ms '60000',"
              + " k_scan_mode 'snapshot', k_segments '2', k_latency_ms '20000')");
      statement.execute(
          "CREATE FOREIGN TABLE "
              + form.topic()
              + " ("
              + form.columns()
              + ") SERVER benchmark OPTIONS (k_topic '"
              + form.topic()
              + "', format '"
              + form.format()
              + "')");
    }
  }

  private static List<Measurement> measure(Connection kadb, String brokers, BenchmarkTopic topic)
      throws Exception {
    Form form = topic.form();
    long rows = topic.rows();
    String count = "SELECT count(*) FROM " + form.topic();
    BareConsumers bare =
        new BareConsumers(brokers, form.topic(), () -> MessageReader.touching(form.orders()));
    List<Measurement> all = new ArrayList<>();
    all.add(new Measurement("two bare consumers", rows, bare::read));
    if (form.format().equals("avro")) {
      BareConsumers byHand = new BareConsumers(brokers, form.topic(), AvroByHand::new);
      all.add(new Measurement("the same, decoding by hand", rows, byHand::read));
    }
    all.add(new Measurement("kadb, `count(*)`", rows, () -> query(kadb, count)));
    all.add(new Measurement("kadb, all columns", rows, () -> query(kadb, form.allColumns())));
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

  private static void report(BenchmarkTopic topic, List<Measurement> all) {
    double baseline = all.get(0).rowsPerSecond();
    for (Measurement m : all) {
      System.out.printf(
          Locale.ROOT,
          "| %,d of %s, %,d bytes | %s | %.2f | %,.0f | %.2f |%n",
          topic.messages(),
          topic.form().format(),
          topic.bytes() / topic.messages(),
          m.name(),
          m.medianSeconds(),
          m.rowsPerSecond(),
          m.rowsPerSecond() / baseline);
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
