package io.kadb.server.load.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of a test's own that may be restarted and killed, with fsync: what it has committed
 * is there afterwards. Its programs are those of Debian's package if it is installed, otherwise
 * those of the embedded PostgreSQL.
 */
final class DurablePostgres implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String USER = "postgres";

  private final Path programs;
  private final Path data;
  private final Path log;
  private final int port;

  private DurablePostgres(Path programs, Path folder) throws IOException {
    this.programs = programs;
    this.data = folder.resolve("data");
    this.log = folder.resolve("postgres.log");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
  }

  /** Creates a cluster in a folder and starts it. */
  static DurablePostgres create(Path folder) {
    try {
      Path programs = debian().orElseGet(DurablePostgres::embedded);
      DurablePostgres postgres = new DurablePostgres(programs, folder);
      postgres.run(
          "initdb", "-D", postgres.data.toString(), "-U", USER, "-A", "trust", "-E", "UTF8");
      Files.writeString(
          postgres.data.resolve("postgresql.auto.conf"),
          """
          port = %d
          listen_addresses = '127.0.0.1'
          unix_socket_directories = ''
          fsync = on
          synchronous_commit = on
          full_page_writes = on
          max_wal_size = '2GB'
          restart_after_crash = on
          """
              .formatted(postgres.port));
      postgres.start();
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newest version that Debian's packages have put here. */
  private static Optional<Path> debian() {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("pg_ctl")))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(bin -> Double.parseDouble(bin.getName(3).toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starting the embedded one unpacks its programs; a running one says where. */
  private static Path embedded() {
    try (EmbeddedPostgres once = EmbeddedPostgres.start();
        Connection connection = once.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var result = statement.executeQuery("SHOW data_directory")) {
      result.next();
      ProcessHandle server = process(Path.of(result.getString(1))).orElseThrow();
      return Path.of(server.info().command().orElseThrow()).getParent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new AssertionError("the embedded PostgreSQL does not say where it is", e);
    }
  }

  private static Optional<ProcessHandle> process(Path data) {
    try {
      Path file = data.resolve("postmaster.pid");
      return Files.exists(file)
          ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it is, in words. */
  String description() {
    return programs + ", fsync on";
  }

  int port() {
    return port;
  }

  /** The store of a connection of kadb that comes to this port. */
  String store(int otherPort) {
    return "jdbc:postgresql://127.0.0.1:" + otherPort + "/postgres?user=" + USER;
  }

  void start() {
    run("pg_ctl", "-D", data.toString(), "-l", log.toString(), "-w", "-t", "60", "start");
  }

  /** Ends it: {@code fast} in good order, {@code immediate} as if it had crashed. */
  void stop(String how) {
    run("pg_ctl", "-D", data.toString(), "-m", how, "-w", "-t", "60", "stop");
  }

  /** Ends its main process by SIGKILL; the others follow when they notice. */
  void kill() {
    ProcessHandle server = process(data).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
    all.add(server);
    server.destroyForcibly();
    Waits.until(
        () -> all.stream().noneMatch(ProcessHandle::isAlive), "the processes of PostgreSQL end");
  }

  /** Has commits wait for a standby that never comes, and waits for such a commit. */
  void holdCommits() throws SQLException {
    execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()");
    Waits.until(() -> isSomebodyWaiting("SyncRep"), "a commit is under way");
  }

  /** Lets commits end. */
  void releaseCommits() throws SQLException {
    execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
  }

  /** Whether a session waits for something, by its kind or name in {@code pg_stat_activity}. */
  boolean isSomebodyWaiting(String event) throws SQLException {
    return number(
            "SELECT count(*) FROM pg_stat_activity WHERE '%s' IN (wait_event_type, wait_event)"
                .formatted(event))
        > 0;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(store(port));
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of the first row as text. */
  String text(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  /** Runs one of its programs, which do not like to be run by root. */
  private void run(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // In a user namespace of its own the process has no name, and owns what root owns.
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    try {
      Path said = data.resolveSibling(program + ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
              .start();
      boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(
            String.join(" ", command)
                + ": "
                + (ended ? "exit code " + process.exitValue() : "does not end")
                + "\n"
                + Files.readString(said)
                + (Files.exists(log) ? Files.readString(log) : ""));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + program + " runs", e);
    }
  }

  @Override
  public void close() {
    if (process(data).filter(ProcessHandle::isAlive).isPresent()) {
      stop("immediate");
    }
  }
}
