package io.kadb.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Several ways to bring the same rows into a table, some of them by a process of their own. */
final class Loads {
  /** What psql and {@code kadb load} say of the rows, and the latter of its rate. */
  private static final Pattern LOADED =
      Pattern.compile("COPY (\\d+)|([\\d,]+) rows loaded .*\\(([\\d,]+) rows/s.*");

  private final long rows;
  private final Map<Measurement, List<ProgramRun>> all = new LinkedHashMap<>();
  private int rounds;

  Loads(long rows) {
    this.rows = rows;
  }

  long rows() {
    return rows;
  }

  /** Adds a way that this process goes; it returns how many rows it loaded. */
  void add(String name, Callable<Long> load) {
    all.put(new Measurement(name, rows, load, ProcessHandle.current()), List.of());
  }

  /** Adds a way that a program goes which says how many rows it loaded. */
  void addProgram(String name, Callable<ProgramRun> load) {
    List<ProgramRun> runs = new ArrayList<>();
    Callable<Long> run =
        () -> {
          ProgramRun last = load.call();
          runs.add(last);
          return loaded(last);
        };
    all.put(new Measurement(name, rows, run), runs);
  }

  void measure(LabOptions options, Measurement.Preparation before) throws Exception {
    rounds = options.rounds();
    Measurement.alternate(List.copyOf(all.keySet()), options, before);
  }

  /** The rate of one, by its place, as a share of another's. */
  double ratio(int of, int to) {
    List<Measurement> measurements = List.copyOf(all.keySet());
    return measurements.get(of).rowsPerSecond() / measurements.get(to).rowsPerSecond();
  }

  /** The first two are what the others are compared with: a csv and a text file. */
  ResultTable table(String... notes) {
    ResultTable table = new ResultTable("load", "Into an unlogged table of PostgreSQL");
    for (String note : notes) {
      table.note(note);
    }
    table
        .column("what", "what")
        .column("seconds", "seconds", 2)
        .column("rowsPerSecond", "rows/s")
        .column("spread", "spread")
        .column("ofCsvFile", "of the csv file's rate", 2)
        .column("ofTextFile", "of the text file's rate", 2)
        .column("cpuSecondsPerMillion", "CPU s per million", 2)
        .column("peakMebibytes", "resident at most, MiB")
        .column("ownRowsPerSecond", "rows/s by its own word");
    all.keySet().forEach(measurement -> addRow(table, measurement));
    return table;
  }

  private void addRow(ResultTable table, Measurement m) {
    List<Measurement> files = List.copyOf(all.keySet());
    List<ProgramRun> runs = counted(all.get(m));
    Optional<Double> cpuSeconds =
        runs.isEmpty()
            ? Optional.of(m.medianCpuSecondsPerMillion(0))
            : ProgramRun.median(runs, Footprint::cpuSeconds).map(seconds -> seconds * 1e6 / rows);
    table
        .row(
            m.name(),
            m.medianSeconds(),
            Math.round(m.rowsPerSecond()),
            m.spread(),
            m.rowsPerSecond() / files.get(0).rowsPerSecond(),
            m.rowsPerSecond() / files.get(1).rowsPerSecond(),
            cpuSeconds.orElse(null),
            rounded(ProgramRun.median(runs, Footprint::peakMebibytes)),
            rounded(ownRate(runs)))
        .raw("allSeconds", m.seconds());
  }

  private static @Nullable Long rounded(Optional<Double> value) {
    return value.map(Math::round).orElse(null);
  }

  private static Optional<Double> ownRate(List<ProgramRun> runs) {
    List<Double> rates =
        runs.stream()
            .map(run -> number(run, 3))
            .flatMapToLong(OptionalLong::stream)
            .mapToObj(rate -> (double) rate)
            .toList();
    return rates.isEmpty() ? Optional.empty() : Optional.of(Measurement.median(rates));
  }

  /** Those after the ones to warm up. */
  private List<ProgramRun> counted(List<ProgramRun> runs) {
    return runs.subList(Math.max(0, runs.size() - rounds), runs.size());
  }

  private static long loaded(ProgramRun run) {
    OptionalLong byPsql = number(run, 1);
    return byPsql.isPresent() ? byPsql.getAsLong() : number(run, 2).orElse(0);
  }

  private static OptionalLong number(ProgramRun run, int group) {
    for (String line : run.output()) {
      Matcher matcher = LOADED.matcher(line);
      if (matcher.matches() && matcher.group(group) != null) {
        return OptionalLong.of(Long.parseLong(matcher.group(group).replace(",", "")));
      }
    }
    return OptionalLong.empty();
  }
}
