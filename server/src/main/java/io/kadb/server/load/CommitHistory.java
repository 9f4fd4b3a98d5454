package io.kadb.server.load;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The batches that a job has committed, from {@code kadb.loads}. */
final class CommitHistory {
  private final LoadJob job;
  private final String url;
  private final OptionalInt count;

  /**
   * Creates it.
   *
   * @param count how many of the last batches; empty for all
   */
  CommitHistory(LoadJob job, String url, OptionalInt count) {
    this.job = job;
    this.url = url;
    this.count = count;
  }

  /** Prints it, the oldest batch first. */
  void print(PrintStream out, CheckLines lines) {
    Optional<List<List<@Nullable String>>> rows = lines.check("commit history", this::rows);
    if (rows.isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable("load", "partition", "start", "end", "from", "to", "rows", "rejects");
    rows.get().forEach(table::add);
    out.println();
    table.lines().forEach(out::println);
  }

  private List<List<@Nullable String>> rows() throws SQLException {
    try (Connection kadb = Warehouse.connect(job, url, Map.of("readOnly", "true"))) {
      Optional<SourceTable> source = SourceTable.find(kadb, job.source().table());
      if (source.isEmpty()) {
        return List.of();
      }
      List<List<@Nullable String>> rows =
          Sql.rows(
              kadb,
              "SELECT load_id, prt, started_at, finished_at, begin_off, end_off, row_count,"
                  + " reject_count FROM kadb.loads WHERE ftoid = ? ORDER BY load_id, prt",
              source.get().ftoid());
      return count.isEmpty() ? rows : last(rows, count.getAsInt());
    }
  }

  private static List<List<@Nullable String>> last(List<List<@Nullable String>> rows, int batches) {
    TreeSet<Long> ids = new TreeSet<>();
    rows.forEach(row -> ids.add(Long.valueOf(String.valueOf(row.get(0)))));
    while (ids.size() > batches) {
      ids.pollFirst();
    }
    List<List<@Nullable String>> last = new ArrayList<>(rows);
    last.removeIf(row -> !ids.contains(Long.valueOf(String.valueOf(row.get(0)))));
    return last;
  }
}
