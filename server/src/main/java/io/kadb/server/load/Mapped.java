package io.kadb.server.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What fills the columns of a target, checked against its columns and those of the source.
 *
 * @param columns those of the target, in the mappings' order
 */
record Mapped(List<Column> columns) {
  /**
   * A column that is filled.
   *
   * @param name of the target's column
   * @param expression over the source's columns
   * @param source the source's column that the expression is, if it is nothing else
   */
  record Column(String name, String expression, Optional<String> source) {}

  Mapped {
    columns = List.copyOf(columns);
  }

  /** Checks what fills the columns of a target. */
  static Mapped of(
      LoadJob.Target target, List<LoadJob.Column> source, List<TargetColumn> targetColumns) {
    List<LoadJob.Mapping> mappings = target.mappings();
    if (mappings.isEmpty()) {
      mappings =
          source.stream()
              .map(column -> new LoadJob.Mapping(column.name(), Quoting.name(column.name())))
              .toList();
    }
    List<Column> columns = new ArrayList<>();
    for (LoadJob.Mapping mapping : mappings) {
      TargetColumn column = targetColumn(target, mapping, source, targetColumns);
      checkWritable(target, column);
      columns.add(column(mapping, source, column, isCompared(target, column.name())));
    }
    Mapped mapped = new Mapped(columns);
    mapped.check(target);
    return mapped;
  }

  private static TargetColumn targetColumn(
      LoadJob.Target target,
      LoadJob.Mapping mapping,
      List<LoadJob.Column> source,
      List<TargetColumn> targetColumns) {
    return targetColumns.stream()
        .filter(column -> column.name().equals(mapping.column()))
        .findFirst()
        .orElseThrow(
            () ->
                new LoadFailure(
                    "table %s has no column %s; it has %s%s"
                        .formatted(
                            target.table(),
                            Quoting.name(mapping.column()),
                            Quoting.names(targetColumns.stream().map(TargetColumn::name).toList()),
                            target.mappings().isEmpty() && !source.isEmpty()
                                ? ". Say by a mapping which columns are to be loaded"
                                : "")));
  }

  /** COPY would store a value where INSERT is refused; so neither is begun. */
  private static void checkWritable(LoadJob.Target target, TargetColumn column) {
    boolean onlyMatched =
        target.mode() == LoadJob.Mode.UPDATE
            && (target.match().contains(column.name())
                || !target.update().isEmpty() && !target.update().contains(column.name()));
    if (column.generated() && !onlyMatched) {
      throw new LoadFailure(
          "column %s of %s is GENERATED ALWAYS, so nothing can be loaded into it; say by a mapping which columns are to be loaded"
              .formatted(Quoting.name(column.name()), target.table()));
    }
  }

  /** Values are compared as they will be stored: rounded, the one may be the other. */
  private static boolean isCompared(LoadJob.Target target, String column) {
    return target.match().contains(column) || target.order().contains(column);
  }

  private static Column column(
      LoadJob.Mapping mapping, List<LoadJob.Column> source, TargetColumn target, boolean compared) {
    Optional<LoadJob.Column> plain =
        Quoting.columnIn(mapping.expression())
            .flatMap(name -> source.stream().filter(c -> c.name().equals(name)).findFirst());
    // Values come as the source's type; by way of text, as COPY does, every type can be another.
    String expression =
        plain
            .map(from -> cast(Quoting.name(from.name()), from.type(), target.type()))
            .orElse("(" + mapping.expression().strip() + ")");
    if (compared && target.stored().isPresent()) {
      expression = "CAST(" + expression + " AS " + target.stored().get() + ")";
    }
    return new Column(target.name(), expression, plain.map(LoadJob.Column::name));
  }

  private static String cast(String value, String from, String to) {
    if (from.equalsIgnoreCase(to)) {
      return value;
    }
    String text = from.equalsIgnoreCase("text") ? value : "CAST(" + value + " AS text)";
    return "CAST(" + text + " AS " + to + ")";
  }

  private void check(LoadJob.Target target) {
    List<String> names = names();
    for (String name : target.match()) {
      require(names, name, "match column", target);
    }
    for (String name : target.update()) {
      require(names, name, "update column", target);
    }
    if (names.stream().distinct().count() < names.size()) {
      throw new LoadFailure("a column of " + target.table() + " is mapped twice");
    }
    if (target.mode() != LoadJob.Mode.INSERT && target.match().isEmpty()) {
      throw new LoadFailure(
          "mode " + target.mode() + " needs match columns, by which rows of the target are found");
    }
  }

  private static void require(List<String> names, String name, String what, LoadJob.Target target) {
    if (!names.contains(name)) {
      throw new LoadFailure(
          what
              + " "
              + Quoting.name(name)
              + " of "
              + target.table()
              + " is filled by no mapping; filled are "
              + Quoting.names(names));
    }
  }

  /** Returns the names of the target's columns. */
  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** Returns whether every column is just a column of the source. */
  boolean isPlain() {
    return columns.stream().allMatch(column -> column.source().isPresent());
  }

  /** Returns the place of a target's column among the mapped ones, from 1. */
  int place(String name) {
    return names().indexOf(name) + 1;
  }
}
