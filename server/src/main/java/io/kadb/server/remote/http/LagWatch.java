package io.kadb.server.remote.http;

import io.kadb.catalog.TableName;
import io.kadb.server.remote.Exposition;
import io.kadb.server.remote.MetricSource;
import io.kadb.server.remote.RemoteConnections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far the foreign tables are behind that have offsets. Brokers are asked in the background and
 * for each foreign server apart, so that those that do not answer hold nobody up.
 */
final class LagWatch implements MetricSource {
  private static final int TIMEOUT_SECONDS = 30;
  private static final String TABLES =
      "SELECT server_name, ftoid, table_schema, table_name FROM kadb.foreign_tables"
          + " WHERE ftoid IN (SELECT ftoid FROM kadb.offsets)"
          + " ORDER BY server_name, table_schema, table_name";
  private static final String LAG = "SELECT lag FROM kadb.lag WHERE ftoid = ?";

  private final RemoteConnections connections;
  private final Refreshed.Times times;
  private final Refreshed<Map<String, List<Table>>> tables;
  private final ConcurrentMap<String, Refreshed<Map<Table, Lag>>> servers =
      new ConcurrentHashMap<>();

  LagWatch(RemoteConnections connections, Refreshed.Times times) {
    this.connections = connections;
    this.times = times;
    this.tables = new Refreshed<>("kadb-lag-tables", this::findTables, times, System::nanoTime);
  }

  /** Returns times for those who ask every few seconds. */
  static Refreshed.Times usualTimes() {
    return new Refreshed.Times(
        Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(2));
  }

  private record Table(long ftoid, TableName name) {}

  /** How many offsets a table has still to read. */
  private record Lag(long all, long most) {}

  private Map<String, List<Table>> findTables() throws SQLException {
    Map<String, List<Table>> found = new TreeMap<>();
    try (Connection connection = connections.openOwn();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      try (ResultSet rows = statement.executeQuery(TABLES)) {
        while (rows.next()) {
          found
              .computeIfAbsent(rows.getString(1), server -> new ArrayList<>())
              .add(new Table(rows.getLong(2), new TableName(rows.getString(3), rows.getString(4))));
        }
      }
    }
    return found;
  }

  private Refreshed<Map<Table, Lag>> ofServer(String server) {
    return servers.computeIfAbsent(
        server, name -> new Refreshed<>("kadb-lag", () -> ask(name), times, System::nanoTime));
  }

  /** Asks about the tables of a server; those of which brokers do not say all are left out. */
  private Map<Table, Lag> ask(String server) throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    Map<Table, Lag> found = new HashMap<>();
    try (Connection connection = connections.openOwn();
        PreparedStatement question = connection.prepareStatement(LAG)) {
      question.setQueryTimeout(TIMEOUT_SECONDS);
      for (Table table : tables.value().orElse(Map.of()).getOrDefault(server, List.of())) {
        Lag lag = System.nanoTime() < end ? ask(question, table) : null;
        if (lag != null) {
          found.put(table, lag);
        }
      }
    }
    return found;
  }

  private static @Nullable Lag ask(PreparedStatement question, Table table) throws SQLException {
    question.setLong(1, table.ftoid());
    long all = 0;
    long most = 0;
    boolean known = false;
    try (ResultSet rows = question.executeQuery()) {
      while (rows.next()) {
        long lag = rows.getLong(1);
        if (rows.wasNull()) {
          return null;
        }
        known = true;
        all += lag;
        most = Math.max(most, lag);
      }
    }
    return known ? new Lag(all, most) : null;
  }

  @Override
  public void write(Exposition out) {
    long deadline = System.nanoTime() + times.patience().toNanos();
    Map<String, List<Table>> known = tables.value(deadline).orElse(Map.of());
    servers.keySet().retainAll(known.keySet());
    known.keySet().forEach(server -> ofServer(server).ask());
    Map<Table, Lag> lags = new LinkedHashMap<>();
    known.keySet().forEach(server -> ofServer(server).value(deadline).ifPresent(lags::putAll));
    out.gauge("kadb_lag_up", "Whether the brokers of a table that has offsets say how it stands.");
    known.values().forEach(list -> list.forEach(t -> sample(out, lags.containsKey(t) ? 1 : 0, t)));
    out.gauge("kadb_lag_messages", "Offsets that a table has still to read, in all partitions.");
    lags.forEach((table, lag) -> sample(out, lag.all(), table));
    out.gauge("kadb_lag_most_messages", "The same in the partition that is farthest behind.");
    lags.forEach((table, lag) -> sample(out, lag.most(), table));
  }

  private static void sample(Exposition out, double value, Table table) {
    out.sample(value, "schema", table.name().schema(), "table", table.name().table());
  }
}
