package io.kadb.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as its users start it: in a JVM of its own, here with a temporary folder of its own. */
class DemoIT {
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  @TempDir Path folder;

  @Test
  void loadsEveryMessageOnceAndLeavesNothingBehind() throws Exception {
    Process demo = start();
    assertThat(demo.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).as(output()).isZero();
    assertThat(output())
        .contains("CREATE SERVER", "CREATE FOREIGN TABLE", "kadb.offsets", "INSERT INTO pg.public.")
        .contains("loaded 3000 of 3000 produced")
        .endsWith("loaded 3376 of 3376 produced" + System.lineSeparator());
    assertNothingIsLeft();
  }

  @Test
  void leavesNothingBehindWhenItIsInterrupted() throws Exception {
    Process demo = start();
    await(() -> output().contains("== In kadb"));
    demo.destroy();
    assertThat(demo.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).isNotZero();
    assertNothingIsLeft();
  }

  @Test
  void leavesNothingBehindWhenItIsInterruptedWhileItStarts() throws Exception {
    Process demo = start();
    await(() -> !temporaryFiles().isEmpty());
    demo.destroy();
    assertThat(demo.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertNothingIsLeft();
  }

  private Process start() throws IOException {
    Files.createDirectories(temporary());
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dkadb.terminal=false",
            "-Djava.io.tmpdir=" + temporary(),
            "-cp",
            System.getProperty("java.class.path"),
            "io.kadb.server.Kadb",
            "demo");
    builder.redirectErrorStream(true).redirectOutput(log().toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private void assertNothingIsLeft() throws Exception {
    // Processes that were told to end need a moment; files must be gone already.
    assertThat(temporaryFiles()).isEmpty();
    await(() -> processesOfTheDemo().isEmpty());
  }

  private List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(temporary())) {
      return files.toList();
    }
  }

  /** Broker and PostgreSQL name a file in the temporary folder on their command lines. */
  private List<ProcessHandle> processesOfTheDemo() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(temporary().toString()))
        .toList();
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }

  private Path log() {
    return folder.resolve("demo.log");
  }

  private String output() throws IOException {
    return Files.exists(log()) ? Files.readString(log(), StandardCharsets.UTF_8) : "";
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private void await(Condition condition) throws Exception {
    Instant end = Instant.now().plus(DEADLINE);
    while (!condition.holds()) {
      assertThat(Instant.now()).as("deadline; the demo said: %s", output()).isBefore(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
