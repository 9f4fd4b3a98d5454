package io.kadb.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Kadb;
import io.kadb.testing.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code kadb server} in a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("kadb server listening on (http://127\\.0\\.0\\.1:(\\d+))");
  private static final List<String> OPEN =
      List.of("kadb_connections", "kadb_statements", "kadb_open_results");

  private final ChildJvm process;
  private final String url;
  private final int port;

  private ServerProcess(ChildJvm process, String url, int port) {
    this.process = process;
    this.url = url;
    this.port = port;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param folder where its store is
   * @param port 0 for any that is free
   */
  static ServerProcess start(Path folder, int port, String... options) {
    List<String> arguments = new ArrayList<>(List.of("server", "--home", home(folder)));
    arguments.addAll(List.of("--port", Integer.toString(port)));
    arguments.addAll(List.of(options));
    ChildJvm process =
        ChildJvm.start(folder, Kadb.class, List.of(), arguments.toArray(String[]::new));
    process.awaitOutput("kadb server listening on http://127.0.0.1:", 1);
    process.awaitOutput("\n", 1);
    Matcher line = LISTENING.matcher(process.output());
    assertThat(line.find()).as(process.output()).isTrue();
    return new ServerProcess(process, line.group(1), Integer.parseInt(line.group(2)));
  }

  static String home(Path folder) {
    return folder.resolve("home").toString();
  }

  int port() {
    return port;
  }

  /** Ends it at once. */
  void kill() {
    assertThat(process.kill()).as("SIGKILL").isEqualTo(128 + 9);
  }

  @Override
  public void close() {
    process.close();
  }

  /** Waits until no connection, statement or result is open. */
  void awaitNothingOpen(Duration patience) {
    awaitOpen(patience, Map.of());
  }

  /** Waits until as much is open as this says; what it does not name is zero. */
  void awaitOpen(Duration patience, Map<String, Long> wanted) {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<String, Long> all = new TreeMap<>();
    OPEN.forEach(name -> all.put(name, wanted.getOrDefault(name, 0L)));
    while (!open().equals(all)) {
      assertThat(System.nanoTime()).as("still open: %s", open()).isLessThan(deadline);
    }
  }

  /** Returns what is open, by the names of the metrics. */
  private Map<String, Long> open() {
    Map<String, Long> found = new TreeMap<>();
    for (String line : metrics().split("\n")) {
      int space = line.indexOf(' ');
      if (space > 0 && OPEN.contains(line.substring(0, space))) {
        found.put(line.substring(0, space), (long) Double.parseDouble(line.substring(space + 1)));
      }
    }
    assertThat(found).as("the metrics").containsOnlyKeys(OPEN);
    return found;
  }

  private String metrics() {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
