package io.kadb.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A kadb server in a process of its own. */
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
   * Starts a server and waits until it listens.
   *
   * @param home the folder of its store
   * @param heap the most heap it may have, as {@code -Xmx} takes it
   */
  static ServerProcess start(Distribution kadb, Path home, String heap) throws IOException {
    Path pauses = home.resolve("server-gc.log");
    String options =
        "-Xmx%s -Xlog:gc:file=%s::filecount=0 %s"
            .formatted(heap, pauses, System.getProperty("benchmark.server.options", ""));
    Process process =
        kadb.kadb(options, "server", "--port", "0", "--home", home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
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

  /** The URL for kadb's own driver. */
  String thinUrl() {
    return "jdbc:kadb://" + address + "/";
  }

  /** The URL for the driver of Avatica, in its faster form. */
  String avaticaUrl() {
    return "jdbc:avatica:remote:url=http://" + address + ";serialization=protobuf";
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
  record HeapPeak(int before, int after) {}

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
