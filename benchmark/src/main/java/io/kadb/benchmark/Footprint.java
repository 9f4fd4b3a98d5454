package io.kadb.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process has taken of the machine since it began.
 *
 * @param cpuSeconds processor time
 * @param peakMebibytes the most memory that was resident
 */
record Footprint(double cpuSeconds, double peakMebibytes) {
  private static final String PEAK = "VmHWM:";

  /** Looks at a process that runs; Linux alone tells of its memory. */
  static Optional<Footprint> of(ProcessHandle process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .findFirst()
          .map(line -> new Footprint(cpuSeconds(process), mebibytes(line)));
    } catch (IOException | java.io.UncheckedIOException e) {
      // It has just ended, or the system is another one.
      return Optional.empty();
    }
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** {@code VmHWM: 123456 kB}. */
  private static double mebibytes(String line) {
    return Long.parseLong(line.substring(PEAK.length()).strip().split(" ")[0]) / 1024.0;
  }
}
