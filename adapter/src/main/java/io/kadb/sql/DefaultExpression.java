package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The expression of a DEFAULT, planned. It refers to nothing but itself, so that one value holds
 * for all messages of a statement. Safe for several threads.
 */
final class DefaultExpression {
  private static final int KEPT = 100;

  /** Expressions planned lately, by their text: planning takes longer than many a statement. */
  private static final Map<String, DefaultExpression> PLANNED =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DefaultExpression> eldest) {
          return size() > KEPT;
        }
      };

  private final PlannedQuery query;

  private DefaultExpression(PlannedQuery query) {
    this.query = query;
  }

  /** Returns the expression of this text, perhaps planned earlier. */
  static DefaultExpression of(String text) {
    synchronized (PLANNED) {
      DefaultExpression known = PLANNED.get(text);
      if (known != null) {
        return known;
      }
    }
    DefaultExpression planned = planned(text);
    synchronized (PLANNED) {
      PLANNED.put(text, planned);
    }
    return planned;
  }

  /**
   * Plans an expression.
   *
   * @throws KadbException with its place in the text; 0A000 for what a DEFAULT may not hold
   */
  static DefaultExpression planned(String text) {
    SqlNode expression = StatementParser.parseExpression(text);
    try {
      DefaultExpressionCheck.check(expression);
      PlannedQuery query =
          new QueryPlanner(SchemaTree.withoutTables(), "public")
              .plan(PostgresCasts.rewrite(select(expression)));
      if (query.callsFunctions()) {
        throw refused("a function of kadb").inStatement(1, 1);
      }
      return new DefaultExpression(query);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw EngineErrors.translate(e);
    }
  }

  /** Returns the error for what a DEFAULT may not hold. */
  static KadbException refused(String what) {
    return new KadbException(
        ErrorCode.UNSUPPORTED, "cannot use " + what + " in a DEFAULT expression");
  }

  private static SqlSelect select(SqlNode expression) {
    SqlParserPos here = expression.getParserPosition();
    return new SqlSelect(
        here,
        null,
        SqlNodeList.of(expression),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * Checks that the value can be assigned to a column; of an expression that is constant also that
   * its value is one of the column's type.
   *
   * @throws KadbException 42804, or what the type's input says
   */
  void check(ColumnType column) {
    checkAssignable(column);
    boolean constant = !FunctionUse.anywhere(query.plan(), DefaultExpression::varies);
    if (constant) {
      value(column, System.currentTimeMillis(), "").ifPresent(TextInput.of(column)::read);
    }
  }

  private static boolean varies(SqlOperator operator) {
    return operator.isDynamicFunction() || !operator.isDeterministic();
  }

  private void checkAssignable(ColumnType column) {
    SqlTypeName type = query.plan().getRowType().getFieldList().get(0).getType().getSqlTypeName();
    if (type == SqlTypeName.NULL) {
      return;
    }
    boolean known =
        !SqlTypeFamily.DATETIME_INTERVAL.getTypeNames().contains(type)
            && (SqlTypeName.ALL_TYPES.contains(type) || type == SqlTypeName.UUID);
    if (!known || !Assignment.isPossible(own(), column)) {
      throw new KadbException(
              ErrorCode.DATATYPE_MISMATCH,
              "the DEFAULT expression is of type "
                  + (known ? own().sql() : type.getName().toLowerCase(java.util.Locale.ROOT))
                  + ", the column of type "
                  + column.sql())
          .withHint("cast the expression, or write the value as a text in single quotes");
    }
  }

  private ColumnType own() {
    return query.columns().get(0).type();
  }

  /**
   * Returns the value as text that the column's type takes; empty for NULL.
   *
   * @param startedMillis the time that now() gives
   * @param user whom CURRENT_USER names
   */
  Optional<String> value(ColumnType column, long startedMillis, String user) {
    List<ResultColumn> columns = query.columns();
    try (Enumerator<@Nullable Object> rows =
        query.compiled().bind(new ConstantContext(query, startedMillis, user)).enumerator()) {
      rows.moveNext();
      Object value =
          EngineValues.toClient(rows.current(), columns.get(0).type(), query.exactTimes());
      return value == null ? Optional.empty() : Optional.of(Assignment.text(value, own(), column));
    } catch (RuntimeException | Error e) {
      throw EngineErrors.translate(e);
    }
  }
}
