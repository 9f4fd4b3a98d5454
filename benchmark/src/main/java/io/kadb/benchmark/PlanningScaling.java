package io.kadb.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How long it takes to find out that there is nothing to read, by the number of partitions. */
final class PlanningScaling {
  private static final List<Integer> PARTITIONS = List.of(1, 8, 64, 256, 1_000);

  /** As many as a quick run has time for. */
  private static final int QUICK_MOST = 100;

  private static final long QUICK_ROWS = 200_000;
  private static final int SAMPLES_OF_ROUND = 10;
  private static final double WANTED_MILLISECONDS = 100;

  private final LabOptions options;

  PlanningScaling(LabOptions options) {
    this.options = options;
  }

  /** Measures, and adds the table and the target to the report. */
  void run(Workbench bench, Report report) throws Exception {
    Map<Integer, List<Latency>> all = new HashMap<>();
    List<Integer> partitions = partitions();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bench.brokers()))) {
      for (int number : partitions) {
        all.put(number, prepare(bench, admin, number));
      }
      Latency.alternate(
          partitions.stream().flatMap(number -> all.get(number).stream()).toList(),
          options,
          SAMPLES_OF_ROUND);
    }
    report.add(table(partitions, all));
    int most = partitions.get(partitions.size() - 1);
    for (Latency latency : all.get(most).subList(1, 4)) {
      report.target(
          most + " partitions, " + latency.name() + ": 100 ms by its median",
          1.0,
          WANTED_MILLISECONDS / latency.millis(0.5));
    }
  }

  private List<Integer> partitions() {
    if (options.rows() >= QUICK_ROWS) {
      return PARTITIONS;
    }
    List<Integer> fewer =
        new ArrayList<>(PARTITIONS.stream().filter(number -> number < QUICK_MOST).toList());
    fewer.add(QUICK_MOST);
    return fewer;
  }

  /** A topic with one message in each partition; a table has read them all, another none. */
  private static List<Latency> prepare(Workbench bench, Admin admin, int partitions)
      throws Exception {
    TopicShape topic = TopicShape.of(Form.CSV, partitions).in(partitions);
    bench.fill(topic);
    String upToDate = "up_to_date_" + partitions;
    bench.table(upToDate, topic, "csv", ", k_scan_mode 'consume', k_stop_at_end 'true'");
    bench.table(topic);
    Connection kadb = bench.kadb();
    String select = "SELECT id FROM " + upToDate;
    long first = rows(kadb, select);
    if (first != partitions) {
      throw new IllegalStateException(upToDate + ": found " + first + " messages");
    }
    String nowhere = "SELECT id FROM " + topic.name() + " WHERE _partition = " + partitions;
    return List.of(
        new Latency(
            "bare: describe the topic, earliest and end offsets", 0, () -> survey(admin, topic)),
        new Latency("SELECT, up to date, `k_stop_at_end`", 0, () -> rows(kadb, select)),
        new Latency("SELECT, snapshot of a partition there is not", 0, () -> rows(kadb, nowhere)),
        new Latency("EXPLAIN SELECT, up to date", 0, () -> explain(kadb, "EXPLAIN " + select)));
  }

  private static long survey(Admin admin, TopicShape topic)
      throws ExecutionException, InterruptedException {
    int partitions =
        admin
            .describeTopics(List.of(topic.name()))
            .allTopicNames()
            .get()
            .get(topic.name())
            .partitions()
            .size();
    Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
    Map<TopicPartition, OffsetSpec> end = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      earliest.put(new TopicPartition(topic.name(), partition), OffsetSpec.earliest());
      end.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
    }
    var first = admin.listOffsets(earliest).all();
    int found = admin.listOffsets(end).all().get().size() + first.get().size();
    return found - 2L * partitions;
  }

  private static long explain(Connection kadb, String sql) throws SQLException {
    if (rows(kadb, sql) == 0) {
      throw new IllegalStateException(sql + " says nothing");
    }
    return 0;
  }

  private static long rows(Connection kadb, String sql) throws SQLException {
    try (Statement statement = kadb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      long rows = 0;
      while (result.next()) {
        rows++;
      }
      return rows;
    }
  }

  private static ResultTable table(List<Integer> partitions, Map<Integer, List<Latency>> all) {
    ResultTable table =
        new ResultTable("scaling-planning", "Nothing to read, by the number of partitions")
            .note("Warm. One message in each partition, which the table has read before.")
            .column("partitions", "partitions")
            .column("what", "what")
            .column("milliseconds", "ms, median", 2)
            .column("milliseconds90", "ms, 90 %", 2)
            .column("microsecondsOfPartition", "µs for each partition but one", 1);
    for (int number : partitions) {
      for (int i = 0; i < all.get(number).size(); i++) {
        Latency latency = all.get(number).get(i);
        double alone = all.get(partitions.get(0)).get(i).millis(0.5);
        table
            .row(
                number,
                latency.name(),
                latency.millis(0.5),
                latency.millis(0.9),
                number == 1 ? null : (latency.millis(0.5) - alone) * 1e3 / (number - 1))
            .raw("millis", latency.millis());
      }
    }
    return table;
  }
}
