package io.kadb.server.clients;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What PXF's JDBC profile does for one fragment of an external table, call by call.
 *
 * @param pool PXF's pool of connections
 * @param sessionProperties {@code name = value} of each {@code jdbc.session.property}
 * @param getters what each column of the external table is asked for
 */
record PxfReader(DataSource pool, List<String> sessionProperties, List<Getter> getters) {
  private static final int FETCH_SIZE = 1_000;

  /** Reads one column of the current row. */
  @FunctionalInterface
  interface Getter {
    @Nullable Object of(ResultSet row) throws SQLException;
  }

  /** Takes the rows; what it throws ends the reading, as LIMIT and cancel do. */
  @FunctionalInterface
  interface Sink {
    void take(List<@Nullable Object> row) throws SQLException;
  }

  /** Reads a fragment to its end. */
  List<List<@Nullable Object>> read(String query) throws SQLException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    read(query, rows::add);
    return rows;
  }

  /** Reads a fragment. The statement is closed and the transaction committed in any case. */
  void read(String query, Sink sink) throws SQLException {
    Connection connection = connection();
    try {
      Statement statement = statement(connection);
      try {
        ResultSet row = statement.executeQuery(query);
        while (row.next()) {
          sink.take(values(row));
        }
      } finally {
        close(statement);
      }
    } finally {
      // The connection goes back to the pool also if closing the statement failed.
      connection.close();
    }
  }

  private Connection connection() throws SQLException {
    Connection connection = pool.getConnection();
    DatabaseMetaData metaData = connection.getMetaData();
    if (metaData.supportsTransactions()) {
      connection.setAutoCommit(false);
    }
    for (String property : sessionProperties) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET " + property);
      }
    }
    return connection;
  }

  private static Statement statement(Connection connection) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    String product = metaData.getDatabaseProductName();
    if (!product.equals("kadb") || metaData.getExtraNameCharacters() == null) {
      throw new AssertionError("PXF takes it for " + product);
    }
    Statement statement = connection.createStatement();
    statement.setFetchSize(FETCH_SIZE);
    statement.setQueryTimeout(0);
    return statement;
  }

  private List<@Nullable Object> values(ResultSet row) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (Getter getter : getters) {
      Object value = getter.of(row);
      values.add(row.wasNull() ? null : value);
    }
    return values;
  }

  private static void close(Statement statement) throws SQLException {
    Connection connection = statement.getConnection();
    statement.close();
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }
}
