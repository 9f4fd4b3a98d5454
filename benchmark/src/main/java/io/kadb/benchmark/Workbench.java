package io.kadb.benchmark;

import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;

/** A broker of its own and a connection of kadb's with a home of its own, for one table. */
final class Workbench implements AutoCloseable {
  /** On how many segments tables are read that do not say otherwise. */
  static final int SEGMENTS = 2;

  private final Path home;
  private final BrokerProcess broker;
  private final Connection kadb;

  private Workbench(Path home, BrokerProcess broker, Connection kadb) {
    this.home = home;
    this.broker = broker;
    this.kadb = kadb;
  }

  /** Starts a broker, connects, and defines a server that reads topics as they are. */
  static Workbench start() throws Exception {
    Path home = Files.createTempDirectory("kadb-benchmark-");
    BrokerProcess broker = BrokerProcess.start(BrokerSpec.small().withJvmOption("-Xmx512m"));
    Connection kadb = DriverManager.getConnection("jdbc:kadb:?kadb.home=" + home);
    Workbench bench = new Workbench(home, broker, kadb);
    Tables.defineServer(kadb, bench.brokers(), SEGMENTS);
    return bench;
  }

  String brokers() {
    return broker.bootstrapServers();
  }

  /** The folder of its store. */
  Path home() {
    return home;
  }

  Connection kadb() {
    return kadb;
  }

  /** Creates and fills a topic. */
  BenchmarkTopic fill(TopicShape topic) throws ExecutionException, InterruptedException {
    return BenchmarkTopic.create(brokers(), topic);
  }

  /**
   * Defines a foreign table over a topic of orders or texts.
   *
   * @param options more of them, each with a comma before it; they win over those of the server
   */
  void table(String name, TopicShape topic, String format, String options) throws SQLException {
    table(kadb, name, topic, format, options);
  }

  /** The same in another store. */
  static void table(Connection kadb, String name, TopicShape topic, String format, String options)
      throws SQLException {
    Tables.execute(
        kadb,
        "CREATE FOREIGN TABLE "
            + name
            + " ("
            + topic.form().columns()
            + ") SERVER benchmark OPTIONS (k_topic '"
            + topic.name()
            + "', format '"
            + format
            + "'"
            + options
            + ")");
  }

  /** Defines a foreign table of the topic's name. */
  void table(TopicShape topic) throws SQLException {
    table(topic.name(), topic, topic.form().format(), "");
  }

  @Override
  public void close() throws SQLException, IOException {
    try {
      kadb.close();
    } finally {
      broker.close();
      Lab.delete(home);
    }
  }
}
