package io.kadb.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the settings that matter to a user do, each next to what it is without it. */
final class KnobsSection implements Section {
  private static final String ONE_COLUMN = "sum(quantity)";
  private static final List<Integer> FETCH_SIZES = List.of(2000, 50, 500, 5000);
  private static final List<Integer> BATCHES = List.of(100_000, 1_000, 10_000);

  @Override
  public void run(LabOptions options, Report report) throws Exception {
    TopicShape topic = TopicShape.of(Form.CSV, Math.max(1_000, options.rows() / 4));
    ResultTable table =
        new ResultTable("knobs", "Settings")
            .note(
                "%,d csv messages of 8 columns, 4 partitions; medians of %d rounds in alternation"
                        .formatted(topic.messages(), options.rounds())
                    + " with the first of each group.")
            .column("knob", "setting")
            .column("what", "statement")
            .column("rowsPerSecond", "rows/s")
            .column("spread", "spread")
            .column("ofFirst", "of the first", 2);
    try (Workbench bench = Workbench.start()) {
      bench.fill(topic);
      scans(bench, topic, options, table);
      fetchSizes(bench, topic, options, table);
      batches(bench, topic, options, table);
    }
    report.add(table);
  }

  private static void scans(
      Workbench bench, TopicShape topic, LabOptions options, ResultTable table) throws Exception {
    bench.table("plain", topic, "csv", "");
    bench.table("rejecting", topic, "csv", ", k_on_error 'reject'");
    bench.table("one_segment", topic, "csv", ", k_segments '1'");
    List<Measurement> all =
        List.of(
            number(bench, topic, "default", "plain"),
            number(bench, topic, "k_on_error 'reject'", "rejecting"),
            number(bench, topic, "k_segments '1'", "one_segment"));
    Measurement.alternate(all, options);
    add(table, "SELECT " + ONE_COLUMN, all);
  }

  private static Measurement number(
      Workbench bench, TopicShape topic, String setting, String from) {
    String sql = "SELECT CASE WHEN " + ONE_COLUMN + " > 0 THEN count(*) END FROM " + from;
    return new Measurement(setting, topic.messages(), () -> Tables.number(bench.kadb(), sql));
  }

  /** How many rows the thin driver asks for at a time; 2000 unless told. */
  private static void fetchSizes(
      Workbench bench, TopicShape topic, LabOptions options, ResultTable table) throws Exception {
    try (ServerProcess server =
        ServerProcess.start(Distribution.ofThisProcess(), bench.home(), "512m")) {
      List<Measurement> all = new ArrayList<>();
      for (int rows : FETCH_SIZES) {
        String url = server.thinUrl();
        String name = "fetch size " + rows;
        all.add(new Measurement(name, topic.messages(), () -> drain(url, rows)));
      }
      Measurement.alternate(all, options);
      add(table, "SELECT * by the thin driver", all);
    }
  }

  private static long drain(String url, int fetchSize) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(fetchSize);
      try (ResultSet result = statement.executeQuery("SELECT * FROM plain")) {
        return Tables.drain(result).rows();
      }
    }
  }

  /** How many messages of a segment one INSERT loads, and commits. */
  private static void batches(
      Workbench bench, TopicShape topic, LabOptions options, ResultTable table) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      LoadTarget target = new LoadTarget(postgres.getJdbcUrl("postgres", "postgres"));
      target.create();
      try (Connection kadb = DriverManager.getConnection(target.kadbUrl())) {
        Tables.defineServer(kadb, bench.brokers(), Workbench.SEGMENTS);
        List<Measurement> all = new ArrayList<>();
        for (int messages : BATCHES) {
          String from = "by_" + messages;
          String batch =
              ", k_scan_mode 'consume', k_stop_at_end 'true', k_seg_batch '" + messages + "'";
          Workbench.table(kadb, from, topic, "csv", batch);
          all.add(
              new Measurement(
                  "k_seg_batch '" + messages + "'",
                  topic.messages(),
                  () -> LoadSection.insert(kadb, from)));
        }
        Measurement.alternate(all, options, () -> LoadSection.prepare(target, kadb));
        add(table, "INSERT … SELECT, batch by batch", all);
      }
    }
  }

  private static void add(ResultTable table, String statement, List<Measurement> all) {
    for (Measurement m : all) {
      table
          .row(
              "`" + m.name() + "`",
              "`" + statement + "`",
              Math.round(m.rowsPerSecond()),
              m.spread(),
              m.rowsPerSecond() / all.get(0).rowsPerSecond())
          .raw("seconds", m.seconds());
    }
  }
}
