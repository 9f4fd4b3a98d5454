package io.kadb.jdbc;

import io.kadb.sql.ResultColumn;
import io.kadb.sql.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are all there from the start: results of metadata. */
final class ListRows implements Rows {
  private final List<ResultColumn> columns;
  private final List<List<@Nullable Object>> rows;
  private int next;

  /** Creates rows; each has a value for every column. */
  ListRows(List<ResultColumn> columns, List<List<@Nullable Object>> rows) {
    this.columns = List.copyOf(columns);
    this.rows = List.copyOf(rows);
    for (List<@Nullable Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            row.size() + " values for " + columns.size() + " columns");
      }
    }
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    if (next >= rows.size()) {
      return false;
    }
    next++;
    return true;
  }

  @Override
  public @Nullable Object value(int column) {
    return rows.get(next - 1).get(column);
  }

  @Override
  public boolean atEnd() {
    return next == rows.size();
  }

  @Override
  public void close() {
    next = rows.size();
  }
}
