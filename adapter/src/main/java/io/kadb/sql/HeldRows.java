package io.kadb.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are there already, of a statement that has succeeded. A query that calls a function to
 * change something is run to its end at once: its user may never look at the empty value it gives.
 */
final class HeldRows implements Rows {
  private final List<ResultColumn> columns;
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private int next;

  private HeldRows(List<ResultColumn> columns) {
    this.columns = columns;
  }

  /** Reads rows to their end. */
  static HeldRows of(Rows source) {
    HeldRows held = new HeldRows(source.columns());
    try (source) {
      while (source.next()) {
        @Nullable Object[] row = new @Nullable Object[held.columns.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = source.value(i);
        }
        held.rows.add(row);
      }
    }
    return held;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    next = Math.min(next + 1, rows.size() + 1);
    return next <= rows.size();
  }

  @Override
  public @Nullable Object value(int column) {
    return rows.get(next - 1)[column];
  }

  @Override
  public boolean atEnd() {
    return next >= rows.size();
  }

  @Override
  public void close() {
    rows.clear();
  }
}
