package io.kadb.benchmark;

import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Aggregates over topics of each form, in process, next to two bare consumers and to the same
 * consumers with a decoding loop written by hand.
 */
final class ScanSection implements Section {
  private static final int SEGMENTS = 2;
  private static final String BARE = "two bare consumers";
  private static final String BY_HAND = "the same, decoding by hand";
  private static final String COUNT = "kadb, `count(*)`";
  private static final String ONE_COLUMN = "kadb, one column";
  private static final String ALL_COLUMNS = "kadb, all columns";

  @Override
  public void run(LabOptions options, Report report) throws Exception {
    ResultTable table =
        new ResultTable("scan", "Aggregates")
            .note(
                String.format(
                    Locale.ROOT,
                    "%d partitions, %d segments; medians of %d rounds in alternation after %d to"
                        + " warm up. CPU and allocation are those of this process; heap is the"
                        + " most that a collection left.",
                    BenchmarkTopic.PARTITIONS,
                    SEGMENTS,
                    options.rounds(),
                    options.warmUps()))
            .column("messages", "messages")
            .column("what", "what")
            .column("rowsPerSecond", "rows/s")
            .column("spread", "spread")
            .column("ofBare", "of bare", 2)
            .column("ofByHand", "of by hand", 2)
            .column("cpuSecondsPerMillion", "CPU s per million", 2)
            .column("allocatedBytes", "bytes allocated per row")
            .column("heapMebibytes", "heap, MiB");
    Map<Form, Map<String, Measurement>> all = new LinkedHashMap<>();
    TrinoSide.note(options).ifPresent(table::note);
    for (Form form : options.forms()) {
      all.put(form, run(form, options, table));
    }
    report.add(table);
    targets(all, report);
  }

  private static void targets(Map<Form, Map<String, Measurement>> all, Report report) {
    all.forEach(
        (form, of) -> {
          String name = form.name().toLowerCase(Locale.ROOT);
          if (form == Form.TEXT) {
            report.target(name + ": `count(*)` of bare", 0.8, ratio(of, COUNT, BARE));
          } else {
            report.target(name + ": all columns of by hand", 0.6, ratio(of, ALL_COLUMNS, BY_HAND));
          }
          if (form == Form.CSV) {
            report.target(name + ": `count(*)` of bare", 0.6, ratio(of, COUNT, BARE));
            report.target(name + ": one column of bare", 0.55, ratio(of, ONE_COLUMN, BARE));
          }
          trinoTargets(name, of, report);
        });
  }

  /** Ahead in every query; far ahead where each value is decoded. */
  private static void trinoTargets(String form, Map<String, Measurement> of, Report report) {
    if (of.containsKey(TrinoSide.COUNT)) {
      boolean avro = form.equals("avro");
      report.target(
          form + ": `count(*)` of Trino", avro ? 8 : 1, ratio(of, COUNT, TrinoSide.COUNT));
      report.target(
          form + ": one column of Trino",
          avro ? 8 : 1,
          ratio(of, ONE_COLUMN, TrinoSide.ONE_COLUMN));
      report.target(
          form + ": all columns of Trino",
          avro ? 8 : 2.5,
          ratio(of, ALL_COLUMNS, TrinoSide.ALL_COLUMNS));
    }
  }

  private static double ratio(Map<String, Measurement> of, String what, String to) {
    return of.get(what).rowsPerSecond() / of.get(to).rowsPerSecond();
  }

  /** Each form on a broker of its own, so that no topic stands in the way of another. */
  private static Map<String, Measurement> run(Form form, LabOptions options, ResultTable table)
      throws Exception {
    Path home = Files.createTempDirectory("kadb-benchmark-");
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small().withJvmOption("-Xmx512m"))) {
      String brokers = broker.bootstrapServers();
      BenchmarkTopic topic = BenchmarkTopic.create(brokers, form, form.messages(options.rows()));
      try (Connection kadb = DriverManager.getConnection("jdbc:kadb:?kadb.home=" + home);
          TrinoSide trino = TrinoSide.start(options, brokers, form)) {
        Tables.defineServer(kadb, brokers, SEGMENTS);
        Tables.define(kadb, form);
        Map<String, Measurement> all = measurements(topic, kadb, brokers);
        trino.aggregates(topic).forEach(m -> all.put(m.name(), m));
        Measurement.alternate(List.copyOf(all.values()), options);
        report(topic, all, table);
        return all;
      }
    } finally {
      Lab.delete(home);
    }
  }

  private static Map<String, Measurement> measurements(
      BenchmarkTopic topic, Connection kadb, String brokers) {
    Form form = topic.form();
    long rows = topic.rows();
    ProcessHandle self = ProcessHandle.current();
    BareConsumers bare =
        new BareConsumers(brokers, form.topic(), () -> MessageReader.touching(form.orders()));
    BareConsumers byHand = new BareConsumers(brokers, form.topic(), form::byHand);
    String count = "SELECT count(*) FROM " + form.topic();
    List<Measurement> all = new ArrayList<>();
    all.add(new Measurement(BARE, rows, bare::read, self));
    all.add(new Measurement(BY_HAND, rows, byHand::read, self));
    all.add(new Measurement(COUNT, rows, () -> Tables.number(kadb, count), self));
    all.add(
        new Measurement(
            ONE_COLUMN,
            rows,
            topic.oneColumn(),
            () -> Tables.number(kadb, form.oneColumn()),
            self));
    all.add(new Measurement(ALL_COLUMNS, rows, () -> Tables.number(kadb, form.allColumns()), self));
    Map<String, Measurement> byName = new LinkedHashMap<>();
    all.forEach(measurement -> byName.put(measurement.name(), measurement));
    return byName;
  }

  private static void report(
      BenchmarkTopic topic, Map<String, Measurement> all, ResultTable table) {
    double bare = all.get(BARE).rowsPerSecond();
    double byHand = all.get(BY_HAND).rowsPerSecond();
    for (Measurement m : all.values()) {
      table
          .row(
              String.format(
                  Locale.ROOT,
                  "%,d of %s, %,d bytes",
                  topic.messages(),
                  topic.form().format(),
                  topic.bytes() / topic.messages()),
              m.name(),
              Math.round(m.rowsPerSecond()),
              m.spread(),
              m.rowsPerSecond() / bare,
              m.rowsPerSecond() / byHand,
              m.medianCpuSecondsPerMillion(0),
              Math.round(m.medianAllocatedBytes()),
              m.mostHeapMebibytes())
          .raw("seconds", m.seconds());
    }
  }
}
