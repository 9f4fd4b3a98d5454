package io.kadb.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * One thing that is measured again and again: how long it takes, how much processor time some
 * processes use for it, and what this JVM allocates meanwhile.
 */
final class Measurement {
  private final String name;
  private final Callable<Long> work;
  private final long rows;
  private final long answer;
  private final List<ProcessHandle> processes;
  private final List<Double> seconds = new ArrayList<>();
  private final List<List<Double>> cpuSeconds = new ArrayList<>();
  private final List<Double> allocatedBytes = new ArrayList<>();
  private long mostHeap;
  private int everyNth = 1;

  /** Work that reads rows and returns how many it saw. */
  Measurement(String name, long rows, Callable<Long> work, ProcessHandle... processes) {
    this(name, rows, rows, work, processes);
  }

  /**
   * Work that reads rows and returns a number.
   *
   * @param answer the number it is to return each time
   * @param processes those whose processor time is of interest
   */
  Measurement(
      String name, long rows, long answer, Callable<Long> work, ProcessHandle... processes) {
    this.name = name;
    this.work = work;
    this.rows = rows;
    this.answer = answer;
    this.processes = List.of(processes);
    for (int i = 0; i < processes.length; i++) {
      cpuSeconds.add(new ArrayList<>());
    }
  }

  /** Lets it take part in every second, or third, round only, counted from the last one. */
  Measurement every(int nth) {
    everyNth = nth;
    return this;
  }

  /** Runs all in turn, so that a slow minute of the machine hits each of them. */
  static void alternate(List<Measurement> all, LabOptions options) throws Exception {
    alternate(all, options, () -> {});
  }

  /** What has to be done before each measurement, and is not measured. */
  @FunctionalInterface
  interface Preparation {
    void run() throws Exception;
  }

  /** Runs all in turn, each of them after some preparation. */
  static void alternate(List<Measurement> all, LabOptions options, Preparation before)
      throws Exception {
    int last = options.warmUps() + options.rounds() - 1;
    for (int round = 0; round <= last; round++) {
      for (Measurement measurement : all) {
        if ((last - round) % measurement.everyNth != 0) {
          continue;
        }
        before.run();
        if (round < options.warmUps()) {
          measurement.warmUp();
        } else {
          measurement.measure();
        }
      }
    }
  }

  String name() {
    return name;
  }

  /** How many rows the work reads. */
  long rows() {
    return rows;
  }

  /** Runs once without counting, to warm up. */
  void warmUp() throws Exception {
    check(work.call());
  }

  /** Runs once and keeps the figures. */
  void measure() throws Exception {
    // What the one before left behind is not this one's to clean up.
    System.gc();
    Allocations allocations = Allocations.ofThisJvm();
    allocations.settle();
    allocations.forgetMostLeft();
    long allocatedBefore = allocations.bytes();
    List<Double> cpuBefore = processes.stream().map(Measurement::cpu).toList();
    long began = System.nanoTime();
    long seen = work.call();
    seconds.add((System.nanoTime() - began) / 1e9);
    for (int i = 0; i < processes.size(); i++) {
      cpuSeconds.get(i).add(cpu(processes.get(i)) - cpuBefore.get(i));
    }
    allocations.settle();
    allocatedBytes.add((double) (allocations.bytes() - allocatedBefore));
    mostHeap = Math.max(mostHeap, allocations.mostLeft());
    check(seen);
  }

  private static double cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** The seconds of each round. */
  List<Double> seconds() {
    return List.copyOf(seconds);
  }

  /** The median of the rounds so far. */
  double medianSeconds() {
    return median(seconds);
  }

  /** The fastest and the slowest round, in percent of the median's rate. */
  String spread() {
    double median = medianSeconds();
    double slowest = seconds.stream().mapToDouble(s -> s).max().orElse(median);
    double fastest = seconds.stream().mapToDouble(s -> s).min().orElse(median);
    return String.format(
        Locale.ROOT, "%.0f–%.0f %%", 100 * median / slowest, 100 * median / fastest);
  }

  /** The median of the processor seconds that a process used for a million rows. */
  double medianCpuSecondsPerMillion(int process) {
    return median(cpuSeconds.get(process)) * 1e6 / rows;
  }

  /** The median of the bytes that this JVM allocated for each row. */
  double medianAllocatedBytes() {
    return median(allocatedBytes) / rows;
  }

  /** The most MiB that a collection left on this JVM's heap in any round. */
  long mostHeapMebibytes() {
    return mostHeap >> 20;
  }

  /** The median of figures; of an even number of them the greater of the two in the middle. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  double rowsPerSecond() {
    return rows / medianSeconds();
  }

  private void check(long seen) {
    if (seen != answer) {
      throw new IllegalStateException(name + ": found " + seen + ", wanted " + answer);
    }
  }
}
