package io.kadb.server.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short ways to run a statement on a connection; rows come as texts. */
final class Sql {
  private Sql() {}

  /** Runs a statement; rows that it gives are dropped. Returns how many rows it changed. */
  static long run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            continue;
          }
        }
        return 0;
      }
      return Math.max(0, statement.getLargeUpdateCount());
    }
  }

  /** Runs a query to its end. */
  static List<List<@Nullable String>> rows(Connection connection, String sql, Object... parameters)
      throws SQLException {
    if (parameters.length == 0) {
      // Of a job's own SQL: a question mark may be an operator.
      try (Statement statement = connection.createStatement()) {
        return rows(statement.executeQuery(sql));
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return rows(statement.executeQuery());
    }
  }

  private static List<List<@Nullable String>> rows(ResultSet given) throws SQLException {
    try (ResultSet result = given) {
      List<List<@Nullable String>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
