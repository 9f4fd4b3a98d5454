package io.kadb.server.demo;

import io.kadb.server.cli.SqlScript;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Locale;

/** Runs scripts in front of the audience: each statement is shown, with its comment and result. */
final class Narrator {
  /** The SQLState of a warning that only informs. */
  private static final String NOTICE = "00000";

  private final PrintStream out;

  Narrator(PrintStream out) {
    this.out = out;
  }

  void say(String text) {
    out.println();
    out.println(text);
  }

  /** Shows and runs the statements one after the other. */
  void tell(Connection connection, SqlScript script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (SqlScript.Statement step : script.statements()) {
        out.println();
        step.comment().lines().forEach(line -> out.println("-- " + line));
        out.println(step.sql() + ";");
        run(statement, step.sql());
      }
    }
  }

  private void run(Statement statement, String sql) throws SQLException {
    long began = System.nanoTime();
    statement.clearWarnings();
    if (statement.execute(sql)) {
      try (ResultSet result = statement.getResultSet()) {
        ResultTable.read(result).print(out);
      }
    } else if (statement.getUpdateCount() > 0) {
      out.println(rows(statement.getUpdateCount()) + " in " + seconds(began) + " s");
    }
    for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
      out.println((NOTICE.equals(w.getSQLState()) ? "NOTICE:  " : "WARNING:  ") + w.getMessage());
    }
  }

  private static String rows(int count) {
    return count == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", count);
  }

  private static String seconds(long began) {
    return String.format(Locale.ROOT, "%.2f", (System.nanoTime() - began) / 1e9);
  }
}
