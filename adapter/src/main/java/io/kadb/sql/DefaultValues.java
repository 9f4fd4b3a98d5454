package io.kadb.sql;

import io.kadb.catalog.ColumnDefault;
import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.KadbException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of defaults in one statement: an expression is evaluated once, when first needed. */
final class DefaultValues {
  private final long startedMillis;
  private final String user;
  private final Map<ColumnDefinition, Optional<String>> values = new HashMap<>();

  /**
   * Creates values that are not known yet.
   *
   * @param startedMillis when the statement began, which is what now() gives
   * @param user whose statement it is, as CURRENT_USER shows it
   */
  DefaultValues(long startedMillis, String user) {
    this.startedMillis = startedMillis;
    this.user = user;
  }

  /**
   * Returns what a scan wants with a value for each expression among the defaults it needs.
   *
   * @param everyColumn whether columns that the scan does not want are decoded as well
   */
  ScanSpec in(ScanSpec spec, boolean everyColumn) {
    List<ColumnDefinition> columns = new ArrayList<>(spec.table().columns());
    boolean any = false;
    for (int field = 0; field < columns.size(); field++) {
      ColumnDefinition column = columns.get(field);
      if (isExpression(column) && (everyColumn || spec.fields().contains(field))) {
        columns.set(field, column.withDefault(text(column).map(ColumnDefault.Literal::new)));
        any = true;
      }
    }
    return any ? spec.withTable(spec.table().withColumns(columns)) : spec;
  }

  /**
   * Returns the default of a column as text that its type's input takes; empty for NULL.
   *
   * @throws KadbException that names the column, if an expression fails
   */
  Optional<String> of(ColumnDefinition column) {
    return isExpression(column) ? text(column) : column.defaultValue().map(ColumnDefault::text);
  }

  private static boolean isExpression(ColumnDefinition column) {
    return column.defaultValue().filter(ColumnDefault.Expression.class::isInstance).isPresent();
  }

  /**
   * Returns the default of a column as text that its type's input takes; empty for NULL.
   *
   * @throws KadbException that names the column, if the expression fails
   */
  private Optional<String> text(ColumnDefinition column) {
    Optional<String> known = values.get(column);
    if (known == null) {
      known = evaluated(column, column.defaultValue().orElseThrow().text());
      values.put(column, known);
    }
    return known;
  }

  private Optional<String> evaluated(ColumnDefinition column, String expression) {
    try {
      return DefaultExpression.of(expression).value(column.type(), startedMillis, user);
    } catch (KadbException e) {
      throw e.inColumn(column.name());
    }
  }
}
