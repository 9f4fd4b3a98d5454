package io.kadb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder in which commands of a page run as they stand there. {@code kadb} and {@code ./kadb} are
 * the program on this JVM's class path, told by its launcher what of it is a terminal.
 */
final class PageShell {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EXPORT = "export ";

  private final Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> exports = new ArrayList<>();

  /**
   * Creates it.
   *
   * @param kadb the words that begin a run of the program
   */
  PageShell(Path folder, List<String> kadb) throws IOException {
    this.folder = folder;
    environment.put("KADB_HOME", folder.resolve("home").toString());
    environment.put("PATH", folder + File.pathSeparator + System.getenv("PATH"));
    String options = kadb.stream().skip(1).map(PageShell::quoted).collect(Collectors.joining(" "));
    program("kadb", "exec " + quoted(kadb.get(0)) + " $terminal " + options + " \"$@\"");
  }

  /** One run: its exit code and what it said. */
  record Run(int exitCode, String output, String errors) {}

  /** Something that is to come true. */
  interface Condition extends Callable<Boolean> {}

  /** Makes a program that the commands find by its name. */
  void program(String name, String script) throws IOException {
    String launcher =
        """
        #!/usr/bin/env bash
        terminal=-Dkadb.terminal=false
        if [ -t 2 ]; then terminal+=' -Dkadb.terminal.errors=true'; fi
        """;
    Path file = Files.writeString(folder.resolve(name), launcher + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  Path write(String file, String text) throws IOException {
    return Files.writeString(folder.resolve(file), text);
  }

  /** Runs commands to their end, which is to be a good one; gives standard output. */
  String run(String commands) throws Exception {
    Run run = end(commands, start(commands));
    assertThat(run.exitCode()).as("%s: %s", commands, run.errors()).isZero();
    return run.output();
  }

  /**
   * Runs a command that goes on by itself until something holds, and then stops it by SIGTERM; its
   * end is to be a good one.
   */
  String runUntil(Condition holds, String command) throws Exception {
    Process process = start("exec " + command);
    try {
      await(holds, process, command);
      process.toHandle().destroy();
      Run run = end(command, process);
      assertThat(run.exitCode()).as("%s: %s", command, run.errors()).isZero();
      return run.output();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Waits until something holds; fails if the process ends before, or time is over. */
  void await(Condition holds, Process process, String command) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!holds.call()) {
      boolean waits = process.isAlive() && Instant.now().isBefore(end);
      assertThat(waits || holds.call()).as("%s: %s", command, said(process, "err")).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Starts commands; those that only export a variable hold for all that come later. */
  Process start(String commands) throws IOException {
    commands.lines().filter(line -> line.startsWith(EXPORT)).forEach(exports::add);
    String all = "set -eu -o pipefail\n" + String.join("\n", exports) + "\n" + commands;
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", all).directory(folder.toFile());
    builder.environment().putAll(environment);
    Path output = Files.createTempFile(folder, "run", ".out");
    Path errors = Files.createTempFile(folder, "run", ".err");
    builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
    Process process = builder.start();
    Files.createSymbolicLink(folder.resolve(process.pid() + ".out"), output);
    Files.createSymbolicLink(folder.resolve(process.pid() + ".err"), errors);
    return process;
  }

  /** Waits for the end of a process. */
  Run end(String commands, Process process) throws Exception {
    process.getOutputStream().close();
    try {
      boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(ended).as("%s ends: %s", commands, said(process, "err")).isTrue();
      return new Run(process.exitValue(), said(process, "out"), said(process, "err"));
    } finally {
      process.destroyForcibly();
    }
  }

  /** What a process has said so far; {@code out} or {@code err}. */
  String said(Process process, String stream) throws IOException {
    Path file = folder.resolve(process.pid() + "." + stream);
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  /** Whether the machine has a program of this name. */
  static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
