package io.kadb.server.demo;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A result drawn as a table, numbers to the right; meant for results of a few rows. */
final class ResultTable {
  private static final Set<Integer> NUMBERS =
      Set.of(
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL);

  private final List<String> labels = new ArrayList<>();
  private final List<Boolean> numbers = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  private ResultTable() {}

  /** Reads the result to its end. */
  static ResultTable read(ResultSet result) throws SQLException {
    ResultTable table = new ResultTable();
    ResultSetMetaData columns = result.getMetaData();
    for (int c = 1; c <= columns.getColumnCount(); c++) {
      table.labels.add(columns.getColumnLabel(c));
      table.numbers.add(NUMBERS.contains(columns.getColumnType(c)));
    }
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int c = 1; c <= columns.getColumnCount(); c++) {
        row.add(text(result.getString(c)));
      }
      table.rows.add(row);
    }
    return table;
  }

  void print(PrintStream out) {
    List<Integer> widths = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      int column = c;
      int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      widths.add(Math.max(labels.get(c).length(), widest));
    }
    StringBuilder line = new StringBuilder("+");
    widths.forEach(width -> line.append("-".repeat(width + 2)).append('+'));
    out.println(line);
    printRow(out, labels, widths);
    out.println(line);
    rows.forEach(row -> printRow(out, row, widths));
    out.println(line);
    out.println(rows.size() == 1 ? "(1 row)" : "(" + rows.size() + " rows)");
  }

  private void printRow(PrintStream out, List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder("|");
    for (int c = 0; c < cells.size(); c++) {
      String blanks = " ".repeat(widths.get(c) - cells.get(c).length());
      line.append(' ')
          .append(numbers.get(c) ? blanks + cells.get(c) : cells.get(c) + blanks)
          .append(" |");
    }
    out.println(line);
  }

  private static String text(@Nullable String value) {
    return value == null ? "NULL" : value;
  }
}
