package io.kadb.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A kadb server in a process of its own, on the class path of this one. */
final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "kadb server listening on http://";

  /** {@code 300M->20M(512M)}, as the garbage collector logs each of its pauses. */
  private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\)");

  private final Process process;
  private final String address;
  private final Path pauses;

  private ServerProcess(Process process, String address, Path pauses) {
    this.process = process;
    this.address = address;
    this.pauses = pauses;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param home the folder of its store
   * @param heap the most heap it may have, as {@code -Xmx} takes it
   */
  static ServerProcess start(Path home, String heap) throws IOException {
    Path pauses = home.resolve("server-gc.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-Xlog:gc:file=" + pauses + "::filecount=0");
    command.addAll(List.of(System.getProperty("benchmark.server.options", "").strip().split(" +")));
    command.removeIf(String::isEmpty);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.kadb.server.Kadb", "server", "--port", "0"));
    command.addAll(List.of("--home", home.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new ServerProcess(process, address(process), pauses);
  }

  private static String address(Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(LISTENING)) {
        return line.substring(LISTENING.length()).strip();
      }
    }
    throw new IllegalStateException("the server did not start");
  }

  /** Host and port. */
  String address() {
    return address;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** How full its heap has been so far. */
  HeapPeak heapPeak() {
    try {
      List<MatchResult> all =
          Files.readString(pauses).lines().flatMap(l -> PAUSE.matcher(l).results()).toList();
      return new HeapPeak(
          all.stream().mapToInt(p -> Integer.parseInt(p.group(1))).max().orElse(0),
          all.stream().mapToInt(p -> Integer.parseInt(p.group(2))).max().orElse(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How full a heap has been at most.
   *
   * @param before the most MiB when a collection began, garbage and all
   * @param after the most MiB that a collection left
   */
  record HeapPeak(int before, int after) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%d MiB before a collection, %d MiB after one", before, after);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
