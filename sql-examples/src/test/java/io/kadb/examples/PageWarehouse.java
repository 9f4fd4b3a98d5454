package io.kadb.examples;

import io.kadb.server.demo.DemoEnvironment;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.postgresql.PGConnection;

/**
 * The databases, users and topics that the pages on loading speak of, on a broker and a PostgreSQL
 * of the test.
 */
final class PageWarehouse implements AutoCloseable {
  private static final List<String> USERS = List.of("etl", "gpadmin", "loader");
  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final DemoEnvironment environment;

  PageWarehouse() throws IOException, SQLException {
    environment = DemoEnvironment.start();
    for (String user : USERS) {
      run(environment.postgres(), "CREATE USER " + user + " SUPERUSER");
    }
  }

  @Override
  public void close() {
    environment.close();
  }

  /** Makes a database anew. */
  void renew(String database) throws SQLException {
    run(
        environment.postgres(),
        "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)",
        "CREATE DATABASE " + database);
  }

  String brokers() {
    return environment.brokers();
  }

  String port() {
    return environment.storeUrl().replaceAll("^.*:(\\d+)/.*$", "$1");
  }

  /** Puts the test's addresses in the place of those of a page. */
  String here(String text) {
    return text.replace("localhost:9092", brokers())
        .replaceAll("//(db|mdw)/", "//localhost:" + port() + "/")
        .replaceAll("(?m)^PORT: .*", "PORT: " + port())
        .replaceAll("(?m)^( *BROKERS:) .*", "$1 " + brokers());
  }

  /** A connection to one of the databases, past kadb. */
  Connection postgres(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + port() + "/" + database, "etl", "");
  }

  /** kadb with one of the databases as its store. */
  Connection kadb(String database) throws SQLException {
    return DriverManager.getConnection(url(port(), database));
  }

  /** Where kadb has a database as its store. */
  static String url(String port, String database) {
    return "jdbc:kadb:?store=jdbc:postgresql://localhost:"
        + port
        + "/"
        + database
        + "&storeUser=etl";
  }

  /** Runs statements on a connection that it closes. */
  static void run(Connection connection, String... statements) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Runs a query on a connection that it closes; values stand between {@code |}. */
  static List<String> rows(Connection connection, String query) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", row));
      }
      return rows;
    }
  }

  /** Runs a COPY FROM STDIN. */
  void copy(String database, String command, String rows) throws SQLException, IOException {
    try (Connection connection = postgres(database)) {
      connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command, new StringReader(rows));
    }
  }

  /** The stored offsets of a foreign table, {@code partition|offset}. */
  List<String> offsets(String database, String table) throws SQLException {
    String own = " WHERE ftoid = '" + table + "'::regclass::oid ORDER BY prt";
    return rows(kadb(database), "SELECT prt, off FROM kadb.offsets" + own);
  }

  /** The statements that define a foreign table of CSV over a topic. */
  String[] definition(String table, String columns, String topic) {
    return new String[] {
      "CREATE SERVER my_kafka FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
          + brokers()
          + "', k_consumer_group 'kadb', k_seg_batch '10000', k_timeout_ms '20000',"
          + " k_latency_ms '20000', k_stop_at_end 'true')",
      "CREATE FOREIGN TABLE %s (%s) SERVER my_kafka OPTIONS (k_topic '%s', format 'csv')"
          .formatted(table, columns, topic)
    };
  }

  /** Creates a topic that no other test has. */
  String newTopic(int partitions) throws Exception {
    return newTopic("pages_" + TOPICS.incrementAndGet(), partitions);
  }

  String newTopic(String name, int partitions) throws Exception {
    try (Admin admin = admin()) {
      NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
      admin.createTopics(List.of(topic)).all().get();
      return name;
    }
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", brokers()));
  }

  /** Produces messages into one partition, all of one time. */
  void produce(String topic, int partition, long time, String... messages) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", brokers());
    properties.put("max.in.flight.requests.per.connection", "1");
    StringSerializer text = new StringSerializer();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties, text, text)) {
      IntStream.range(0, messages.length)
          .forEach(i -> producer.send(record(topic, partition, time, messages[i])));
    }
  }

  private static ProducerRecord<String, String> record(
      String topic, int partition, long time, String message) {
    return new ProducerRecord<>(topic, partition, time, null, message);
  }
}
