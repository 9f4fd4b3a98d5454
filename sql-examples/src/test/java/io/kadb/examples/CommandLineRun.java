package io.kadb.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of the command {@code kadb} in a process of its own.
 *
 * @param exitCode its exit code
 * @param output what it wrote to standard output
 * @param errors what it wrote to standard error
 */
record CommandLineRun(int exitCode, String output, String errors) {
  private static final int DEADLINE_SECONDS = 120;

  /** Runs to the end, with more environment variables, standard input empty. */
  static CommandLineRun of(Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    List<String> command = command();
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(
            "kadb " + arguments + " took more than " + DEADLINE_SECONDS + " s");
      }
      return new CommandLineRun(process.exitValue(), read(output), read(errors));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Returns how {@code kadb} starts on this JVM's class path, to be followed by its arguments. */
  static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dorg.jline.terminal.dumb=true", "-Dkadb.terminal=false"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.kadb.server.Kadb"));
    return command;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
