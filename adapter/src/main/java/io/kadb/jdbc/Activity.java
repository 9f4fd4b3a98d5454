package io.kadb.jdbc;

import io.kadb.catalog.TableName;
import io.kadb.kafka.KafkaClients;
import io.kadb.kafka.ScanActivity;
import io.kadb.sql.Session;
import io.kadb.store.LoadTotal;
import io.kadb.store.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the connections of this process do, and what was loaded and rejected: for programs that show
 * it to those who watch over them. Asks no broker. Safe for many threads.
 */
public final class Activity {
  private Activity() {}

  /** Kafka's clients of one kind: those that wait for their next use, and those in use. */
  public record Pool(int idle, int inUse) {}

  /** Returns what all scans of this process have done. */
  public static ScanActivity scans() {
    return KafkaClients.shared().activity();
  }

  /** Returns the consumers of this process. */
  public static Pool consumers() {
    KafkaClients clients = KafkaClients.shared();
    return new Pool(clients.idleConsumers(), clients.borrowedConsumers());
  }

  /** Returns how many connections to stores this process has open. */
  public static int storeConnections() {
    return Store.connections();
  }

  /**
   * Returns what was loaded into the warehouse, as the store of a connection has it.
   *
   * @param connection a connection of this driver
   */
  public static List<LoadTotal> loads(Connection connection) throws SQLException {
    return ask(connection, Session::loadTotals);
  }

  /**
   * Returns how many rejected messages the store of a connection has of each table that has some.
   *
   * @param connection a connection of this driver
   */
  public static Map<TableName, Long> rejects(Connection connection) throws SQLException {
    return ask(connection, Session::rejectCounts);
  }

  private static <T> T ask(Connection connection, Function<Session, T> question)
      throws SQLException {
    return connection
        .unwrap(KadbConnection.class)
        .inSession(engine -> question.apply(((SessionEngine) engine).session()));
  }
}
