package io.kadb.server.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in columns of even width, under a line of names. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... names) {
    rows.add(List.of(names));
  }

  /** Adds a row; null is shown as nothing. */
  void add(List<@Nullable String> row) {
    rows.add(row.stream().map(value -> value == null ? "" : value).toList());
  }

  /** Returns the lines, the names first. */
  List<String> lines() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
