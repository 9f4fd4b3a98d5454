package io.kadb.server.load;

import io.kadb.catalog.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The SQL of one batch. Rows go straight into the target where the job asks for no more, otherwise
 * into a temporary table of the same transaction, and from there on by SQL of the warehouse that
 * PostgreSQL 9.4 and Greenplum 6 know.
 *
 * @param insert kadb's own statement, which takes the batch
 * @param stage creates the temporary table if it is not there; empty if none is needed
 * @param statements SQL of the warehouse, from the temporary table into the target
 * @param preview shows rows as they would be written: from the source, or if there is one, from the
 *     temporary table
 */
record BatchSql(String insert, Optional<String> stage, List<String> statements, String preview) {
  /** The temporary table. */
  static final String STAGE = "pg_temp.kadb_batch";

  /** Where each row came from, in the temporary table. */
  private static final List<String> ORIGIN =
      List.of("kadb_partition", "kadb_offset", "kadb_row", "kadb_timestamp", "kadb_tombstone");

  private static final List<String> ORIGIN_COLUMNS =
      List.of("_partition", "_offset", "_row", "_timestamp", "_tombstone");

  private static final String ORIGIN_VALUES = String.join(", ", ORIGIN_COLUMNS);

  BatchSql {
    statements = List.copyOf(statements);
  }

  /**
   * Makes the SQL.
   *
   * @param partitions the only ones to read; empty for all
   * @throws LoadFailure if the target's columns and the job do not go together
   */
  static BatchSql of(
      LoadJob job,
      List<LoadJob.Column> columns,
      List<TargetColumn> targetColumns,
      Collection<Integer> partitions) {
    JobSql.check(job);
    LoadJob.Target target = job.target();
    TableName source = job.source().table();
    Mapped mapped = Mapped.of(target, columns, targetColumns);
    if (target.mode() == LoadJob.Mode.INSERT
        && mapped.isPlain()
        && target.filter().isEmpty()
        && !job.batches().saveFailing()) {
      String select = selection(source, mapped, partitions);
      String insert =
          "INSERT INTO pg.%s (%s) %s"
              .formatted(Quoting.table(target.table()), Quoting.names(mapped.names()), select);
      return new BatchSql(insert, Optional.empty(), List.of(), select);
    }
    checkNames(columns);
    return new BatchSql(
        staging(source, columns, condition(partitions)),
        Optional.of(stage(columns)),
        target.mode() == LoadJob.Mode.INSERT
            ? List.of(append(target, mapped))
            : new MergeSql(target, columns, targetColumns, mapped).statements(),
        mapping(target, mapped));
  }

  /** Returns whether rows go by way of the temporary table. */
  boolean isStaged() {
    return stage.isPresent();
  }

  private static String selection(TableName source, Mapped mapped, Collection<Integer> partitions) {
    List<String> taken =
        mapped.columns().stream().map(column -> column.source().orElseThrow()).toList();
    return "SELECT %s FROM %s%s"
        .formatted(Quoting.names(taken), Quoting.table(source), condition(partitions));
  }

  private static void checkNames(List<LoadJob.Column> columns) {
    for (LoadJob.Column column : columns) {
      if (column.name().startsWith("kadb_")) {
        throw new LoadFailure(
            "column " + column.name() + ": names that begin with kadb_ belong to kadb here");
      } else if (ORIGIN_COLUMNS.contains(column.name())) {
        throw new LoadFailure(
            "column %s takes the place of kadb's own of this name, which says where a row came from; such a job needs it, so give the column another name"
                .formatted(column.name()));
      }
    }
  }

  /**
   * Returns the statement that takes a batch into the temporary table.
   *
   * @param condition begins with WHERE, or is empty
   */
  static String staging(TableName source, List<LoadJob.Column> columns, String condition) {
    List<String> names = new ArrayList<>(columns.stream().map(LoadJob.Column::name).toList());
    String values = names.isEmpty() ? ORIGIN_VALUES : Quoting.names(names) + ", " + ORIGIN_VALUES;
    names.addAll(ORIGIN);
    return "INSERT INTO pg.%s (%s) SELECT %s FROM %s%s"
        .formatted(STAGE, Quoting.names(names), values, Quoting.table(source), condition);
  }

  /** Returns the statement that creates the temporary table. */
  static String stage(List<LoadJob.Column> columns) {
    StringBuilder sql = new StringBuilder("CREATE TEMP TABLE IF NOT EXISTS kadb_batch (");
    for (LoadJob.Column column : columns) {
      sql.append(Quoting.name(column.name())).append(' ').append(column.type()).append(", ");
    }
    return sql.append("kadb_partition integer, kadb_offset bigint, kadb_row integer,")
        .append(" kadb_timestamp timestamp, kadb_tombstone boolean) ON COMMIT DELETE ROWS")
        .toString();
  }

  private static String append(LoadJob.Target target, Mapped mapped) {
    return "INSERT INTO %s (%s) %s"
        .formatted(
            Quoting.table(target.table()), Quoting.names(mapped.names()), mapping(target, mapped));
  }

  private static String mapping(LoadJob.Target target, Mapped mapped) {
    return "SELECT %s FROM %s%s"
        .formatted(
            mapped.columns().stream()
                .map(column -> column.expression() + " AS " + Quoting.name(column.name()))
                .collect(Collectors.joining(", ")),
            STAGE,
            target.filter().map(filter -> " WHERE (" + filter + ")").orElse(""));
  }

  /** Returns the condition that reads only some partitions; empty for all. */
  static String condition(Collection<Integer> partitions) {
    return partitions.isEmpty()
        ? ""
        : new TreeSet<>(partitions)
            .stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", " WHERE _partition IN (", ")"));
  }
}
