package io.kadb.server.load.faults;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TcpProxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** All that a load needs and that can fail, of a test class's own. */
final class LoadStage implements AutoCloseable {
  /** Where a load comes to the warehouse. */
  final TcpProxy door = new TcpProxy();

  final DurablePostgres postgres;
  final TwoBrokers brokers;
  final TinyDisk disk;
  final Path folder;
  private final Thread endOfJvm = new Thread(this::closeWarehouse, "load-stage-end");
  private int loads;

  private LoadStage(Path folder, DurablePostgres postgres, TwoBrokers brokers, TinyDisk disk) {
    this.folder = folder;
    this.postgres = postgres;
    this.brokers = brokers;
    this.disk = disk;
    door.forwardTo("127.0.0.1", postgres.port());
    // Neither the server nor the file system would end with the JVM; brokers do.
    Runtime.getRuntime().addShutdownHook(endOfJvm);
  }

  /**
   * Sets the stage.
   *
   * @param megabytes the room for targets
   */
  static LoadStage open(Path folder, int megabytes) throws SQLException {
    DurablePostgres postgres = DurablePostgres.create(folder);
    TinyDisk disk = new TinyDisk(postgres, folder, megabytes);
    LoadStage stage = new LoadStage(folder, postgres, TwoBrokers.start(folder), disk);
    System.out.printf(
        "PostgreSQL: %s; full disk: %s%n", postgres.description(), disk.description());
    try (SqlClient sql = stage.sql()) {
      sql.update(
          "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + stage.brokers.bootstrapServers()
              + "', k_consumer_group 'g', k_latency_ms '4000', k_segments '2',"
              + " k_on_error 'reject', k_reject_limit '2000')");
    }
    return stage;
  }

  /** A connection of kadb to the warehouse, past the door. */
  SqlClient sql() throws SQLException {
    return SqlClient.connect(Map.of("store", postgres.store(postgres.port())));
  }

  /** A number that no other load of the stage has. */
  int nextNumber() {
    return ++loads;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(endOfJvm);
    door.close();
    closeWarehouse();
    brokers.close();
  }

  private void closeWarehouse() {
    postgres.close();
    disk.close();
  }
}
