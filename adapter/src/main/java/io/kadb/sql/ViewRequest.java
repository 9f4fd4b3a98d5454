package io.kadb.sql;

import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import java.util.List;

/**
 * What a statement wants of a system view.
 *
 * @param run the statement
 * @param spec the columns and tables it wants
 */
record ViewRequest(StatementRun run, ViewSpec spec) {
  /** Returns whether a column is used. */
  boolean wants(String column) {
    return spec.fields().stream().anyMatch(f -> spec.view().columns().get(f).name().equals(column));
  }

  /** Returns the definitions as the statement's session sees them. */
  Definitions definitions() {
    return run.session().storeSession().catalog().read();
  }

  /** Returns those foreign tables that the statement's conditions leave. */
  List<ForeignTable> tables(Definitions definitions) {
    return definitions.tables().stream()
        .filter(table -> spec.conditions().stream().allMatch(c -> c.holds(table, run)))
        .toList();
  }
}
