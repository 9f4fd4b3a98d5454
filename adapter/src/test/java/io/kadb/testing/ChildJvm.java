package io.kadb.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program of the tests in a JVM of its own, which may be killed. It hears its parent's words on
 * standard input, line by line, and ends with it; what it says goes to a file.
 */
public final class ChildJvm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final OutputStream words;
  private final Path said;

  private ChildJvm(Process process, Path said) {
    this.process = process;
    this.words = process.getOutputStream();
    this.said = said;
  }

  /**
   * Starts the {@code main} of a class on this JVM's class path.
   *
   * @param directory where its output goes
   * @param options of the JVM
   */
  public static ChildJvm start(
      Path directory, Class<?> program, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    try {
      Path said = Files.createTempFile(directory, "child-", ".log");
      return new ChildJvm(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start(),
          said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything it has said so far. */
  public String output() {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has said something a number of times. */
  public void awaitOutput(String text, int times) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!hasSaid(text, times)) {
      if (endsWithin(Duration.ofMillis(5)) && !hasSaid(text, times)) {
        throw new AssertionError("it ended with " + process.exitValue() + ": " + output());
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it does not say " + text + ": " + output());
      }
    }
  }

  private boolean hasSaid(String text, int times) {
    return output().split(Pattern.quote(text), -1).length > times;
  }

  /** Says a line to it. */
  public void say(String line) {
    try {
      words.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      words.flush();
    } catch (IOException e) {
      throw new AssertionError("it hears nothing: " + output(), e);
    }
  }

  /** Lets it go on for a while; returns whether it ended by itself. */
  public boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a child runs", e);
    }
  }

  /** Waits until it ends and returns its exit value. */
  public int awaitEnd() {
    if (!endsWithin(PATIENCE)) {
      throw new AssertionError("it does not end: " + output());
    }
    return process.exitValue();
  }

  /** Ends it at once, by SIGKILL, and returns its exit value. */
  public int kill() {
    process.destroyForcibly();
    return awaitEnd();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
