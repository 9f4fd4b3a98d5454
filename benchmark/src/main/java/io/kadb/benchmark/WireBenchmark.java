package io.kadb.benchmark;

import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/**
 * How fast a whole table comes through the server, by kadb's own thin driver and by Avatica's, next
 * to the same read in process. Every value is taken by its typed getter. The server is a process of
 * its own with 512 MiB of heap. The rounds alternate.
 */
public final class WireBenchmark {
  private static final int WARM_UPS = 2;
  private static final int ROUNDS = 5;
  private static final String READ = "SELECT * FROM " + Form.CSV.topic();
  private static final String LISTENING = "kadb server listening on http://";

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
      Process server = server(home);
      try {
        run(topic, inProcess, address(server));
      } finally {
        server.destroy();
        server.waitFor();
      }
    } finally {
      ScanBenchmark.delete(home);
    }
  }

  private static Process server(Path home) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            "io.kadb.server.Kadb",
            "server",
            "--port",
            "0",
            "--home",
            home.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String address(Process server) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(LISTENING)) {
        return line.substring(LISTENING.length()).strip();
      }
    }
    throw new IllegalStateException("the server did not start");
  }

  private static void run(BenchmarkTopic topic, String inProcess, String address) throws Exception {
    String thin = "jdbc:kadb://" + address + "/?scanMode=snapshot";
    String avatica = "jdbc:avatica:remote:url=http://" + address;
    List<Measurement> all =
        List.of(
            new Measurement("in process", topic.rows(), () -> drain(inProcess)),
            new Measurement("thin driver", topic.rows(), () -> drain(thin)),
            new Measurement(
                "stock Avatica, protobuf",
                topic.rows(),
                () -> drain(avatica + ";serialization=protobuf")));
    for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
      for (Measurement measurement : all) {
        if (round < WARM_UPS) {
          measurement.warmUp();
        } else {
          measurement.measure();
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%,d rows of 8 columns, %d processors; median of %d rounds after %d to warm up%n%n",
        topic.rows(),
        Runtime.getRuntime().availableProcessors(),
        ROUNDS,
        WARM_UPS);
    System.out.println("| what | seconds | rows/s | of stock Avatica's rate |");
    System.out.println("|---|---|---|---|");
    double stock = all.get(2).rowsPerSecond();
    for (Measurement m : all) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %,.0f | %.2f |%n",
          m.name(),
          m.medianSeconds(),
          m.rowsPerSecond(),
          m.rowsPerSecond() / stock);
    }
  }

  private static long drain(String url) throws SQLException {
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
      return rows;
    }
  }
}
