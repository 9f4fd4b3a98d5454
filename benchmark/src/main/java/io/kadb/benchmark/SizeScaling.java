package io.kadb.benchmark;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** How cost grows with the size of messages: topics of texts of one size each. */
final class SizeScaling {
  private static final List<Integer> SIZES = List.of(20, 100, 1_000, 10_000, 100_000);

  /** From this size on a topic is read several times in a round: there are few messages. */
  private static final int LARGE = 1_000;

  private static final String BARE = "two bare consumers";
  private static final String COUNT = "kadb, text, `count(*)`";
  private static final String TEXT = "kadb, text, `max(length(line))`";
  private static final String CSV = "kadb, csv, `max(length(line))`";

  private final LabOptions options;

  SizeScaling(LabOptions options) {
    this.options = options;
  }

  /**
   * What is measured at one size.
   *
   * @param bytes that are read in a round
   */
  private record Size(TopicShape topic, int times, Map<String, Measurement> measurements) {
    double bytes() {
      return (double) topic.messages() * times * topic.messageBytes();
    }

    double megabytesPerSecond(String what) {
      return bytes() / 1e6 / measurement(what).medianSeconds();
    }

    /** Nanoseconds of processor time for a message. */
    double cpuNanos(String what) {
      return measurement(what).medianCpuSecondsPerMillion(0) * 1e3;
    }

    private Measurement measurement(String what) {
      Measurement found = measurements.get(what);
      if (found == null) {
        throw new IllegalArgumentException(what);
      }
      return found;
    }
  }

  /** Measures, and adds the tables and the target to the report. */
  void run(Workbench bench, Report report) throws Exception {
    List<Size> sizes = new ArrayList<>();
    for (int bytes : SIZES) {
      sizes.add(size(bench, bytes));
    }
    Measurement.alternate(
        sizes.stream().flatMap(size -> size.measurements.values().stream()).toList(), options);
    report.add(table(sizes));
    report.add(lines(sizes));
    Size largest = sizes.get(sizes.size() - 1);
    Size before = sizes.get(sizes.size() - 2);
    for (String what : List.of(TEXT, CSV)) {
      report.target(
          what + ": CPU per byte of messages of 10 KB, of that of 100 KB",
          0.8,
          before.cpuNanos(what)
              / before.topic.messageBytes()
              / (largest.cpuNanos(what) / largest.topic.messageBytes()));
    }
  }

  private Size size(Workbench bench, int bytes) throws Exception {
    long total = options.rows() * 64;
    long messages = Math.max(8, Math.min(options.rows() / 2, total / bytes));
    int times = bytes < LARGE ? 1 : (int) Math.max(1, Math.min(2, options.rows() / 500_000));
    TopicShape topic = TopicShape.of(Form.TEXT, messages).sized(bytes);
    bench.fill(topic);
    bench.table(topic);
    bench.table("csv_of_" + bytes, topic, "csv", "");
    return new Size(topic, times, measurements(bench, topic, times));
  }

  private static Map<String, Measurement> measurements(
      Workbench bench, TopicShape topic, int times) {
    BareConsumers bare = BareConsumers.touching(bench.brokers(), topic, Workbench.SEGMENTS);
    long lengths = (long) topic.messageBytes() * times;
    long messages = topic.messages() * times;
    String from = " FROM " + topic.name();
    List<Measurement> all =
        List.of(
            measurement(BARE, messages, messages, times, bare::read),
            measurement(
                COUNT, messages, messages, times, () -> number(bench, "SELECT count(*)" + from)),
            measurement(
                TEXT,
                messages,
                lengths,
                times,
                () -> number(bench, "SELECT max(length(line))" + from)),
            measurement(
                CSV,
                messages,
                lengths,
                times,
                () ->
                    number(bench, "SELECT max(length(line)) FROM csv_of_" + topic.messageBytes())));
    Map<String, Measurement> byName = new LinkedHashMap<>();
    all.forEach(measurement -> byName.put(measurement.name(), measurement));
    return byName;
  }

  private static long number(Workbench bench, String sql) throws SQLException {
    return Tables.number(bench.kadb(), sql);
  }

  private static Measurement measurement(
      String name, long messages, long answer, int times, Callable<Long> once) {
    Callable<Long> work =
        () -> {
          long sum = 0;
          for (int i = 0; i < times; i++) {
            sum += once.call();
          }
          return sum;
        };
    return new Measurement(name, messages, answer, work, ProcessHandle.current());
  }

  private static ResultTable table(List<Size> sizes) {
    ResultTable table =
        new ResultTable("scaling-size", "Size of messages")
            .note(
                "Texts of letters and digits; two segments, and two bare consumers. Bare consumers"
                    + " connect anew each time, those of kadb stay connected.")
            .column("bytes", "bytes")
            .column("messages", "messages")
            .column("what", "what")
            .column("megabytesPerSecond", "MB/s", 1)
            .column("spread", "spread")
            .column("ofBare", "of bare", 2)
            .column("cpuNanosPerMessage", "CPU ns per message")
            .column("cpuSecondsPerGigabyte", "CPU s per GB", 2);
    for (Size size : sizes) {
      for (Measurement m : size.measurements.values()) {
        String what = m.name();
        table
            .row(
                size.topic.messageBytes(),
                size.topic.messages(),
                what,
                size.megabytesPerSecond(what),
                m.spread(),
                size.megabytesPerSecond(what) / size.megabytesPerSecond(BARE),
                Math.round(size.cpuNanos(what)),
                size.cpuNanos(what) / size.topic.messageBytes())
            .raw("seconds", m.seconds());
      }
    }
    return table;
  }

  private static ResultTable lines(List<Size> sizes) {
    ResultTable table =
        new ResultTable("scaling-size-lines", "CPU of a message as a line over its size")
            .note("Fitted so that the relative errors are least; two segments.")
            .column("what", "what")
            .column("nanosPerMessage", "ns per message")
            .column("nanosPerKilobyte", "ns per KB", 1)
            .column("error", "largest error");
    for (String what : sizes.get(0).measurements.keySet()) {
      double[] x = sizes.stream().mapToDouble(size -> size.topic.messageBytes()).toArray();
      double[] y = sizes.stream().mapToDouble(size -> size.cpuNanos(what)).toArray();
      Line line = Line.through(x, y);
      table.row(
          what,
          Math.round(line.base()),
          line.slope() * 1e3,
          String.format(Locale.ROOT, "%.0f %%", 100 * line.largestError(x, y)));
    }
    return table;
  }
}
