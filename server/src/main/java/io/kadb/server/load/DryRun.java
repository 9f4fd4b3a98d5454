package io.kadb.server.load;

import io.kadb.load.LoadWatch;
import io.kadb.server.cli.ExitCode;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a job would do: the definition, the plan, the SQL and the first rows. All of it
 * happens in a transaction that is rolled back, and messages are only looked at.
 */
final class DryRun {
  private static final int ROWS = 10;

  private final LoadJob job;
  private final LoadSettings settings;
  private final PrintStream out;

  DryRun(LoadJob job, LoadSettings settings, PrintStream out) {
    this.job = job;
    this.settings = settings;
    this.out = out;
  }

  /** Shows it; returns the exit code. */
  int run() throws SQLException {
    try (LoadSession session = LoadSession.open(job, settings)) {
      try {
        Sql.run(session.kadb(), "SET kadb.scan_mode = 'peek'");
        show(session);
      } finally {
        session.kadb().rollback();
      }
      return ExitCode.OK;
    }
  }

  private void show(LoadSession session) throws SQLException {
    definition(session);
    session.define(text -> {});
    BatchSql sql = session.plan();
    session.begin(settings.reset());
    out.println("Positions");
    positions(session);
    out.println("Plan");
    print(Sql.rows(session.kadb(), "EXPLAIN " + selection(session)));
    out.println("SQL of a batch");
    sql.stage().ifPresent(stage -> out.println("  " + stage + ";"));
    out.println("  " + sql.insert() + ";");
    sql.statements().forEach(statement -> out.println("  " + statement + ";"));
    job.afterBatches().ifPresent(after -> out.println("  " + after.sql() + ";"));
    out.println("First rows");
    rows(session, sql);
    out.println("Nothing was changed.");
  }

  private void definition(LoadSession session) throws SQLException {
    if (job.source() instanceof LoadJob.Source.Defined defined) {
      int processors = Runtime.getRuntime().availableProcessors();
      List<String> statements =
          new SourceDefinition(job, defined, processors).masked().statements(session.kadb());
      out.println(statements.isEmpty() ? "Definition: as it is" : "Definition");
      statements.forEach(statement -> out.println("  " + statement + ";"));
    }
  }

  private void positions(LoadSession session) throws SQLException {
    Positions.partitions(session.kadb(), session.source());
    var stored = Positions.stored(session.kadb(), session.source());
    Positions.bounds(session.kadb(), session.source(), session.partitions())
        .forEach(
            (partition, bound) -> {
              Optional<Long> from = Optional.ofNullable(stored.get(partition));
              out.println(
                  "  partition %d from offset %s, there are %d to %d"
                      .formatted(
                          partition,
                          from.map(String::valueOf).orElse(bound.earliest() + " (not read yet)"),
                          bound.earliest(),
                          bound.end()));
            });
  }

  private String selection(LoadSession session) {
    return "SELECT "
        + Quoting.names(session.source().columns().stream().map(LoadJob.Column::name).toList())
        + " FROM "
        + Quoting.table(session.source().name())
        + BatchSql.condition(session.partitions());
  }

  /** Rows as they would be written; what the warehouse makes of its SQL is checked by EXPLAIN. */
  private void rows(LoadSession session, BatchSql sql) throws SQLException {
    if (!sql.isStaged()) {
      print(Sql.rows(session.kadb(), sql.preview() + " LIMIT " + ROWS));
      return;
    }
    session.inWarehouse(List.of(sql.stage().orElseThrow()));
    session.loads().insert(sql.insert() + " LIMIT " + ROWS, "", LoadWatch.NOBODY);
    session.loads().inWarehouse(warehouse -> explain(warehouse, sql.statements()));
    print(session.loads().inWarehouse(warehouse -> Sql.rows(warehouse, sql.preview())));
  }

  /** Has the warehouse plan statements, which checks names and types. */
  static boolean explain(Connection warehouse, List<String> statements) throws SQLException {
    try (Statement statement = warehouse.createStatement()) {
      for (String each : statements) {
        if (!each.startsWith("ANALYZE")) {
          statement.execute("EXPLAIN " + each);
        }
      }
    }
    return true;
  }

  private void print(List<? extends List<@Nullable String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<@Nullable String> row : rows) {
      lines.add(row.stream().map(v -> v == null ? "NULL" : v).collect(Collectors.joining(" | ")));
    }
    lines.forEach(line -> out.println("  " + line.replace("\n", "\n  ")));
  }
}
