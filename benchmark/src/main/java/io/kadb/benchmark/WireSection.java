package io.kadb.benchmark;

import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole tables as a client gets them, each value by its typed getter: in process, by kadb's own
 * thin driver and by Avatica's, next to two bare consumers of the same topic.
 */
final class WireSection implements Section {
  private static final int SEGMENTS = 2;
  private static final String HEAP = "512m";
  private static final String READ = "SELECT * FROM " + Form.CSV.topic();
  private static final int LIMITED_TIMES = 20;

  /** Avatica's driver takes so long that it is measured in every second round only. */
  private static final int STOCK_EVERY = 2;

  @Override
  public void run(LabOptions options, Report report) throws Exception {
    Path home = Files.createTempDirectory("kadb-benchmark-");
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small().withJvmOption("-Xmx512m"))) {
      String brokers = broker.bootstrapServers();
      BenchmarkTopic topic = BenchmarkTopic.create(brokers, Form.CSV, options.rows() / 2);
      String inProcess = "jdbc:kadb:?kadb.home=" + home;
      try (Connection kadb = DriverManager.getConnection(inProcess)) {
        Tables.defineServer(kadb, brokers, SEGMENTS);
        Tables.define(kadb, Form.CSV);
        Distribution distribution = Distribution.ofThisProcess();
        try (ServerProcess server = ServerProcess.start(distribution, home, HEAP);
            TrinoSide trino = TrinoSide.start(options, brokers, Form.CSV)) {
          drains(topic, brokers, inProcess, server, trino, options, report);
          limited(kadb, server, trino, options, report);
          onePartition(topic, brokers, kadb, trino, options, report);
          new ManyConnections(server, HEAP).run(topic, READ, report);
        }
      }
    } finally {
      Lab.delete(home);
    }
  }

  private static void drains(
      BenchmarkTopic topic,
      String brokers,
      String inProcess,
      ServerProcess server,
      TrinoSide trino,
      LabOptions options,
      Report report)
      throws Exception {
    long rows = topic.rows();
    ProcessHandle[] processes = {ProcessHandle.current(), server.handle()};
    BareConsumers bareConsumers = touching(brokers);
    Measurement bare = new Measurement("two bare consumers", rows, bareConsumers::read, processes);
    Measurement local =
        new Measurement("kadb, in process", rows, () -> drain(inProcess), processes);
    Measurement thin =
        new Measurement("kadb, thin driver", rows, () -> drain(server.thinUrl()), processes);
    Measurement stock =
        new Measurement(
                "kadb, stock Avatica, protobuf", rows, () -> drain(server.avaticaUrl()), processes)
            .every(STOCK_EVERY);
    List<Measurement> all = new ArrayList<>(List.of(bare, local, thin, stock));
    trino.select(topic).ifPresent(all::add);
    Measurement.alternate(all, options);
    ResultTable table = table(topic, options);
    TrinoSide.note(options).ifPresent(table::note);
    for (Measurement m : all) {
      table
          .row(
              m.name(),
              Math.round(m.rowsPerSecond()),
              m.spread(),
              m.rowsPerSecond() / bare.rowsPerSecond(),
              m.rowsPerSecond() / stock.rowsPerSecond(),
              m.medianCpuSecondsPerMillion(0),
              m.medianCpuSecondsPerMillion(1),
              Math.round(m.medianAllocatedBytes()),
              m.mostHeapMebibytes())
          .raw("seconds", m.seconds());
    }
    report.add(table);
    target(report, local, bare, 1.5, 0.28);
    target(report, thin, bare, 0.6, 0.13);
    if (all.size() > 4) {
      report.target(
          "`SELECT *`, thin driver of Trino's JDBC driver",
          2.5,
          thin.rowsPerSecond() / all.get(4).rowsPerSecond());
    }
  }

  private static ResultTable table(BenchmarkTopic topic, LabOptions options) {
    return new ResultTable("wire", "`SELECT *`, fully read")
        .note(
            "%,d rows of csv, 8 columns, %d partitions, %d segments; opening the connection is part"
                    .formatted(topic.rows(), BenchmarkTopic.PARTITIONS, SEGMENTS)
                + " of it.")
        .note(
            "Medians of %d rounds in alternation after %d to warm up; stock Avatica in one of %d."
                .formatted(options.rounds(), options.warmUps(), STOCK_EVERY))
        .note(
            "Client is this process: its processor time, allocation, heap; the server is another.")
        .column("what", "what")
        .column("rowsPerSecond", "rows/s")
        .column("spread", "spread")
        .column("ofBare", "of bare", 2)
        .column("ofStock", "of stock Avatica", 2)
        .column("clientCpuSecondsPerMillion", "CPU s per million, client", 2)
        .column("serverCpuSecondsPerMillion", "CPU s per million, server", 2)
        .column("allocatedBytes", "bytes allocated per row, client")
        .column("heapMebibytes", "heap, MiB, client");
  }

  /** Of a rate and a share of the bare consumers' rate, one is to be reached. */
  private static void target(
      Report report, Measurement found, Measurement bare, double millions, double share) {
    double rate = found.rowsPerSecond();
    report.target(
        "`SELECT *`, %s: the better of rate / %.1f million rows/s and share of bare / %.2f"
            .formatted(found.name(), millions, share),
        1,
        Math.max(rate / 1e6 / millions, rate / bare.rowsPerSecond() / share));
  }

  private static void limited(
      Connection kadb, ServerProcess server, TrinoSide trino, LabOptions options, Report report)
      throws Exception {
    String sql = READ + " LIMIT 10";
    ResultTable table =
        Latency.table("limit", "`SELECT * … LIMIT 10`")
            .note("Of the same table, on a connection that is there.");
    try (Connection thin = DriverManager.getConnection(server.thinUrl())) {
      List<Latency> all =
          new ArrayList<>(
              List.of(
                  new Latency("kadb, in process", 10, () -> Tables.drain(kadb, sql)),
                  new Latency("kadb, thin driver", 10, () -> Tables.drain(thin, sql))));
      trino.limited().ifPresent(all::add);
      Latency.alternate(all, options, LIMITED_TIMES);
      all.forEach(latency -> latency.addTo(table));
    }
    report.add(table);
  }

  private static void onePartition(
      BenchmarkTopic topic,
      String brokers,
      Connection kadb,
      TrinoSide trino,
      LabOptions options,
      Report report)
      throws Exception {
    String where = " WHERE _partition = 0";
    String count = "SELECT count(*) FROM " + Form.CSV.topic() + where;
    long rows = Tables.number(kadb, count);
    BareConsumers one =
        new BareConsumers(
            brokers, Form.CSV.topic(), 1, 1, () -> MessageReader.touching(Form.CSV.orders()));
    Measurement bare = new Measurement("a bare consumer of that partition", rows, one::read);
    List<Measurement> all =
        new ArrayList<>(
            List.of(
                bare,
                new Measurement("kadb, `count(*)`", rows, () -> Tables.number(kadb, count)),
                new Measurement("kadb, `SELECT *`", rows, () -> Tables.drain(kadb, READ + where))));
    trino.onePartition(rows).ifPresent(all::add);
    Measurement.alternate(all, options);
    ResultTable table =
        new ResultTable("partition", "One partition, `WHERE _partition = 0`")
            .note(
                "%,d of the %,d rows, in process; one segment has work."
                    .formatted(rows, topic.rows()))
            .column("what", "what")
            .column("rowsPerSecond", "rows/s")
            .column("spread", "spread")
            .column("ofBare", "of bare", 2);
    for (Measurement m : all) {
      table
          .row(
              m.name(),
              Math.round(m.rowsPerSecond()),
              m.spread(),
              m.rowsPerSecond() / bare.rowsPerSecond())
          .raw("seconds", m.seconds());
    }
    report.add(table);
  }

  private static BareConsumers touching(String brokers) {
    return new BareConsumers(
        brokers, Form.CSV.topic(), () -> MessageReader.touching(Form.CSV.orders()));
  }

  private static long drain(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return Tables.drain(connection, READ);
    }
  }
}
