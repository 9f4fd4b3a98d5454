package io.kadb.benchmark;

import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.postgresql.PGConnection;

/**
 * How fast csv messages come into an unlogged table of PostgreSQL by {@code INSERT … SELECT}, next
 * to {@code psql \copy} of the same rows from a file into the same table; without psql, to COPY by
 * PostgreSQL's own JDBC driver. The rounds alternate. This process is the one that loads.
 */
public final class LoadBenchmark {
  private static final int WARM_UPS = 2;
  private static final int ROUNDS = 5;
  private static final String PSQL = "psql";

  /** Messages of one INSERT, for each of the two segments. */
  private static final int SEGMENT_BATCH = 250_000;

  private final String postgres;
  private final Path home;
  private final long rows;

  private LoadBenchmark(String postgres, Path home, long rows) {
    this.postgres = postgres;
    this.home = home;
    this.rows = rows;
  }

  /** Takes the number of rows as its only argument; 2000000 if not said. */
  public static void main(String[] args) throws Exception {
    long rows = args.length == 0 ? 2_000_000 : Long.parseLong(args[0]);
    Path home = Files.createTempDirectory("kadb-benchmark-");
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small().withJvmOption("-Xmx512m"));
        EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      BenchmarkTopic topic = BenchmarkTopic.create(broker.bootstrapServers(), Form.CSV, rows);
      String url = postgres.getJdbcUrl("postgres", "postgres");
      new LoadBenchmark(url, home, rows).run(topic, broker.bootstrapServers());
    } finally {
      ScanBenchmark.delete(home);
    }
  }

  private void run(BenchmarkTopic topic, String brokers) throws Exception {
    Path csv = writeFile("rows.csv", ",");
    Path text = writeFile("rows.txt", "\t");
    inPostgres("CREATE UNLOGGED TABLE target (" + Order.COLUMNS + ")");
    Optional<String> psql = version();
    String by = psql.isPresent() ? "`psql \\copy`" : "COPY by the JDBC driver";
    try (Connection kadb = DriverManager.getConnection("jdbc:kadb:?store=" + encoded(postgres))) {
      define(kadb, brokers);
      ProcessHandle self = ProcessHandle.current();
      List<Measurement> all = new ArrayList<>();
      all.add(
          new Measurement(
              by + " of a csv file", rows, () -> copy(csv, "csv", psql.isPresent()), self));
      all.add(
          new Measurement(
              by + " of a text file", rows, () -> copy(text, "text", psql.isPresent()), self));
      all.add(new Measurement("kadb, `INSERT … SELECT`", rows, () -> load(kadb), self));
      for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
        for (Measurement measurement : all) {
          prepare(kadb);
          if (round < WARM_UPS) {
            measurement.warmUp();
          } else {
            measurement.measure();
          }
        }
      }
      report(topic, psql, all);
    }
  }

  private static String encoded(String url) {
    return url.replace("?", "%3F").replace("&", "%26");
  }

  private static void define(Connection kadb, String brokers) throws SQLException {
    try (Statement statement = kadb.createStatement()) {
      statement.execute(
          "CREATE SERVER benchmark FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + brokers
              + "', k_consumer_group 'benchmark', k_seg_batch '"
              + SEGMENT_BATCH
              + "', k_timeout_ms '60000', k_stop_at_end 'true', k_segments '2')");
      statement.execute(
          "CREATE FOREIGN TABLE source ("
              + Order.COLUMNS
              + ") SERVER benchmark OPTIONS (k_topic '"
              + Form.CSV.topic()
              + "', format 'csv')");
    }
  }

  /** The rows of the topic, in the order in which they were sent. */
  private Path writeFile(String name, String delimiter) throws IOException {
    Path file = home.resolve(name);
    RandomGenerator random = new SplittableRandom(BenchmarkTopic.SEED);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      for (long id = 0; id < rows; id++) {
        byte[] line = Form.CSV.value(List.of(Order.next(id, random)));
        for (int i = 0; i < line.length; i++) {
          line[i] = line[i] == ',' ? (byte) delimiter.charAt(0) : line[i];
        }
        out.write(line);
        out.write('\n');
      }
    }
    return file;
  }

  private void prepare(Connection kadb) throws SQLException {
    inPostgres("TRUNCATE target", "CHECKPOINT");
    try (Statement statement = kadb.createStatement()) {
      statement.executeUpdate("DELETE FROM kadb.offsets");
    }
  }

  private long load(Connection kadb) throws SQLException {
    long loaded = 0;
    try (Statement statement = kadb.createStatement()) {
      long batch;
      do {
        batch = statement.executeLargeUpdate("INSERT INTO pg.public.target SELECT * FROM source");
        loaded += batch;
      } while (batch > 0);
    }
    return loaded;
  }

  private long copy(Path file, String format, boolean byPsql) throws Exception {
    if (!byPsql) {
      try (Connection connection = DriverManager.getConnection(postgres);
          var in = Files.newInputStream(file)) {
        return connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY target FROM STDIN (FORMAT " + format + ")", in, 1 << 16);
      }
    }
    String url = postgres.substring("jdbc:".length());
    String command = "\\copy target from '" + file + "' (format " + format + ")";
    Process process =
        new ProcessBuilder(PSQL, "-X", "-q", "-d", url, "-c", command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("psql ended with " + process.exitValue());
    }
    return rows;
  }

  /** What psql there is, if there is one. */
  private static Optional<String> version() throws InterruptedException {
    try {
      Process process = new ProcessBuilder(PSQL, "--version").start();
      String version = new String(process.getInputStream().readAllBytes()).strip();
      return process.waitFor() == 0 ? Optional.of(version) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void inPostgres(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgres);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void report(BenchmarkTopic topic, Optional<String> psql, List<Measurement> all)
      throws SQLException {
    String server;
    try (Connection connection = DriverManager.getConnection(postgres);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW server_version")) {
      result.next();
      server = result.getString(1);
    }
    System.out.printf(
        Locale.ROOT,
        "%,d csv messages of 8 columns, %,d bytes each, %d partitions, 2 segments, %,d messages an"
            + " INSERT; PostgreSQL %s, %s; heap %d MiB, %d processors; median of %d rounds after"
            + " %d to warm up%n%n",
        topic.messages(),
        topic.bytes() / topic.messages(),
        BenchmarkTopic.PARTITIONS,
        2 * SEGMENT_BATCH,
        server,
        psql.orElse("no psql"),
        Runtime.getRuntime().maxMemory() >> 20,
        Runtime.getRuntime().availableProcessors(),
        ROUNDS,
        WARM_UPS);
    System.out.println(
        "| into an unlogged table | seconds | rows/s | of the csv file's rate | of the text file's"
            + " rate | CPU s per million rows, this process |");
    System.out.println("|---|---|---|---|---|---|");
    for (Measurement m : all) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %,.0f | %.2f | %.2f | %.2f |%n",
          m.name(),
          m.medianSeconds(),
          m.rowsPerSecond(),
          m.rowsPerSecond() / all.get(0).rowsPerSecond(),
          m.rowsPerSecond() / all.get(1).rowsPerSecond(),
          m.medianCpuSecondsPerMillion(0));
    }
  }
}
