package io.kadb.sql;

import io.kadb.testing.SqlClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A program that runs each statement it hears at the moment it is told, {@code millis number
 * statement}, and says what came of it: {@code number won}, {@code number notice} or {@code number
 * SQLState}.
 */
final class DefiningProcess {
  static final String READY = "ready";

  private DefiningProcess() {}

  /** Takes a property of the connection: its name and its value. */
  public static void main(String[] arguments) throws SQLException, IOException {
    BufferedReader words =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (SqlClient sql = SqlClient.connect(Map.of(arguments[0], arguments[1]))) {
      sql.rows("SELECT * FROM kadb.foreign_tables");
      System.out.println(READY);
      for (String line = words.readLine(); line != null; line = words.readLine()) {
        String[] parts = line.split(" ", 3);
        awaitMoment(Long.parseLong(parts[0]));
        System.out.println(parts[1] + " " + outcome(sql, parts[2]) + ".");
      }
    }
  }

  private static void awaitMoment(long millis) {
    while (System.currentTimeMillis() < millis) {
      Thread.onSpinWait();
    }
  }

  static String outcome(SqlClient sql, String statement) {
    try {
      if (statement.startsWith("SELECT")) {
        return String.valueOf(sql.rows(statement));
      }
      sql.update(statement);
      List<String> warnings = sql.warnings();
      return warnings.isEmpty() ? "won" : warnings.get(0).contains("exists") ? "notice" : "?";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
