package io.kadb.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one node of a plan wants of a system view.
 *
 * @param view the view
 * @param fields the wanted columns by their place in the view, in the order of the rows to give
 * @param conditions what every row that is kept fulfils; the plan checks it, too
 */
record ViewSpec(SystemView view, List<Integer> fields, List<TableCondition> conditions) {
  ViewSpec {
    fields = List.copyOf(fields);
    conditions = List.copyOf(conditions);
  }

  /** Returns the rows for a statement, with the wanted columns. */
  List<@Nullable Object[]> rows(StatementRun run) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (@Nullable Object[] whole : view.source().rows(new ViewRequest(run, this))) {
      @Nullable Object[] row = new Object[fields.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = whole[fields.get(i)];
      }
      rows.add(row);
    }
    return rows;
  }

  ViewSpec withFields(List<Integer> newFields) {
    return new ViewSpec(view, newFields, conditions);
  }

  ViewSpec withConditions(List<TableCondition> newConditions) {
    return new ViewSpec(view, fields, newConditions);
  }

  /** Returns the names of the wanted columns, for EXPLAIN. */
  String columnNames() {
    return fields.stream()
        .map(field -> view.columns().get(field).name())
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
