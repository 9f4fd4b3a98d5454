package io.kadb.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A Trino server in a process of its own that reads the topics of every {@link Form}, set up to be
 * fast on one small machine. It ends with this JVM at the latest, and its files with it.
 */
final class TrinoProcess implements AutoCloseable {
  /** The most heap it may have, unless told otherwise. */
  static final String HEAP = "2g";

  private static final Duration START_DEADLINE = Duration.ofMinutes(3);

  private final TrinoInstallation installation;
  private final Driver driver;
  private final Path home;
  private final int port;
  private final Process process;
  private final Thread endOfJvm = new Thread(this::end, "trino-end");

  private TrinoProcess(TrinoInstallation installation, String brokers, String heap)
      throws IOException {
    this.installation = installation;
    this.driver = installation.driver();
    this.home = Files.createTempDirectory("kadb-trino-");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    writeSettings(brokers);
    this.process =
        new ProcessBuilder(command(heap))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("server.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(endOfJvm);
  }

  /** Starts a server and waits until it answers. */
  static TrinoProcess start(TrinoInstallation installation, String brokers) throws IOException {
    return start(installation, brokers, HEAP);
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param heap the most heap it may have, as {@code -Xmx} takes it
   */
  static TrinoProcess start(TrinoInstallation installation, String brokers, String heap)
      throws IOException {
    TrinoProcess trino = new TrinoProcess(installation, brokers, heap);
    try {
      trino.await("SELECT count(*) FROM (VALUES 1) AS t (one)");
      return trino;
    } catch (IOException | RuntimeException e) {
      trino.close();
      throw e;
    }
  }

  /** For Trino's driver; uncompressed, as nothing is slow between two processes of one machine. */
  String jdbcUrl() {
    return "jdbc:trino://127.0.0.1:"
        + port
        + "/kafka/default?user=benchmark&disableCompression=true";
  }

  /** A new connection by Trino's own driver. */
  Connection connect() throws SQLException {
    return driver.connect(jdbcUrl(), new Properties());
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends the process and deletes its files. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(endOfJvm);
    } catch (IllegalStateException shuttingDown) {
      // The hook does the same.
    }
    end();
  }

  /** At once: it keeps nothing. */
  private synchronized void end() {
    process.destroyForcibly();
    process.onExit().join();
    try {
      if (Files.exists(home)) {
        Lab.delete(home);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("files of Trino remain in " + home, e);
    }
  }

  private void writeSettings(String brokers) throws IOException {
    Path tables = Files.createDirectories(home.resolve("tables"));
    Path catalogs = Files.createDirectories(home.resolve("catalog"));
    Files.createDirectories(home.resolve("tmp"));
    TrinoTables.describe(tables);
    Path consumer =
        Files.writeString(
            home.resolve("consumer.properties"),
            // What bare consumers get too; polls as large as a fetch; and what kadb promises.
            """
            fetch.max.wait.ms=10
            max.partition.fetch.bytes=1048576
            max.poll.records=100000
            isolation.level=read_committed
            """);
    Files.writeString(
        catalogs.resolve("kafka.properties"),
        // A split for each partition: every split costs a new consumer.
        """
        connector.name=kafka
        kafka.nodes=%s
        kafka.table-description-dir=%s
        kafka.table-names=%s
        kafka.config.resources=%s
        kafka.messages-per-split=1000000000
        kafka.buffer-size=1MB
        """
            .formatted(brokers, tables, tableNames(), consumer));
    Files.writeString(
        home.resolve("config.properties"),
        """
        coordinator=true
        node-scheduler.include-coordinator=true
        http-server.http.port=%1$d
        discovery.uri=http://127.0.0.1:%1$d
        node.bind-ip=127.0.0.1
        node.internal-address=127.0.0.1
        node.environment=benchmark
        node.id=benchmark
        plugin.dir=%2$s
        catalog.config-dir=%3$s
        http-server.log.enabled=false
        query-results.compression-enabled=false
        protocol.spooling.enabled=false
        task.concurrency=%4$d
        web-ui.enabled=false
        """
            .formatted(
                port,
                installation.folder().resolve("plugin"),
                catalogs,
                Integer.highestOneBit(Runtime.getRuntime().availableProcessors())));
    Files.writeString(home.resolve("log.properties"), "=WARN\norg.apache.kafka=ERROR\n");
  }

  private static String tableNames() {
    List<String> names = new ArrayList<>();
    for (Form form : Form.values()) {
      names.add(form.topic());
    }
    return String.join(",", names);
  }

  /** What Trino's documentation recommends for its JVM, with a small heap. */
  private List<String> command(String heap) {
    return List.of(
        installation.java(),
        "-server",
        "-Xmx" + heap,
        "-Xms" + heap,
        "-XX:+UseG1GC",
        "-XX:+ExplicitGCInvokesConcurrent",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-OmitStackTraceInFastThrow",
        "-XX:ReservedCodeCacheSize=512M",
        "-XX:PerMethodRecompilationCutoff=10000",
        "-XX:PerBytecodeRecompilationCutoff=10000",
        "-XX:+EnableDynamicAgentLoading",
        "-XX:-UsePerfData",
        "-Djdk.attach.allowAttachSelf=true",
        "-Djdk.nio.maxCachedBufferSize=2000000",
        "-Dfile.encoding=UTF-8",
        "-Duser.timezone=UTC",
        "-Djava.io.tmpdir=" + home.resolve("tmp"),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "--add-modules=jdk.incubator.vector",
        "-Dconfig=" + home.resolve("config.properties"),
        "-Dlog.enable-console=true",
        "-Dlog.levels-file=" + home.resolve("log.properties"),
        "-cp",
        installation.folder().resolve("lib") + "/*",
        "io.trino.server.TrinoServer");
  }

  /**
   * Waits until it answers a query: to one that reads nothing it does before it knows of itself as
   * a node that can read.
   */
  void await(String sql) throws IOException {
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    SQLException last = null;
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(sql)) {
        result.next();
        return;
      } catch (SQLException e) {
        last = e;
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new IllegalStateException("Trino did not start; its log ends with\n" + logEnd(), last);
  }

  private String logEnd() throws IOException {
    List<String> lines = Files.readAllLines(home.resolve("server.log"));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }
}
