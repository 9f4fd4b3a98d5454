package io.kadb.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code kadb server} in a process of its own, on a free port. */
final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "kadb server listening on http://";
  private static final int STOP_SECONDS = 15;

  private final Process process;
  private final String address;

  private ServerProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it; it answers when this returns.
   *
   * @param folder where it may write
   * @param environment more environment variables
   * @param storeUrl a PostgreSQL whose user is postgres
   */
  static ServerProcess start(Path folder, Map<String, String> environment, String storeUrl)
      throws IOException {
    Path errors = Files.createTempFile(folder, "server", ".txt");
    List<String> command = CommandLineRun.command();
    command.addAll(List.of("server", "--port", "0", "--home", folder.resolve("home").toString()));
    command.addAll(List.of("--store", storeUrl, "--store-user", "postgres"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (line == null || !line.startsWith(LISTENING)) {
      process.destroyForcibly();
      throw new AssertionError(line + "\n" + Files.readString(errors));
    }
    return new ServerProcess(process, line.substring(LISTENING.length()).replace("/", ""));
  }

  /** Where clients connect, {@code host:port}. */
  String address() {
    return address;
  }

  /** Where kadb's own driver connects. */
  String url() {
    return "jdbc:kadb://" + address + "/";
  }

  @Override
  public void close() {
    process.toHandle().destroy();
    try {
      process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
