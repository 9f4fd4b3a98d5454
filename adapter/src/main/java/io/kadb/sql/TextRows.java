package io.kadb.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one column of text that are there already. */
final class TextRows implements Rows {
  private final List<ResultColumn> columns;
  private final List<@Nullable String> rows;
  private int next;

  TextRows(List<ResultColumn> columns, List<@Nullable String> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    next++;
    return next <= rows.size();
  }

  @Override
  public @Nullable Object value(int column) {
    return rows.get(next - 1);
  }

  @Override
  public boolean atEnd() {
    return next >= rows.size();
  }

  @Override
  public void close() {}
}
