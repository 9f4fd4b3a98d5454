package io.kadb.sql;

import io.kadb.catalog.ForeignTable;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * That a foreign table is a certain one: its OID, schema or name equals a value. It lets a view ask
 * only the brokers of the tables that a statement is about.
 */
record TableCondition(Column column, Value value) {
  /** What is compared. */
  enum Column {
    FTOID,
    TABLE_SCHEMA,
    TABLE_NAME
  }

  /** A value that is known when the statement runs. */
  sealed interface Value {
    record Literal(Object value) implements Value {}

    record Parameter(int index) implements Value {}

    /** The OID of the table of a name. */
    record Oid(Value name) implements Value {}
  }

  /**
   * Reads a condition of a plan.
   *
   * @param columns the columns of the input that references mean
   * @return the condition, or nothing if it is of another kind
   */
  static Optional<TableCondition> of(RexNode condition, ViewSpec columns) {
    if (!(condition instanceof RexCall call) || call.getKind() != SqlKind.EQUALS) {
      return Optional.empty();
    }
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    return equality(left, right, columns).or(() -> equality(right, left, columns));
  }

  private static Optional<TableCondition> equality(RexNode left, RexNode right, ViewSpec columns) {
    if (!(left instanceof RexInputRef reference)) {
      return Optional.empty();
    }
    String name = columns.view().columns().get(columns.fields().get(reference.getIndex())).name();
    for (Column column : Column.values()) {
      if (column.name().equalsIgnoreCase(name)) {
        return value(right).map(value -> new TableCondition(column, value));
      }
    }
    return Optional.empty();
  }

  private static Optional<Value> value(RexNode node) {
    if (node instanceof RexLiteral literal) {
      Object value = literal.getValue();
      return value instanceof NlsString text
          ? Optional.of(new Value.Literal(text.getValue()))
          : value instanceof Number ? Optional.of(new Value.Literal(value)) : Optional.empty();
    } else if (node instanceof RexDynamicParam parameter) {
      return Optional.of(new Value.Parameter(parameter.getIndex()));
    } else if (node instanceof RexCall call && call.getKind() == SqlKind.CAST) {
      return value(call.getOperands().get(0));
    } else if (node instanceof RexCall call && SessionFunction.givesOid(call.getOperator())) {
      return value(call.getOperands().get(0)).map(Value.Oid::new);
    }
    return Optional.empty();
  }

  /** Returns whether the condition may hold for a table. */
  boolean holds(ForeignTable table, StatementRun run) {
    Object wanted = evaluate(value, run);
    return switch (column) {
      case FTOID -> !(wanted instanceof Number number) || number.longValue() == table.ftoid();
      case TABLE_SCHEMA -> same(wanted, table.name().schema());
      case TABLE_NAME -> same(wanted, table.name().table());
    };
  }

  private static boolean same(@Nullable Object wanted, String found) {
    return !(wanted instanceof String text) || text.stripTrailing().equals(found.stripTrailing());
  }

  private static @Nullable Object evaluate(Value value, StatementRun run) {
    if (value instanceof Value.Literal literal) {
      return literal.value();
    } else if (value instanceof Value.Parameter parameter) {
      return run.get("?" + parameter.index());
    }
    Object name = evaluate(((Value.Oid) value).name(), run);
    return name instanceof String text ? run.tableOid(text) : name;
  }

  @Override
  public String toString() {
    return column.name().toLowerCase(java.util.Locale.ROOT) + " = " + value;
  }
}
