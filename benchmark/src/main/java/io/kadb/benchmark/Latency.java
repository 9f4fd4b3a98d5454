package io.kadb.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** One small question whose time is taken again and again. */
final class Latency {
  private final String name;
  private final Callable<Long> work;
  private final long expected;
  private final List<Double> millis = new ArrayList<>();

  /** Work that returns the number of things it saw. */
  Latency(String name, long expected, Callable<Long> work) {
    this.name = name;
    this.work = work;
    this.expected = expected;
  }

  /**
   * Asks all in turn, so that a slow moment of the machine hits each of them.
   *
   * @param times how often for each round that was asked for
   */
  static void alternate(List<Latency> all, LabOptions options, int times) throws Exception {
    int warmUps = options.warmUps() * times;
    for (int round = 0; round < warmUps + options.rounds() * times; round++) {
      for (Latency latency : all) {
        latency.measure(round >= warmUps);
      }
    }
  }

  private void measure(boolean counts) throws Exception {
    long began = System.nanoTime();
    long seen = work.call();
    double took = (System.nanoTime() - began) / 1e6;
    if (seen != expected) {
      throw new IllegalStateException(name + ": found " + seen + ", wanted " + expected);
    }
    if (counts) {
      millis.add(took);
    }
  }

  /** A table of such questions, without rows. */
  static ResultTable table(String key, String title) {
    return new ResultTable(key, title)
        .column("what", "what")
        .column("medianMillis", "median, ms", 2)
        .column("percentile90Millis", "of 100, 90 take at most, ms", 2);
  }

  String name() {
    return name;
  }

  /** The time of each question that counted. */
  List<Double> millis() {
    return List.copyOf(millis);
  }

  /** The milliseconds that a part of the questions, 0.9 for example, take at most. */
  double millis(double part) {
    List<Double> sorted = millis.stream().sorted().toList();
    return sorted.get((int) ((sorted.size() - 1) * part));
  }

  /** Adds its row to such a table. */
  void addTo(ResultTable table) {
    table.row(name, millis(0.5), millis(0.9)).raw("millis", millis());
  }
}
