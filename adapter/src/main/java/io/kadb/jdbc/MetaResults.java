package io.kadb.jdbc;

import io.kadb.sql.ResultColumn;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Results that do not come from the engine. */
final class MetaResults {
  private MetaResults() {}

  /** Returns a result with these rows, which belongs to no statement. */
  static ResultSet of(List<ResultColumn> columns, List<List<@Nullable Object>> rows) {
    Warnings warnings = new Warnings();
    Run run = new Run(new ReentrantLock(), Duration.ZERO, warnings);
    Cursor cursor = new Cursor(new ListRows(columns, rows), run, 0);
    return new KadbResultSet(cursor, columns, warnings.view(), null);
  }
}
