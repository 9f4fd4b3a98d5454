package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/** Refuses what a DEFAULT may not hold: columns, subqueries, aggregates, parameters. */
final class DefaultExpressionCheck extends SqlBasicVisitor<@Nullable Void> {
  private DefaultExpressionCheck() {}

  /**
   * Checks an expression.
   *
   * @throws KadbException 0A000, or 42803 for an aggregate, with the place in the text
   */
  static void check(SqlNode expression) {
    expression.accept(new DefaultExpressionCheck());
  }

  @Override
  public @Nullable Void visit(SqlIdentifier identifier) {
    if (named(identifier, SqlSyntax.FUNCTION_ID).isEmpty()) {
      throw refuse("a column reference", identifier);
    }
    return null;
  }

  @Override
  public @Nullable Void visit(SqlDynamicParam parameter) {
    throw refuse("a parameter", parameter);
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (SqlKind.QUERY.contains(call.getKind())) {
      throw refuse("a subquery", call);
    } else if (call.getKind() == SqlKind.OVER) {
      throw refuse("a window function", call);
    } else if (isAggregate(call.getOperator())) {
      throw placed(
          new KadbException(
              ErrorCode.GROUPING, "cannot use an aggregate function in a DEFAULT expression"),
          call);
    }
    return super.visit(call);
  }

  private static boolean isAggregate(SqlOperator operator) {
    if (!(operator instanceof SqlFunction function) || function.getNameAsId().names.size() != 1) {
      return operator.isAggregator();
    }
    List<SqlOperator> found = named(function.getNameAsId(), SqlSyntax.FUNCTION);
    return !found.isEmpty() && found.stream().allMatch(SqlOperator::isAggregator);
  }

  private static List<SqlOperator> named(SqlIdentifier name, SqlSyntax syntax) {
    List<SqlOperator> found = new ArrayList<>();
    EngineOperators.INSTANCE.lookupOperatorOverloads(
        name, null, syntax, found, SqlNameMatchers.withCaseSensitive(false));
    return found;
  }

  private static KadbException refuse(String what, SqlNode where) {
    return placed(DefaultExpression.refused(what), where);
  }

  private static KadbException placed(KadbException error, SqlNode where) {
    return error.inStatement(
        where.getParserPosition().getLineNum(), where.getParserPosition().getColumnNum());
  }
}
