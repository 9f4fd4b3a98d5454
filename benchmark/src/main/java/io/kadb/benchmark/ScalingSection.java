package io.kadb.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * How cost grows with segments, partitions, the size of messages, partitions without any, and with
 * what there is to plan.
 */
final class ScalingSection implements Section {
  private static final List<Integer> SEGMENTS = List.of(1, 2, 4);
  private static final List<Integer> PARTITIONS = List.of(1, 8, 64, 256);
  private static final List<Integer> WITH_IDLE = List.of(2, 64, 256);

  @Override
  public void run(LabOptions options, Report report) throws Exception {
    try (Workbench bench = Workbench.start()) {
      report.add(segments(bench, options));
      report.add(partitions(bench, options));
      report.add(idlePartitions(bench, options));
      new SizeScaling(options).run(bench, report);
    }
    try (Workbench bench = Workbench.start()) {
      new PlanningScaling(options).run(bench, report);
    }
  }

  private static ResultTable segments(Workbench bench, LabOptions options) throws Exception {
    TopicShape topic = TopicShape.of(Form.CSV, Math.max(1, options.rows() / 5));
    bench.fill(topic);
    List<List<Measurement>> groups = new ArrayList<>();
    for (int segments : SEGMENTS) {
      String table = "on_" + segments;
      bench.table(table, topic, "csv", ", k_segments '" + segments + "'");
      groups.add(group(bench, topic, table, segments));
    }
    alternate(groups, options);
    return new Comparison("scaling-segments", "Segments", "segments")
        .note(
            topic.messages()
                + " csv messages in "
                + topic.partitions()
                + " partitions; there are as many bare consumers as segments.")
        .of(SEGMENTS, groups);
  }

  private static ResultTable partitions(Workbench bench, LabOptions options) throws Exception {
    TopicShape orders = TopicShape.of(Form.CSV, Math.max(1_000, options.rows() / 5));
    List<List<Measurement>> groups = new ArrayList<>();
    for (int partitions : PARTITIONS) {
      TopicShape topic = orders.in(partitions);
      bench.fill(topic);
      bench.table(topic);
      groups.add(group(bench, topic, topic.name(), Workbench.SEGMENTS));
    }
    alternate(groups, options);
    return new Comparison("scaling-partitions", "Partitions", "partitions")
        .note(orders.messages() + " csv messages in all; two segments, and two bare consumers.")
        .of(PARTITIONS, groups);
  }

  private static ResultTable idlePartitions(Workbench bench, LabOptions options) throws Exception {
    TopicShape orders = TopicShape.of(Form.CSV, Math.max(1_000, options.rows() / 20));
    List<List<Measurement>> groups = new ArrayList<>();
    for (int partitions : WITH_IDLE) {
      TopicShape topic = orders.filling(2, partitions);
      bench.fill(topic);
      bench.table(topic);
      groups.add(group(bench, topic, topic.name(), Workbench.SEGMENTS).subList(0, 2));
    }
    alternate(groups, options);
    return new Comparison("scaling-idle", "Idle partitions", "partitions")
        .note(
            orders.messages()
                + " csv messages in two of the partitions, the others are empty; two segments, and"
                + " two bare consumers of all partitions.")
        .of(WITH_IDLE, groups);
  }

  private static List<Measurement> group(
      Workbench bench, TopicShape topic, String table, int consumers) {
    ProcessHandle self = ProcessHandle.current();
    long rows = topic.messages();
    BareConsumers bare = BareConsumers.touching(bench.brokers(), topic, consumers);
    String count = "SELECT count(*) FROM " + table;
    String all = topic.form().allColumns(table);
    return List.of(
        new Measurement("bare consumers", rows, bare::read, self),
        new Measurement("kadb, `count(*)`", rows, () -> Tables.number(bench.kadb(), count), self),
        new Measurement("kadb, all columns", rows, () -> Tables.number(bench.kadb(), all), self));
  }

  private static void alternate(List<List<Measurement>> groups, LabOptions options)
      throws Exception {
    Measurement.alternate(groups.stream().flatMap(List::stream).toList(), options);
  }
}
