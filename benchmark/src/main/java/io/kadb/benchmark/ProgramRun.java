package io.kadb.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * A program that ran in a process of its own.
 *
 * @param firstRowSeconds until its first line that begins with a number, as rows of orders do;
 *     until its end if there was none
 * @param seconds until its end
 * @param output the lines it wrote
 * @param footprint what it took, as seen a few milliseconds before its end
 */
record ProgramRun(
    double firstRowSeconds, double seconds, List<String> output, Optional<Footprint> footprint) {
  private static final Pattern ROW = Pattern.compile("\"?\\d");
  private static final long GLANCE_MILLIS = 10;

  /** Runs a program to its end; what it writes to standard error is passed on. */
  static ProgramRun of(ProcessBuilder program) throws IOException, InterruptedException {
    List<String> output = new ArrayList<>();
    double firstRow = 0;
    long began = System.nanoTime();
    Process process = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    AtomicReference<Optional<Footprint>> footprint = new AtomicReference<>(Optional.empty());
    Thread watch = new Thread(() -> watch(process, footprint), "footprint");
    watch.start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (firstRow == 0 && ROW.matcher(line).lookingAt()) {
          firstRow = secondsSince(began);
        }
        output.add(line);
      }
    }
    int exitCode = process.waitFor();
    double seconds = secondsSince(began);
    watch.join();
    if (exitCode != 0) {
      throw new IOException("%s ended with %d: %s".formatted(program.command(), exitCode, output));
    }
    return new ProgramRun(
        firstRow == 0 ? seconds : firstRow, seconds, List.copyOf(output), footprint.get());
  }

  /** The median of what some runs took; empty where the system does not tell. */
  static Optional<Double> median(List<ProgramRun> runs, ToDoubleFunction<Footprint> figure) {
    List<Double> figures =
        runs.stream()
            .map(ProgramRun::footprint)
            .flatMap(Optional::stream)
            .map(figure::applyAsDouble)
            .toList();
    return figures.isEmpty() ? Optional.empty() : Optional.of(Measurement.median(figures));
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  /** The system forgets a process as soon as it has ended, so it is looked at before. */
  private static void watch(Process process, AtomicReference<Optional<Footprint>> last) {
    try {
      do {
        Footprint.of(process.toHandle()).ifPresent(now -> last.set(Optional.of(now)));
      } while (!process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
