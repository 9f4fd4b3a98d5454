package io.kadb.server.cat;

import io.kadb.jdbc.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** Reads from the stored offsets on, which move in the store's transaction. */
final class StoredRead implements CatRead {
  private final Connection connection;
  private final String where;

  private StoredRead(Connection connection, String where) {
    this.connection = connection;
    this.where = where;
  }

  static StoredRead of(Connection connection, String table, Share share) throws SQLException {
    connection.setAutoCommit(false);
    if (share.isAll()) {
      return new StoredRead(connection, "");
    }
    String partitions =
        connection.unwrap(Topics.class).topic(table).available().keySet().stream()
            .filter(share::has)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return new StoredRead(
        connection,
        partitions.isEmpty() ? "WHERE _partition < 0" : "WHERE _partition IN (" + partitions + ")");
  }

  @Override
  public String where() {
    return where;
  }

  @Override
  public void commit() throws SQLException {
    connection.commit();
  }
}
