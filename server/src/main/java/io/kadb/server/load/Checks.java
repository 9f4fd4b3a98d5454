package io.kadb.server.load;

import io.kadb.jdbc.WarehouseLoads;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks into everything a job needs, in a transaction that is rolled back. */
final class Checks {
  private final LoadJob job;
  private final String url;
  private final CheckLines lines;

  Checks(LoadJob job, String url, CheckLines lines) {
    this.job = job;
    this.url = url;
    this.lines = lines;
  }

  /** Runs all checks; those whose ground is missing are left out. */
  void run() {
    Optional<Connection> opened =
        lines.check("store", () -> Warehouse.connect(job, url, properties()));
    if (opened.isEmpty()) {
      return;
    }
    try (Connection kadb = opened.get()) {
      try {
        looks(kadb);
      } finally {
        kadb.rollback();
      }
    } catch (SQLException e) {
      lines.failed("store", e.getMessage() + " (" + e.getSQLState() + ")");
    }
  }

  private Map<String, String> properties() {
    Map<String, String> properties = LoadSession.defaults(job, true);
    properties.put("scanMode", "peek");
    return properties;
  }

  private void looks(Connection kadb) {
    Optional<WarehouseLoads> loads = lines.check("store", () -> Warehouse.loads(kadb));
    if (loads.isEmpty()) {
      return;
    }
    Optional<String> version = lines.check("store", () -> loads.get().inWarehouse(Checks::version));
    if (version.isEmpty()) {
      return;
    }
    lines.ok("store", version.get());
    Optional<SourceTable> source = source(kadb);
    source.ifPresent(table -> kafka(kadb, table));
    Optional<List<TargetColumn>> columns =
        lines.check(
            "target table",
            () -> loads.get().inWarehouse(w -> Warehouse.columns(w, job.target().table())));
    columns.ifPresent(
        found -> lines.ok("target table", job.target().table() + ", " + found.size() + " columns"));
    if (source.isPresent() && columns.isPresent()) {
      sql(loads.get(), source.get(), columns.get());
    }
    new RightsCheck(job, loads.get(), lines).run(columns.isPresent());
  }

  private static String version(Connection warehouse) throws SQLException {
    return warehouse.getMetaData().getDatabaseProductName()
        + " "
        + warehouse.getMetaData().getDatabaseProductVersion();
  }

  private Optional<SourceTable> source(Connection kadb) {
    Optional<String> definition =
        lines.check(
            "source definition",
            () ->
                job.source() instanceof LoadJob.Source.Defined defined
                    ? define(kadb, defined)
                    : "foreign table " + job.source().table());
    Optional<SourceTable> source =
        definition.flatMap(
            text ->
                lines.check(
                    "source definition", () -> SourceTable.get(kadb, job.source().table())));
    source.ifPresent(
        table ->
            lines.ok(
                "source definition",
                definition.get() + ", " + table.columns().size() + " columns"));
    return source;
  }

  private String define(Connection kadb, LoadJob.Source.Defined defined) throws SQLException {
    int segments =
        SourceTable.find(kadb, defined.table())
            .map(table -> table.options().get("k_segments"))
            .map(Integer::valueOf)
            .orElse(Runtime.getRuntime().availableProcessors());
    return new SourceDefinition(job, defined, segments)
        .apply(kadb)
        .map(done -> "would be " + done)
        .orElse("foreign table " + defined.table());
  }

  private void kafka(Connection kadb, SourceTable source) {
    List<Integer> partitions;
    try {
      partitions = Positions.partitions(kadb, source);
    } catch (SQLException e) {
      // The brokers answered if they said that there is no such topic or no right to it.
      boolean answered = "HV00R".equals(e.getSQLState()) || "42501".equals(e.getSQLState());
      lines.failed(answered ? "topic" : "brokers", e.getMessage() + " (" + e.getSQLState() + ")");
      return;
    }
    lines.ok("brokers", "they answer");
    lines.line("topic", () -> topic(kadb, source, partitions));
    lines.line(
        "messages",
        () -> {
          String names =
              Quoting.names(source.columns().stream().map(LoadJob.Column::name).toList());
          int rows =
              Sql.rows(
                      kadb,
                      "SELECT %s FROM %s LIMIT 1".formatted(names, Quoting.table(source.name())))
                  .size();
          return rows == 0 ? "none is waiting" : "the next one fits the columns";
        });
  }

  private String topic(Connection kadb, SourceTable source, List<Integer> partitions)
      throws SQLException {
    if (job.source() instanceof LoadJob.Source.Defined defined
        && !partitions.containsAll(defined.partitions())) {
      throw new LoadFailure(
          "the job reads partitions " + defined.partitions() + ", the topic has " + partitions);
    }
    long waiting =
        Sql.rows(kadb, "SELECT sum(lag) FROM kadb.lag WHERE ftoid = ?", source.ftoid()).stream()
            .map(row -> row.get(0))
            .mapToLong(sum -> sum == null ? 0 : Long.parseLong(sum))
            .sum();
    return ProgressText.count(partitions.size(), "partition")
        + ", "
        + ProgressText.count(waiting, "offset")
        + " to read";
  }

  private void sql(WarehouseLoads loads, SourceTable source, List<TargetColumn> columns) {
    lines.line(
        "target columns",
        () -> {
          Mapped mapped = Mapped.of(job.target(), source.columns(), columns);
          List<String> open =
              columns.stream()
                  .filter(TargetColumn::needed)
                  .map(TargetColumn::name)
                  .filter(name -> !mapped.names().contains(name))
                  .toList();
          if (!open.isEmpty() && job.target().mode() != LoadJob.Mode.UPDATE) {
            throw new LoadFailure("NOT NULL, and filled by nothing: " + Quoting.names(open));
          }
          return Quoting.names(mapped.names());
        });
    lines.line("SQL of a batch", () -> explain(loads, source, columns));
  }

  private String explain(WarehouseLoads loads, SourceTable source, List<TargetColumn> columns)
      throws SQLException {
    BatchSql sql = BatchSql.of(job, source.columns(), columns, List.of());
    if (sql.stage().isEmpty()) {
      return "straight into the target";
    }
    loads.inWarehouse(warehouse -> Sql.run(warehouse, sql.stage().get()));
    loads.inWarehouse(warehouse -> DryRun.explain(warehouse, sql.statements()));
    return ProgressText.count(sql.statements().size(), "statement") + " from a temporary table";
  }
}
