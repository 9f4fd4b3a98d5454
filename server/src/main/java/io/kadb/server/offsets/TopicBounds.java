package io.kadb.server.offsets;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the brokers have of the topics of tables: offsets outside of it are not worth storing. */
final class TopicBounds {
  /** The offsets a partition has, from the earliest to the end. */
  private record Bounds(long earliest, long end) {}

  private final Connection connection;
  private final Map<Long, Map<Integer, Bounds>> tables = new HashMap<>();

  TopicBounds(Connection connection) {
    this.connection = connection;
  }

  /**
   * Returns what is wrong with offsets of one table; empty if nothing is.
   *
   * @param ftoid the table's OID
   */
  List<String> problems(long ftoid, List<StoredOffset> offsets) throws SQLException {
    Map<Integer, Bounds> bounds = bounds(ftoid);
    List<String> problems = new ArrayList<>();
    for (StoredOffset each : offsets) {
      Bounds found = bounds.get(each.partition());
      if (bounds.isEmpty()) {
        problems.add(each + ": the brokers do not answer");
      } else if (found == null) {
        problems.add(each + ": Kafka has no such partition");
      } else if (each.offset() < found.earliest() || each.offset() > found.end()) {
        problems.add(
            each + ": Kafka has the offsets from " + found.earliest() + " to " + found.end());
      }
    }
    return problems;
  }

  private Map<Integer, Bounds> bounds(long ftoid) throws SQLException {
    Map<Integer, Bounds> known = tables.get(ftoid);
    if (known != null) {
      return known;
    }
    Map<Integer, Bounds> bounds = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT prt, earliest_off, end_off FROM kadb.partitions WHERE ftoid = ?")) {
      statement.setLong(1, ftoid);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long earliest = rows.getLong(2);
          if (!rows.wasNull()) {
            bounds.put(rows.getInt(1), new Bounds(earliest, rows.getLong(3)));
          }
        }
      }
    }
    tables.put(ftoid, bounds);
    return bounds;
  }
}
