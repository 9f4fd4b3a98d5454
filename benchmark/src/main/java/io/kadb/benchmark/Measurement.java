package io.kadb.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** One thing that is measured again and again: how long it takes to read all rows. */
final class Measurement {
  private final String name;
  private final Callable<Long> work;
  private final long rows;
  private final List<Double> seconds = new ArrayList<>();

  /** Work that reads the topic and returns the number of rows it saw. */
  Measurement(String name, long rows, Callable<Long> work) {
    this.name = name;
    this.rows = rows;
    this.work = work;
  }

  String name() {
    return name;
  }

  /** Runs once without counting, to warm up. */
  void warmUp() throws Exception {
    check(work.call());
  }

  /** Runs once and keeps the time. */
  void measure() throws Exception {
    long began = System.nanoTime();
    long seen = work.call();
    seconds.add((System.nanoTime() - began) / 1e9);
    check(seen);
  }

  /** The median of the rounds so far. */
  double medianSeconds() {
    List<Double> sorted = seconds.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  double rowsPerSecond() {
    return rows / medianSeconds();
  }

  private void check(long seen) {
    if (seen != rows) {
      throw new IllegalStateException(name + ": found " + seen + " rows, wanted " + rows);
    }
  }
}
