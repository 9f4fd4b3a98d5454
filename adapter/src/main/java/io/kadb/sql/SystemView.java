package io.kadb.sql;

import io.kadb.type.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A view of schema {@code kadb}: its columns, and what gives its rows.
 *
 * @param name its name
 * @param remarks one line on what it shows
 * @param columns its columns in their order
 * @param source gives the rows
 */
record SystemView(String name, String remarks, List<Column> columns, Source source) {
  SystemView {
    columns = List.copyOf(columns);
  }

  /** A column. */
  record Column(String name, ColumnType type) {
    /**
     * Returns a column as a text says.
     *
     * @param declaration name and type: {@code end_off bigint}
     */
    static Column of(String declaration) {
      int blank = declaration.indexOf(' ');
      return new Column(
          declaration.substring(0, blank), ColumnType.parse(declaration.substring(blank + 1)));
    }
  }

  /** Gives rows when a statement reads the view. */
  @FunctionalInterface
  interface Source {
    /**
     * Returns the rows.
     *
     * @param request who asks, and for what; more rows and columns than asked for do no harm
     * @return for each row the values of all columns as the engine has them
     */
    List<@Nullable Object[]> rows(ViewRequest request);
  }

  /** Returns the view as metadata shows it. */
  TableDescription description() {
    return new TableDescription(
        OffsetsTable.SCHEMA,
        name,
        "VIEW",
        remarks,
        columns.stream()
            .map(c -> new ResultColumn(c.name(), c.type(), true, OffsetsTable.SCHEMA, name))
            .toList());
  }
}
