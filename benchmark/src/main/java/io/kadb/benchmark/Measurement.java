package io.kadb.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * One thing that is measured again and again: how long it takes to read all rows, and how much
 * processor time some processes use for it.
 */
final class Measurement {
  private final String name;
  private final Callable<Long> work;
  private final long rows;
  private final List<ProcessHandle> processes;
  private final List<Double> seconds = new ArrayList<>();
  private final List<List<Double>> cpuSeconds = new ArrayList<>();

  /**
   * Work that reads the topic and returns the number of rows it saw.
   *
   * @param processes those whose processor time is of interest
   */
  Measurement(String name, long rows, Callable<Long> work, ProcessHandle... processes) {
    this.name = name;
    this.rows = rows;
    this.work = work;
    this.processes = List.of(processes);
    for (int i = 0; i < processes.length; i++) {
      cpuSeconds.add(new ArrayList<>());
    }
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
    List<Double> cpuBefore = processes.stream().map(Measurement::cpu).toList();
    long began = System.nanoTime();
    long seen = work.call();
    seconds.add((System.nanoTime() - began) / 1e9);
    for (int i = 0; i < processes.size(); i++) {
      cpuSeconds.get(i).add(cpu(processes.get(i)) - cpuBefore.get(i));
    }
    check(seen);
  }

  private static double cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** The median of the rounds so far. */
  double medianSeconds() {
    return median(seconds);
  }

  /** The median of the processor seconds that a process used for a million rows. */
  double medianCpuSecondsPerMillion(int process) {
    return median(cpuSeconds.get(process)) * 1e6 / rows;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
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
