package io.kadb.server.demo;

import io.kadb.broker.BrokerException;
import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A broker and a PostgreSQL of our own, in temporary folders and on free ports. {@link #close} ends
 * both and deletes what they wrote; the end of the JVM does the same, be it by an error or by
 * Ctrl-C. Safe for use by several threads.
 */
public final class DemoEnvironment implements AutoCloseable {
  private final Thread endOfJvm = new Thread(this::release, "kadb-demo-end");
  private CompletableFuture<Void> started = CompletableFuture.completedFuture(null);
  private volatile @Nullable Path home;
  private volatile @Nullable BrokerProcess broker;
  private volatile @Nullable EmbeddedPostgres postgres;
  private boolean released;

  private DemoEnvironment() {}

  /** Starts both, at the same time. */
  public static DemoEnvironment start() throws IOException {
    DemoEnvironment environment = new DemoEnvironment();
    // Before anything is there to clean up, so that no moment is without it.
    Runtime.getRuntime().addShutdownHook(environment.endOfJvm);
    try {
      environment.begin().join();
      return environment;
    } catch (CompletionException e) {
      environment.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } catch (IOException | RuntimeException e) {
      environment.close();
      throw e;
    }
  }

  /** Where clients of the broker connect. */
  public String brokers() {
    return present(broker).bootstrapServers();
  }

  /**
   * kadb on this PostgreSQL as its store, with its home in the temporary folder. A broker that
   * shares a busy machine with all the rest is waited for.
   */
  public String kadbUrl() {
    return "jdbc:kadb:?kadb.home="
        + present(home).resolve("kadb")
        + "&store="
        + storeUrl()
        + "&storeUser=postgres&k_latency_ms=20000";
  }

  /** JDBC URL of the PostgreSQL, whose user is postgres. */
  public String storeUrl() {
    return "jdbc:postgresql://localhost:" + present(postgres).getPort() + "/postgres";
  }

  /** A connection that does not go through kadb, to prepare tables and to count afterwards. */
  public Connection postgres() throws SQLException {
    return present(postgres).getPostgresDatabase().getConnection();
  }

  @Override
  public void close() {
    release();
    try {
      Runtime.getRuntime().removeShutdownHook(endOfJvm);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already; release() has been waited for.
    }
  }

  private synchronized CompletableFuture<Void> begin() throws IOException {
    if (released) {
      throw new IllegalStateException("the program is ending");
    }
    home = Files.createTempDirectory("kadb-demo-");
    started =
        CompletableFuture.allOf(
            CompletableFuture.runAsync(this::startBroker),
            CompletableFuture.runAsync(this::startPostgres));
    return started;
  }

  private void startBroker() {
    try {
      broker = broker("broker");
    } catch (BrokerException e) {
      // Between finding a port free and binding it somebody else may have taken it.
      broker = broker("broker-again");
    }
  }

  private BrokerProcess broker(String name) {
    // What the broker's native libraries unpack is to vanish with the rest.
    Path unpacked = folder(name + "-tmp");
    BrokerSpec spec = BrokerSpec.small().withJvmOption("-Djava.io.tmpdir=" + unpacked);
    return BrokerProcess.startIn(folder(name), spec);
  }

  private void startPostgres() {
    // The only way to keep all of it, the unpacked programs too, in one folder.
    System.setProperty("ot.epg.working-dir", folder("postgresql").toString());
    try {
      postgres =
          EmbeddedPostgres.builder()
              .setDataDirectory(present(home).resolve("postgresql-data"))
              .setRegisterShutdownHook(false)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start: " + e.getMessage(), e);
    }
  }

  private Path folder(String name) {
    try {
      return Files.createDirectories(present(home).resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void release() {
    if (released) {
      return;
    }
    released = true;
    // A start that was interrupted is waited for, lest it leave a process behind.
    started.handle((done, failure) -> failure).join();
    if (broker != null) {
      broker.close();
    }
    try {
      if (postgres != null) {
        postgres.close();
      }
      if (home != null) {
        delete(home);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the demo's environment has not started");
    }
    return part;
  }
}
