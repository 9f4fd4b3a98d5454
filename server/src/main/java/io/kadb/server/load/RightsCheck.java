package io.kadb.server.load;

import io.kadb.jdbc.WarehouseLoads;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks whether the user of the warehouse may do what a job does. */
final class RightsCheck {
  private static final List<String> OFFSETS = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

  private final LoadJob job;
  private final WarehouseLoads loads;
  private final CheckLines lines;

  RightsCheck(LoadJob job, WarehouseLoads loads, CheckLines lines) {
    this.job = job;
    this.loads = loads;
    this.lines = lines;
  }

  /**
   * Writes a line for each table.
   *
   * @param isTargetThere otherwise nothing can be said of it
   */
  void run(boolean isTargetThere) {
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    if (isTargetThere) {
      wanted.put(Quoting.table(job.target().table()), onTarget());
    }
    wanted.put("kadb.offsets", OFFSETS);
    wanted.put("kadb.loads", List.of("SELECT", "INSERT"));
    wanted.put("kadb.rejects", List.of("SELECT", "INSERT"));
    wanted.forEach(
        (table, rights) ->
            lines.line(
                "rights on " + table.replace("\"", ""),
                () -> granted(rights, "SELECT has_table_privilege(?, ?)", table)));
    lines.line(
        "right to create temporary tables",
        () -> granted(List.of("TEMPORARY"), "SELECT has_database_privilege(?, ?)", ""));
  }

  private List<String> onTarget() {
    return switch (job.target().mode()) {
      case INSERT -> List.of("INSERT");
      case UPDATE ->
          isDeleting() ? List.of("SELECT", "UPDATE", "DELETE") : List.of("SELECT", "UPDATE");
      case MERGE ->
          isDeleting()
              ? List.of("SELECT", "INSERT", "UPDATE", "DELETE")
              : List.of("SELECT", "INSERT", "UPDATE");
    };
  }

  private boolean isDeleting() {
    return job.target().tombstonesDelete() || job.target().deleteCondition().isPresent();
  }

  private String granted(List<String> rights, String question, String on) throws SQLException {
    for (String right : rights) {
      List<List<@Nullable String>> answer =
          loads.inWarehouse(
              warehouse ->
                  on.isEmpty()
                      ? Sql.rows(warehouse, question, warehouse.getCatalog(), right)
                      : Sql.rows(warehouse, question, on, right));
      if (!"t".equals(answer.get(0).get(0))) {
        throw new LoadFailure("the user lacks " + right);
      }
    }
    return String.join(", ", rights);
  }
}
