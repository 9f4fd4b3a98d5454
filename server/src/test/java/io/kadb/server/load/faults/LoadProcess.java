package io.kadb.server.load.faults;

import io.kadb.server.Kadb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code kadb load} in a process of its own, by its command line. */
final class LoadProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Path errors;
  private final Path output;

  private LoadProcess(Process process, Path errors, Path output) {
    this.process = process;
    this.errors = errors;
    this.output = output;
  }

  /** Starts it; what it says goes to new files of the folder. */
  static LoadProcess start(Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Kadb.class.getName()));
    command.add("load");
    command.addAll(arguments);
    try {
      Path errors = Files.createTempFile(folder, "load-", ".err");
      Path output = Files.createTempFile(folder, "load-", ".out");
      return new LoadProcess(
          new ProcessBuilder(command)
              .redirectError(errors.toFile())
              .redirectOutput(output.toFile())
              .start(),
          errors,
          output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has said on standard error so far. */
  String errors() {
    return read(errors);
  }

  /** What it has said on standard output so far. */
  String output() {
    return read(output);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often it has said a text on standard error. */
  int said(String text) {
    int count = 0;
    String all = errors();
    for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) {
      count++;
    }
    return count;
  }

  /** Waits until it has said a text; fails if it ends before. */
  void awaitWord(String text) {
    Waits.until(
        () -> {
          if (said(text) > 0) {
            return true;
          }
          if (!process.isAlive() && said(text) == 0) {
            throw new AssertionError("it ended without " + text + ": " + errors());
          }
          return false;
        },
        PATIENCE,
        () -> "it says " + text + ": " + errors());
  }

  /** Ends it by SIGKILL. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to end by SIGTERM and returns its exit code. */
  int stop() {
    process.toHandle().destroy();
    return awaitEnd();
  }

  /** Waits until it ends and returns its exit code. */
  int awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it does not end: " + errors());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a load runs", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
