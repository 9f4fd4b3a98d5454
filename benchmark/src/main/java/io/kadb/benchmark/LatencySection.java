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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;

/**
 * How long a SELECT takes that finds little or nothing to read, in process and through the server,
 * next to the questions that any client has to put to the brokers for it.
 */
final class LatencySection implements Section {
  private static final int TIMES = 150;
  private static final int OF_A_PARTITION = 100;
  private static final int MESSAGES = OF_A_PARTITION * BenchmarkTopic.PARTITIONS;
  private static final String HEAP = "512m";
  private static final String UP_TO_DATE = "SELECT id FROM up_to_date";
  private static final String AT_AN_OFFSET =
      "SELECT id FROM whole WHERE _partition = 0 AND _offset = ?";
  private static final String PARAMETER = "SELECT CAST(? AS BIGINT)";

  @Override
  public void run(LabOptions options, Report report) throws Exception {
    Path home = Files.createTempDirectory("kadb-benchmark-");
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small())) {
      String brokers = broker.bootstrapServers();
      BenchmarkTopic.create(brokers, Form.CSV, MESSAGES);
      try (Connection kadb = DriverManager.getConnection("jdbc:kadb:?kadb.home=" + home)) {
        define(kadb, brokers);
        Distribution distribution = Distribution.ofThisProcess();
        try (ServerProcess server = ServerProcess.start(distribution, home, HEAP);
            Connection thin = DriverManager.getConnection(server.thinUrl())) {
          measure(options, report, brokers, kadb, thin);
        }
      }
    } finally {
      Lab.delete(home);
    }
  }

  private static void measure(
      LabOptions options, Report report, String brokers, Connection kadb, Connection thin)
      throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers));
        BareRequests bare = new BareRequests(admin, brokers, Form.CSV.topic(), OF_A_PARTITION)) {
      // From now on there is nothing new to read.
      query(kadb, UP_TO_DATE);
      List<Latency> all = new ArrayList<>(bare.latencies());
      all.addAll(scans(kadb));
      all.addAll(oneRow("in process", kadb));
      all.addAll(oneRow("thin driver", thin));
      Latency.alternate(all, options, TIMES);
      ResultTable table =
          Latency.table("latency", "Small answers")
              .note(
                  "A topic of %d messages in %d partitions, 2 segments; %d rounds in alternation."
                      .formatted(MESSAGES, BenchmarkTopic.PARTITIONS, options.rounds() * TIMES))
              .note("The connection is there, and each question has been asked before.");
      all.forEach(latency -> latency.addTo(table));
      report.add(table);
    }
  }

  private static void define(Connection kadb, String brokers) throws SQLException {
    Tables.execute(
        kadb,
        "CREATE SERVER benchmark FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + brokers
            + "', k_consumer_group 'benchmark', k_seg_batch '1000000', k_timeout_ms '60000',"
            + " k_latency_ms '20000', k_segments '2', k_topic '"
            + Form.CSV.topic()
            + "', format 'csv')");
    for (String table :
        List.of(
            "up_to_date (%s) SERVER benchmark OPTIONS (k_stop_at_end 'true')",
            "whole (%s) SERVER benchmark OPTIONS (k_scan_mode 'snapshot')")) {
      Tables.execute(kadb, "CREATE FOREIGN TABLE " + table.formatted(Form.CSV.columns()));
    }
  }

  private static List<Latency> scans(Connection kadb) throws SQLException {
    PreparedStatement prepared = kadb.prepareStatement(UP_TO_DATE);
    return List.of(
        new Latency("kadb, up to date, `k_stop_at_end`", 0, () -> query(kadb, UP_TO_DATE)),
        new Latency("the same, prepared once", 0, () -> rows(prepared)),
        new Latency(
            "kadb, snapshot of a partition that does not exist",
            0,
            () -> query(kadb, "SELECT id FROM whole WHERE _partition = 9")),
        new Latency(
            "kadb, snapshot of " + MESSAGES + " messages",
            MESSAGES,
            () -> query(kadb, "SELECT id FROM whole")));
  }

  private static List<Latency> oneRow(String how, Connection connection) throws SQLException {
    return List.of(
        new Latency(
            "kadb, " + how + ", prepared: the message at an offset",
            1,
            counting(connection.prepareStatement(AT_AN_OFFSET))),
        new Latency(
            "kadb, " + how + ", prepared: a parameter",
            1,
            counting(connection.prepareStatement(PARAMETER))));
  }

  /** Asks with another number each time. */
  private static Callable<Long> counting(PreparedStatement statement) {
    AtomicLong number = new AtomicLong();
    return () -> {
      statement.setLong(1, number.getAndIncrement() % OF_A_PARTITION);
      return rows(statement);
    };
  }

  private static long query(Connection kadb, String sql) throws SQLException {
    try (Statement statement = kadb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return rows(result);
    }
  }

  private static long rows(PreparedStatement statement) throws SQLException {
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
}
