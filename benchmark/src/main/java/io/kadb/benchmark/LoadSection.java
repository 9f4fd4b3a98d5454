package io.kadb.benchmark;

import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Csv messages into an unlogged table of PostgreSQL, by {@code INSERT … SELECT} and by {@code kadb
 * load}, next to {@code psql \copy} of the same rows from a file into the same table.
 */
final class LoadSection implements Section {
  private static final String HEAP = "256m";

  /** Messages of one INSERT, for each of the two segments. */
  private static final int SEGMENT_BATCH = 250_000;

  @Override
  public void run(LabOptions options, Report report) throws Exception {
    Path home = Files.createTempDirectory("kadb-benchmark-");
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small().withJvmOption("-Xmx512m"));
        EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      String brokers = broker.bootstrapServers();
      BenchmarkTopic topic = BenchmarkTopic.create(brokers, Form.CSV, options.rows());
      LoadTarget target = new LoadTarget(postgres.getJdbcUrl("postgres", "postgres"));
      target.create();
      String url = target.kadbUrl();
      try (Connection kadb = DriverManager.getConnection(url)) {
        define(kadb, brokers);
        Loads loads = new Loads(topic.rows());
        Optional<String> psql = LoadTarget.psql();
        addCopies(loads, home, target, psql.isPresent());
        loads.add("kadb, `INSERT … SELECT`", () -> insert(kadb, "source"));
        Distribution distribution = Distribution.ofThisProcess();
        loads.addProgram(
            "`kadb load`, a process of its own with -Xmx" + HEAP + ", its start included",
            () -> load(distribution, url));
        loads.measure(options, () -> prepare(target, kadb));
        report.add(loads.table(notes(topic, target, psql, options)));
        report.target("`INSERT … SELECT` of `psql \\copy` of a csv file", 0.8, loads.ratio(2, 0));
      }
    } finally {
      Lab.delete(home);
    }
  }

  private static String[] notes(
      BenchmarkTopic topic, LoadTarget target, Optional<String> psql, LabOptions options)
      throws SQLException {
    return new String[] {
      "%,d csv messages of 8 columns, %,d bytes each, %d partitions, 2 segments, %,d a batch."
          .formatted(
              topic.messages(),
              topic.bytes() / topic.messages(),
              BenchmarkTopic.PARTITIONS,
              2 * SEGMENT_BATCH),
      "PostgreSQL %s, %s; medians of %d rounds in alternation after %d to warm up."
          .formatted(target.version(), psql.orElse("no psql"), options.rounds(), options.warmUps()),
      "Processor time and memory are those of the process that loads, not PostgreSQL's; of the"
          + " `INSERT` it is this one."
    };
  }

  private static void define(Connection kadb, String brokers) throws SQLException {
    Tables.execute(
        kadb,
        "CREATE SERVER benchmark FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + brokers
            + "', k_consumer_group 'benchmark', k_seg_batch '"
            + SEGMENT_BATCH
            + "', k_timeout_ms '60000', k_latency_ms '20000', k_stop_at_end 'true',"
            + " k_segments '2')");
    Tables.execute(
        kadb,
        "CREATE FOREIGN TABLE source ("
            + Order.COLUMNS
            + ") SERVER benchmark OPTIONS (k_topic '"
            + Form.CSV.topic()
            + "', format 'csv')");
  }

  private static void addCopies(Loads loads, Path home, LoadTarget target, boolean byPsql)
      throws Exception {
    Path csv = LoadTarget.file(home.resolve("rows.csv"), loads.rows(), ',');
    Path text = LoadTarget.file(home.resolve("rows.txt"), loads.rows(), '\t');
    if (byPsql) {
      loads.addProgram("`psql \\copy` of a csv file", () -> target.copyByPsql(csv, "csv"));
      loads.addProgram("`psql \\copy` of a text file", () -> target.copyByPsql(text, "text"));
    } else {
      loads.add("COPY by the JDBC driver of a csv file", () -> target.copyByDriver(csv, "csv"));
      loads.add("COPY by the JDBC driver of a text file", () -> target.copyByDriver(text, "text"));
    }
  }

  /** Makes the target empty, and the topic unread. */
  static void prepare(LoadTarget target, Connection kadb) throws SQLException {
    target.empty();
    try (Statement statement = kadb.createStatement()) {
      statement.executeUpdate("DELETE FROM kadb.offsets");
    }
  }

  /** Loads batch after batch until nothing is left. */
  static long insert(Connection kadb, String from) throws SQLException {
    long loaded = 0;
    try (Statement statement = kadb.createStatement()) {
      long batch;
      do {
        batch = statement.executeLargeUpdate("INSERT INTO pg.public.target SELECT * FROM " + from);
        loaded += batch;
      } while (batch > 0);
    }
    return loaded;
  }

  private static ProgramRun load(Distribution kadb, String url) throws Exception {
    ProcessBuilder command =
        kadb.kadb(
            "-Xmx" + HEAP,
            "load",
            "--url",
            url,
            "--from",
            "source",
            "--into",
            "public.target",
            "--quit-at-eof");
    return ProgramRun.of(command);
  }
}
