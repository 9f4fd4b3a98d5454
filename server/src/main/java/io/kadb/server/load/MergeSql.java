package io.kadb.server.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the rows of a batch update a target or merge into it, without ON CONFLICT and MERGE, which
 * PostgreSQL 9.4 does not have.
 *
 * <p>Of several rows of a batch for one match one wins: the greatest by the order columns, NULL
 * last; among equals of one partition the last in the order of offsets. What remains is between
 * partitions, whose offsets say nothing of each other: the later time of the message wins, and then
 * the greater partition. Columns are compared with {@code =}, so a row with NULL in a match column
 * matches nothing: a merge inserts it, an update drops it.
 *
 * <p>In the delete condition a name means the source's column, or else the target's as it would be
 * filled. In the update condition a name means the target's column, or else the source's; {@code
 * into_table} and {@code from_table} say which.
 */
final class MergeSql {
  private static final String DOOMED = "from_table.kadb_doomed";

  private final LoadJob.Target target;
  private final List<LoadJob.Column> columns;
  private final List<TargetColumn> targetColumns;
  private final Mapped mapped;
  private final String into;

  MergeSql(
      LoadJob.Target target,
      List<LoadJob.Column> columns,
      List<TargetColumn> targetColumns,
      Mapped mapped) {
    this.target = target;
    this.columns = columns;
    this.targetColumns = targetColumns;
    this.mapped = mapped;
    this.into = Quoting.table(target.table());
  }

