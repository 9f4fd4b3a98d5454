package io.kadb.server.offsets;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes of stored offsets in one transaction: made, shown, and then kept or undone. Another
 * session that moves one of them meanwhile makes the commit fail, and nothing is changed.
 */
final class OffsetChanges {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  /** Something to be done in the transaction. */
  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  private final Connection connection;
  private final Consumer<String> notices;

  /**
   * Creates changes.
   *
   * @param notices takes what statements say
   */
  OffsetChanges(Connection connection, Consumer<String> notices) {
    this.connection = connection;
    this.notices = notices;
  }

  /** Returns all stored offsets, by table and partition; those of tables that are gone left out. */
  List<StoredOffset> all() throws SQLException {
    List<StoredOffset> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT t.table_schema, t.table_name, o.prt, o.off FROM kadb.offsets o"
                    + " JOIN kadb.foreign_tables t ON t.ftoid = o.ftoid"
                    + " ORDER BY t.table_schema, t.table_name, o.prt")) {
      while (rows.next()) {
        String table = quoted(rows.getString(1)) + "." + quoted(rows.getString(2));
        all.add(new StoredOffset(table, rows.getInt(3), rows.getLong(4)));
      }
    }
    return all;
  }

  /**
   * Does something to offsets and returns what it changed, a line for each: table, partition, old
   * and new offset.
   *
   * @param keep whether the changes stay
   */
  List<String> make(boolean keep, Work work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      SortedMap<String, Long> before = byPlace();
      work.run();
      SortedMap<String, Long> after = byPlace();
      if (keep) {
        connection.commit();
      }
      return changes(before, after);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private SortedMap<String, Long> byPlace() throws SQLException {
    SortedMap<String, Long> offsets = new TreeMap<>();
    for (StoredOffset each : all()) {
      offsets.put(
          String.format(Locale.ROOT, "%s[%d]", each.table(), each.partition()), each.offset());
    }
    return offsets;
  }

  private static List<String> changes(Map<String, Long> before, Map<String, Long> after) {
    List<String> changes = new ArrayList<>();
    after.forEach(
        (place, offset) -> {
          Long old = before.get(place);
          if (!offset.equals(old)) {
            changes.add(place + ": " + (old == null ? "none" : old) + " -> " + offset);
          }
        });
    return changes;
  }

  /** Returns the OID of a table by its name as SQL writes it. */
  long oid(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + literal(table) + "::regclass::oid")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Stores an offset, whether there was one or not. */
  void store(long ftoid, int partition, long offset) throws SQLException {
    if (update(
            "UPDATE kadb.offsets SET off = ? WHERE ftoid = ? AND prt = ?", offset, ftoid, partition)
        == 0) {
      update(
          "INSERT INTO kadb.offsets (off, ftoid, prt) VALUES (?, ?, ?)", offset, ftoid, partition);
    }
  }

  private int update(String sql, long offset, long ftoid, int partition) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, offset);
      statement.setLong(2, ftoid);
      statement.setInt(3, partition);
      return statement.executeUpdate();
    }
  }

  /** Returns the stored offsets of a table by partition. */
  SortedMap<Integer, Long> of(long ftoid) throws SQLException {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT prt, off FROM kadb.offsets WHERE ftoid = ?")) {
      statement.setLong(1, ftoid);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          offsets.put(rows.getInt(1), rows.getLong(2));
        }
      }
    }
    return offsets;
  }

  /**
   * Returns the offsets that one of kadb's functions gives, such as {@code load_offsets_earliest},
   * by partition; it changes nothing.
   */
  SortedMap<Integer, Long> offered(String function, String... arguments) throws SQLException {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    String call = "kadb." + function + "(" + String.join(", ", arguments) + ")";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT prt, off FROM " + call)) {
      while (rows.next()) {
        offsets.put(rows.getInt(1), rows.getLong(2));
      }
      tell(statement.getWarnings());
    }
    return offsets;
  }

  private void tell(@Nullable SQLWarning first) {
    for (SQLWarning each = first; each != null; each = each.getNextWarning()) {
      notices.accept(each.getMessage());
    }
  }

  /** Returns a text as a literal of SQL. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String quoted(String name) {
    return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
