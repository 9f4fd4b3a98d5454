package io.kadb.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements on a connection of a store, in SQL that PostgreSQL 9.4 and SQLite both take. The
 * store's own tables are written in braces: {@code {offsets}}.
 */
final class StoreSql {
  /** Makes something of the row a result stands on. */
  @FunctionalInterface
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private final JdbcStore store;
  private final Connection connection;

  StoreSql(JdbcStore store, Connection connection) {
    this.store = store;
    this.connection = connection;
  }

  /** Runs statements that give nothing. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(named(sql));
    }
  }

  /** Runs a change and returns how many rows it concerned. */
  int update(String sql, @Nullable Object... arguments) throws SQLException {
    try (PreparedStatement statement = prepare(sql, arguments)) {
      return statement.executeUpdate();
    }
  }

  /** Runs one change several times and returns for each how many rows it concerned. */
  int[] updateEach(String sql, List<? extends @Nullable Object[]> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(named(sql))) {
      for (@Nullable Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  /** Runs a query and returns its rows. */
  <T> List<T> query(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
    try (PreparedStatement statement = prepare(sql, arguments);
        ResultSet result = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row.of(result));
      }
      return rows;
    }
  }

  /** Runs a query of one number and returns it; empty if there is no row, or a NULL. */
  Optional<Long> number(String sql, @Nullable Object... arguments) throws SQLException {
    return query(sql, row -> optionalLong(row, 1), arguments).stream().findFirst().flatMap(n -> n);
  }

  /** Returns whether a query gives a row. */
  boolean exists(String sql, @Nullable Object... arguments) throws SQLException {
    return !query(sql, row -> true, arguments).isEmpty();
  }

  /** Returns a number that may be NULL. */
  static Optional<Long> optionalLong(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  private PreparedStatement prepare(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(named(sql));
    try {
      bind(statement, arguments);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
  }

  private String named(String sql) {
    return sql.replace("{", store.tablePrefix()).replace("}", "");
  }
}