  /** Returns the statements in their order. */
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    target.filter().ifPresent(filter -> statements.add(dropFiltered(filter)));
    statements.add(dropSuperseded());
    // Made a moment ago: without it the warehouse guesses how many rows there are.
    statements.add("ANALYZE " + BatchSql.STAGE);
    if (deletes()) {
      statements.add(delete());
    }
    if (!updated().isEmpty()) {
      statements.add(update());
    }
    if (target.mode() == LoadJob.Mode.MERGE) {
      statements.add(insert());
    }
    return statements;
  }

  private String dropFiltered(String filter) {
    return "DELETE FROM "
        + BatchSql.STAGE
        + " WHERE ("
        + filter
        + ") IS NOT TRUE"
        + (target.tombstonesDelete() ? " AND NOT kadb_tombstone" : "");
  }

  /** A row loses in its partition, or against the winners of others. */
  private String dropSuperseded() {
    String keys = join(places("kadb_k", target.match().size()), ", ");
    String order = join(places("kadb_o", target.order().size()), "", " DESC NULLS LAST, ");
    String ranked =
        "SELECT *, row_number() OVER (PARTITION BY %s, kadb_partition ORDER BY %s"
                .formatted(keys, order)
            + "kadb_offset DESC, kadb_row DESC) AS kadb_last FROM ("
            + keyed()
            + ") AS kadb_keyed";
    String compared =
        "SELECT *, row_number() OVER (PARTITION BY %s, kadb_last ORDER BY %s".formatted(keys, order)
            + "kadb_timestamp DESC NULLS LAST, kadb_partition DESC) AS kadb_rank FROM ("
            + ranked
            + ") AS kadb_ranked";
    String known =
        places("kadb_k", target.match().size())
            .map(key -> key + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    return "DELETE FROM %1$s WHERE (kadb_partition, kadb_offset, kadb_row) IN ("
            .formatted(BatchSql.STAGE)
        + "SELECT kadb_partition, kadb_offset, kadb_row FROM ("
        + compared
        + ") AS kadb_compared WHERE (kadb_last > 1 OR kadb_rank > 1) AND "
        + known
        + ")";
  }

  private String keyed() {
    StringBuilder sql =
        new StringBuilder("SELECT kadb_partition, kadb_offset, kadb_row, kadb_timestamp");
    for (int i = 0; i < target.match().size(); i++) {
      sql.append(", ").append(expression(target.match().get(i))).append(" AS kadb_k").append(i + 1);
    }
    for (int i = 0; i < target.order().size(); i++) {
      sql.append(", ").append(ordering(target.order().get(i))).append(" AS kadb_o").append(i + 1);
    }
    return sql.append(" FROM ").append(BatchSql.STAGE).toString();
  }

  /** An order column is one of the source, or else what fills the target's. */
  private String ordering(String name) {
    if (columns.stream().anyMatch(column -> column.name().equals(name))) {
      return Quoting.name(name);
    }
    if (!mapped.names().contains(name)) {
      throw new LoadFailure(
          "order column "
              + Quoting.name(name)
              + " is neither a column of the source nor a mapped one of "
              + target.table());
    }
    return expression(name);
  }

  private String expression(String column) {
    return mapped.columns().get(mapped.place(column) - 1).expression();
  }

  private String delete() {
    return "DELETE FROM %s AS into_table USING (%s) AS from_table WHERE %s AND %s"
        .formatted(into, from(), matches(), doomed());
  }

  private String update() {
    return "UPDATE %s AS into_table SET %s FROM (%s) AS from_table WHERE %s%s%s"
        .formatted(
            into,
            updated().stream()
                .map(name -> Quoting.name(name) + " = " + value(name))
                .collect(Collectors.joining(", ")),
            from(),
            matches(),
            stays(),
            target
                .updateCondition()
                .map(condition -> " AND " + seenFromTarget(condition))
                .orElse(""));
  }

  private String insert() {
    return ("INSERT INTO %s (%s) SELECT %s FROM (%s) AS from_table"
            + " WHERE NOT EXISTS (SELECT 1 FROM %s AS into_table WHERE %s)%s")
        .formatted(
            into,
            Quoting.names(mapped.names()),
            mapped.names().stream().map(this::value).collect(Collectors.joining(", ")),
            from(),
            into,
            matches(),
            stays());
  }

  /** The rows of the batch with the source's columns and the values for the target. */
  private String from() {
    List<String> selected = new ArrayList<>();
    columns.forEach(column -> selected.add(Quoting.name(column.name())));
    int place = 0;
    for (Mapped.Column column : mapped.columns()) {
      selected.add(column.expression() + " AS kadb_" + ++place);
    }
    selected.add("kadb_tombstone");
    String rows = "SELECT " + String.join(", ", selected) + " FROM " + BatchSql.STAGE;
    return target.deleteCondition().map(condition -> judged(rows, condition)).orElse(rows);
  }

  /**
   * Adds what the delete condition says of each row. A query of its own per row would have to look
   * outwards by more than one level, which Greenplum 6 refuses.
   */
  private String judged(String rows, String condition) {
    String filled =
        mapped.names().stream()
            .filter(name -> columns.stream().noneMatch(column -> column.name().equals(name)))
            .map(name -> ", kadb_" + mapped.place(name) + " AS " + Quoting.name(name))
            .collect(Collectors.joining());
    return "SELECT *, ("
        + condition
        + ") AS kadb_doomed FROM (SELECT *"
        + filled
        + " FROM ("
        + rows
        + ") AS kadb_filled) AS from_table";
  }

  private String value(String name) {
    return "from_table.kadb_" + mapped.place(name);
  }

  private String matches() {
    return target.match().stream()
        .map(name -> "into_table." + Quoting.name(name) + " = " + value(name))
        .collect(Collectors.joining(" AND "));
  }

  private boolean deletes() {
    return target.tombstonesDelete() || target.deleteCondition().isPresent();
  }

  /** What says of a row of the batch that the rows it matches go. */
  private String doomed() {
    if (!target.tombstonesDelete()) {
      return DOOMED;
    }
    return target.deleteCondition().isPresent()
        ? "(from_table.kadb_tombstone OR " + DOOMED + ")"
        : "from_table.kadb_tombstone";
  }

  private String stays() {
    return deletes() ? " AND (" + doomed() + ") IS NOT TRUE" : "";
  }

  private List<String> updated() {
    return (target.update().isEmpty() ? mapped.names() : target.update())
        .stream().filter(name -> !target.match().contains(name)).toList();
  }

  private String seenFromTarget(String condition) {
    String names =
        targetColumns.stream()
            .map(c -> "into_table." + Quoting.name(c.name()) + " AS " + Quoting.name(c.name()))
            .collect(Collectors.joining(", "));
    return "(SELECT (" + condition + ") FROM (SELECT " + names + ") AS kadb_target)";
  }

  private static Stream<String> places(String stem, int count) {
    return Stream.iterate(1, i -> i <= count, i -> i + 1).map(i -> stem + i);
  }

  private static String join(Stream<String> parts, String between) {
    return parts.collect(Collectors.joining(between));
  }

  private static String join(Stream<String> parts, String before, String after) {
    return parts.map(part -> before + part + after).collect(Collectors.joining());
  }
}
