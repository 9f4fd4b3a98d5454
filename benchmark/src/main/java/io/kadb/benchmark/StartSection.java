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
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * From the start of a process to its first row, in a new JVM each time, and what the process takes:
 * commands of kadb, the server, and programs that only have a consumer.
 */
final class StartSection implements Section {
  private static final String SMALL_HEAP = "-Xmx64m";
  private static final String TOPIC = Form.CSV.topic();
  private static final String FIRST = "SELECT id FROM " + TOPIC + " LIMIT 1";

  @Override
  public void run(LabOptions options, Report report) throws Exception {
    Path home = Files.createTempDirectory("kadb-benchmark-");
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small().withJvmOption("-Xmx512m"))) {
      String brokers = broker.bootstrapServers();
      BenchmarkTopic topic = BenchmarkTopic.create(brokers, Form.CSV, options.rows() / 2);
      String url = "jdbc:kadb:?kadb.home=" + home;
      define(url, brokers);
      Distribution kadb = Distribution.ofThisProcess();
      Map<String, Callable<ProgramRun>> programs = new LinkedHashMap<>();
      String[] cat = {"cat", "public.next_batch", "--url", url};
      // The first run keeps the classes that the later ones begin with.
      ProgramRun.of(kadb.kadb("", cat));
      addFirstRows(programs, kadb, brokers, url, cat);
      programs.put("`kadb server`, `… LIMIT 1` by the thin driver", () -> server(kadb, home));
      addCounts(programs, kadb, brokers, url, topic);
      report.add(table(measure(programs, options), options));
    } finally {
      Lab.delete(home);
    }
  }

  private static void define(String url, String brokers) throws Exception {
    try (Connection kadb = DriverManager.getConnection(url)) {
      Tables.defineServer(kadb, brokers, 2);
      Tables.define(kadb, Form.CSV);
      Tables.execute(
          kadb,
          "CREATE FOREIGN TABLE next_batch ("
              + Form.CSV.columns()
              + ") SERVER benchmark OPTIONS (k_topic '"
              + TOPIC
              + "', format 'csv', k_scan_mode 'consume', k_seg_batch '100')");
    }
  }

  private static void addFirstRows(
      Map<String, Callable<ProgramRun>> programs,
      Distribution kadb,
      String brokers,
      String url,
      String... cat) {
    programs.put(
        "bare consumer, first message",
        () -> ProgramRun.of(kadb.other(BareProgram.class, List.of(), brokers, TOPIC)));
    programs.put(
        "`kadb sql -e`, `… LIMIT 1`",
        () -> ProgramRun.of(kadb.kadb("", "sql", "-u", url, "--output", "csv", "-e", FIRST)));
    programs.put(
        "`kadb cat`, 100 messages of each segment", () -> ProgramRun.of(kadb.kadb("", cat)));
    programs.put(
        "the same without kept classes", () -> ProgramRun.of(kadb.kadbWithoutKeptClasses("", cat)));
  }

  private static void addCounts(
      Map<String, Callable<ProgramRun>> programs,
      Distribution kadb,
      String brokers,
      String url,
      BenchmarkTopic topic) {
    String all = "`count(*)` of %,d, %s".formatted(topic.rows(), SMALL_HEAP);
    String count = "SELECT count(*) FROM " + TOPIC;
    programs.put(
        "two bare consumers, " + all,
        () ->
            counted(
                topic,
                kadb.other(BareProgram.class, List.of(SMALL_HEAP), brokers, TOPIC, "count")));
    programs.put(
        "`kadb sql -e`, " + all,
        () ->
            counted(
                topic, kadb.kadb(SMALL_HEAP, "sql", "-u", url, "--output", "csv", "-e", count)));
  }

  private static ProgramRun counted(BenchmarkTopic topic, ProcessBuilder program) throws Exception {
    ProgramRun run = ProgramRun.of(program);
    String answer = run.output().get(run.output().size() - 1).replace("\"", "");
    if (!answer.equals(Long.toString(topic.rows()))) {
      throw new IllegalStateException("found " + run.output() + ", wanted " + topic.rows());
    }
    return run;
  }

  private static ProgramRun server(Distribution kadb, Path home) throws Exception {
    long began = System.nanoTime();
    try (ServerProcess server = ServerProcess.start(kadb, home, "512m");
        Connection connection = DriverManager.getConnection(server.thinUrl())) {
      Tables.number(connection, FIRST);
      double firstRow = (System.nanoTime() - began) / 1e9;
      return new ProgramRun(firstRow, firstRow, List.of(), Footprint.of(server.handle()));
    }
  }

  /** Each in turn; a full run has a round before, which lets the system keep the files. */
  private static Map<String, List<ProgramRun>> measure(
      Map<String, Callable<ProgramRun>> programs, LabOptions options) throws Exception {
    Map<String, List<ProgramRun>> runs = new LinkedHashMap<>();
    for (int round = options.full() ? 0 : 1; round <= options.rounds(); round++) {
      for (Map.Entry<String, Callable<ProgramRun>> program : programs.entrySet()) {
        ProgramRun run = program.getValue().call();
        if (round > 0) {
          runs.computeIfAbsent(program.getKey(), name -> new ArrayList<>()).add(run);
        }
      }
    }
    return runs;
  }

  private static ResultTable table(Map<String, List<ProgramRun>> all, LabOptions options) {
    ResultTable table =
        new ResultTable("start", "From the start of a process")
            .note(
                "Medians of %d rounds in alternation, in a new JVM".formatted(options.rounds())
                    + " each time, by the launcher of the distribution.")
            .note("Of the server, the end is the first row; CPU and memory are until then.")
            .column("what", "what")
            .column("firstRowSeconds", "to the first row, s", 2)
            .column("seconds", "to the end, s", 2)
            .column("cpuSeconds", "CPU s", 2)
            .column("peakMebibytes", "resident at most, MiB");
    all.forEach(
        (name, runs) -> {
          List<Double> first = runs.stream().map(ProgramRun::firstRowSeconds).toList();
          List<Double> end = runs.stream().map(ProgramRun::seconds).toList();
          table
              .row(
                  name,
                  Measurement.median(first),
                  Measurement.median(end),
                  ProgramRun.median(runs, Footprint::cpuSeconds).orElse(null),
                  ProgramRun.median(runs, Footprint::peakMebibytes).map(Math::round).orElse(null))
              .raw("allFirstRowSeconds", first);
        });
    return table;
  }
}
