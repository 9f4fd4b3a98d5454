package io.kadb.server.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another place to begin at, whatever is stored. */
sealed interface OffsetReset {
  /** The first message there is. */
  record Earliest() implements OffsetReset {}

  /** The end: what is there is skipped. */
  record Latest() implements OffsetReset {}

  /**
   * The first message that is not older.
   *
   * @param milliseconds since 1970, UTC
   */
  record At(long milliseconds) implements OffsetReset {}

  /** Returns the end of the names of kadb's functions for this place, and their arguments. */
  private String function(String stem, SourceTable source) {
    String table = Quoting.regclass(source.name());
    if (this instanceof At at) {
      String name = stem.equals("load_offsets_") ? "at_timestamp" : "timestamp";
      return "kadb." + stem + name + "(" + table + ", " + at.milliseconds() + ")";
    }
    return "kadb." + stem + (this instanceof Earliest ? "earliest" : "latest") + "(" + table + ")";
  }

  /**
   * Sets the stored offsets, in the connection's transaction.
   *
   * @param partitions the only ones to set; empty for all
   */
  default void apply(Connection kadb, SourceTable source, Collection<Integer> partitions)
      throws SQLException {
    if (partitions.isEmpty()) {
      Sql.run(kadb, "SELECT kadb.partitions_obtain(" + Quoting.regclass(source.name()) + ")");
      Sql.run(kadb, "SELECT " + function("offsets_to_", source));
      return;
    }
    // The functions know only partitions that have a row.
    for (int partition : partitions) {
      if (!Positions.stored(kadb, source).containsKey(partition)) {
        Positions.set(kadb, source, partition, 0);
      }
    }
    for (List<@Nullable String> row :
        Sql.rows(kadb, "SELECT prt, off FROM " + function("load_offsets_", source))) {
      int partition = Integer.parseInt(String.valueOf(row.get(0)));
      if (partitions.contains(partition)) {
        Positions.set(kadb, source, partition, Long.parseLong(String.valueOf(row.get(1))));
      }
    }
  }
}
