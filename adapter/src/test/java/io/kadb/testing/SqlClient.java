package io.kadb.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A JDBC connection to kadb with short ways to run statements; rows come as texts. */
public final class SqlClient implements AutoCloseable {
  private final Connection connection;
  private final List<String> warnings = new ArrayList<>();

  /** Wraps a connection, which is closed with the client. */
  public SqlClient(Connection connection) {
    this.connection = connection;
  }

  /** Connects to {@code jdbc:kadb:} with these properties. */
  public static SqlClient connect(Map<String, String> properties) throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    return new SqlClient(DriverManager.getConnection("jdbc:kadb:", all));
  }

  /** Returns the connection. */
  public Connection connection() {
    return connection;
  }

  /** Runs a statement that gives no rows and returns its update count. */
  public long update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      long count = statement.executeLargeUpdate();
      keepWarnings(statement);
      return count;
    }
  }

  /** Runs a query to its end and returns its rows, values joined by {@code |}. */
  public List<String> rows(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet result = statement.executeQuery()) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row(result));
      }
      keepWarnings(statement);
      return rows;
    }
  }

  /** Returns the current row of a result, values joined by {@code |}. */
  public static String row(ResultSet result) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
      values.add(result.getString(i));
    }
    return String.join("|", values.stream().map(String::valueOf).toList());
  }

  /** Returns the one value of a query as text. */
  public String value(String sql, Object... parameters) throws SQLException {
    List<String> rows = rows(sql, parameters);
    if (rows.size() != 1) {
      throw new AssertionError("wanted one row, found " + rows);
    }
    return rows.get(0);
  }

  /** Returns the warnings of the last statement run by this client, as {@code state text}. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private void keepWarnings(Statement statement) throws SQLException {
    warnings.clear();
    for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
      warnings.add(w.getSQLState() + " " + w.getMessage());
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
