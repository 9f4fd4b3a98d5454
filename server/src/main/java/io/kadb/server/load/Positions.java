package io.kadb.server.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where a foreign table stands in its topic, and where the topic's partitions begin and end. */
final class Positions {
  private Positions() {}

  /**
   * Where a partition begins and ends.
   *
   * @param earliest the offset of the first message there is
   * @param end the offset after the last one that can be read
   */
  record Bounds(long earliest, long end) {}

  /** Returns the stored offsets, by partition. */
  static NavigableMap<Integer, Long> stored(Connection kadb, SourceTable source)
      throws SQLException {
    NavigableMap<Integer, Long> stored = new TreeMap<>();
    for (List<@Nullable String> row :
        Sql.rows(kadb, "SELECT prt, off FROM kadb.offsets WHERE ftoid = ?", source.ftoid())) {
      stored.put(Integer.valueOf(number(row, 0)), Long.valueOf(number(row, 1)));
    }
    return stored;
  }

  /**
   * Returns the bounds of the partitions; of none if the brokers do not answer.
   *
   * @param partitions the only ones that count; empty for all
   */
  static NavigableMap<Integer, Bounds> bounds(
      Connection kadb, SourceTable source, Collection<Integer> partitions) throws SQLException {
    NavigableMap<Integer, Bounds> bounds = new TreeMap<>();
    for (List<@Nullable String> row :
        Sql.rows(
            kadb,
            "SELECT prt, earliest_off, end_off FROM kadb.partitions WHERE ftoid = ?"
                + " AND end_off IS NOT NULL",
            source.ftoid())) {
      int partition = Integer.parseInt(number(row, 0));
      if (partitions.isEmpty() || partitions.contains(partition)) {
        bounds.put(
            partition, new Bounds(Long.parseLong(number(row, 1)), Long.parseLong(number(row, 2))));
      }
    }
    return bounds;
  }

  /** Returns the numbers of the topic's partitions; fails if the brokers cannot be asked. */
  static List<Integer> partitions(Connection kadb, SourceTable source) throws SQLException {
    return Sql.rows(
            kadb, "SELECT prt FROM kadb.load_partitions(" + Quoting.regclass(source.name()) + ")")
        .stream()
        .map(row -> Integer.valueOf(number(row, 0)))
        .sorted()
        .toList();
  }

  /** Sets an offset, whether there is one or not. */
  static void set(Connection kadb, SourceTable source, int partition, long offset)
      throws SQLException {
    String where = " WHERE ftoid = " + source.ftoid() + " AND prt = " + partition;
    if (Sql.run(kadb, "UPDATE kadb.offsets SET off = " + offset + where) == 0) {
      Sql.run(
          kadb,
          "INSERT INTO kadb.offsets (ftoid, prt, off) VALUES (%d, %d, %d)"
              .formatted(source.ftoid(), partition, offset));
    }
  }

  private static String number(List<@Nullable String> row, int column) {
    String value = row.get(column);
    if (value == null) {
      throw new IllegalStateException("NULL where a number has to be: " + row);
    }
    return value;
  }
}
