package io.kadb.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of what was found: its columns are declared first, rows follow. */
final class ResultTable {
  private final String key;
  private final String title;
  private final List<String> notes = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private final List<Map<String, Object>> rows = new ArrayList<>();

  ResultTable(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /**
   * A column.
   *
   * @param digits after the point; of texts it does not matter
   */
  private record Column(String key, String heading, int digits) {
    String cell(@Nullable Object value) {
      if (value instanceof Double || value instanceof Float) {
        return String.format(Locale.ROOT, "%,." + digits + "f", ((Number) value).doubleValue());
      }
      if (value instanceof Number number) {
        return String.format(Locale.ROOT, "%,d", number.longValue());
      }
      return value == null ? "" : value.toString();
    }
  }

  /** Declares a column of texts or whole numbers. */
  ResultTable column(String columnKey, String heading) {
    return column(columnKey, heading, 0);
  }

  /** Declares a column of numbers with some digits after the point. */
  ResultTable column(String columnKey, String heading, int digits) {
    columns.add(new Column(columnKey, heading, digits));
    return this;
  }

  /** Adds a sentence that stands below the title: what was measured, and how. */
  ResultTable note(String sentence) {
    notes.add(sentence);
    return this;
  }

  /** Adds a row: a value for each column, null where there is none. */
  ResultTable row(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(key + ": a row of " + values.length + " values");
    }
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null) {
        row.put(columns.get(i).key(), value);
      }
    }
    rows.add(row);
    return this;
  }

  /** Adds figures to the last row that only the JSON form shows, the raw ones for example. */
  ResultTable raw(String figuresKey, Object figures) {
    rows.get(rows.size() - 1).put(figuresKey, figures);
    return this;
  }

  /** Returns the table as Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder("### ").append(title).append("\n\n");
    for (String note : notes) {
      text.append(note).append('\n');
    }
    if (!notes.isEmpty()) {
      text.append('\n');
    }
    for (Column column : columns) {
      text.append("| ").append(column.heading()).append(' ');
    }
    text.append("|\n").append("|---".repeat(columns.size())).append("|\n");
    for (Map<String, Object> row : rows) {
      for (Column column : columns) {
        text.append("| ").append(column.cell(row.get(column.key()))).append(' ');
      }
      text.append("|\n");
    }
    return text.toString();
  }

  /** Returns the table as JSON will have it. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("key", key);
    values.put("title", title);
    values.put("notes", notes);
    values.put("rows", rows);
    return values;
  }
}
