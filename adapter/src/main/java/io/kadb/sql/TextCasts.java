package io.kadb.sql;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.adapter.jdbc.JdbcTableScan;
import org.apache.calcite.adapter.jdbc.JdbcToEnumerableConverter;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Has casts of texts follow PostgreSQL's input rules, values become its texts, and numbers be
 * rounded as it rounds: the engine's own casts know neither {@code 't'::boolean} nor that a number
 * may be out of range, and cut what follows the point.
 *
 * <p>The warehouse casts by these rules itself, but does no call of ours: where a node reads the
 * warehouse, casts of columns stay while the plan is made, so that they can be pushed down. Those
 * that were not are rewritten in the finished plan.
 */
final class TextCasts extends RexShuttle {
  private static final Set<String> ROUNDINGS = Set.of("ROUND", "TRUNCATE");

  private final RexBuilder rexBuilder;

  /** Which operands of casts are rewritten. */
  private final Predicate<RexNode> wanted;

  /** What casts texts to BYTEA; null for what is never done by the warehouse. */
  private final @Nullable TextCastFunction bytea;

  private TextCasts(
      RexBuilder rexBuilder, Predicate<RexNode> wanted, @Nullable TextCastFunction bytea) {
    this.rexBuilder = rexBuilder;
    this.wanted = wanted;
    this.bytea = bytea;
  }

  /** Rewrites a plan before the planner decides what the warehouse does. */
  static RelNode in(RelNode plan) {
    RexBuilder rexBuilder = plan.getCluster().getRexBuilder();
    TextCasts all = new TextCasts(rexBuilder, operand -> true, null);
    TextCasts constants =
        new TextCasts(rexBuilder, RexLiteral.class::isInstance, TextCastFunction.WAREHOUSE_BYTEA);
    TextCasts bytea = new TextCasts(rexBuilder, operand -> false, TextCastFunction.WAREHOUSE_BYTEA);
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            Sources sources = Sources.of(other);
            RelNode visited = super.visit(other);
            return switch (sources) {
              case KADB -> visited.accept(all);
              case BOTH -> visited.accept(constants);
              case WAREHOUSE -> visited.accept(bytea);
            };
          }
        });
  }

  /** Rewrites what is left in a finished plan, except in what the warehouse does. */
  static RelNode inFinished(RelNode plan) {
    TextCasts all = new TextCasts(plan.getCluster().getRexBuilder(), operand -> true, null);
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return other instanceof JdbcToEnumerableConverter
                ? other
                : super.visit(other).accept(all);
          }
        });
  }

  /** Where the rows of a node come from. */
  private enum Sources {
    KADB,
    WAREHOUSE,
    BOTH;

    static Sources of(RelNode plan) {
      if (plan.getInputs().isEmpty()) {
        return plan instanceof JdbcTableScan ? WAREHOUSE : KADB;
      }
      return plan.getInputs().stream()
          .map(Sources::of)
          .reduce((one, other) -> one == other ? one : BOTH)
          .orElseThrow();
    }
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexNode visited = super.visitCall(call);
    if (!(visited instanceof RexCall rewritten)) {
      return visited;
    } else if (bytea == null && isDivision(rewritten)) {
      return divided(rewritten);
    }
    return rewritten.getKind() == SqlKind.CAST && rewritten.getOperands().size() == 1
        ? cast(rewritten)
        : rewritten;
  }

  private RexNode cast(RexCall cast) {
    RexNode operand = cast.getOperands().get(0);
    SqlTypeName to = cast.getType().getSqlTypeName();
    if (bytea != null && isText(operand) && SqlTypeName.BINARY_TYPES.contains(to)) {
      return rexBuilder.makeCall(cast.getType(), bytea, List.of(operand));
    } else if (!wanted.test(operand)) {
      return cast;
    } else if (hasOwnScale(operand) && operand.getType().equals(cast.getType())) {
      return operand;
    } else if (isText(operand)) {
      return TextCastFunction.into(to)
          .<RexNode>map(
              function -> rexBuilder.makeCall(cast.getType(), function, arguments(cast, operand)))
          .orElse(cast);
    } else if (SqlTypeName.CHAR_TYPES.contains(to)) {
      return TextCastFunction.textOf(operand.getType().getSqlTypeName())
          .map(function -> text(cast, function, operand))
          .orElse(cast);
    }
    return SqlTypeName.INT_TYPES.contains(to) ? rounded(cast, operand) : cast;
  }

  private static boolean isText(RexNode node) {
    return SqlTypeName.CHAR_TYPES.contains(node.getType().getSqlTypeName());
  }

  /** Returns whether a node's values have the scale that they should have, whatever its type. */
  private static boolean hasOwnScale(RexNode node) {
    return node instanceof RexCall call
        && (call.getOperator() instanceof TextCastFunction
            || ROUNDINGS.contains(call.getOperator().getName()));
  }

  private static boolean isDivision(RexCall call) {
    return (call.getKind() == SqlKind.DIVIDE || call.getKind() == SqlKind.CHECKED_DIVIDE)
        && call.getType().getSqlTypeName() == SqlTypeName.DECIMAL
        && call.getOperands().stream().allMatch(o -> SqlTypeUtil.isExactNumeric(o.getType()));
  }

  /** The engine would give 16 digits and no more. */
  private RexNode divided(RexCall division) {
    List<RexNode> numerics =
        division.getOperands().stream()
            .map(o -> o.getType().getSqlTypeName() == SqlTypeName.DECIMAL ? o : whole(o))
            .toList();
    return rexBuilder.makeCall(division.getType(), TextCastFunction.DIVIDE, numerics);
  }

  private RexNode whole(RexNode integer) {
    RelDataTypeFactory factory = rexBuilder.getTypeFactory();
    RelDataType numeric =
        factory.createSqlType(SqlTypeName.DECIMAL, EngineTypeSystem.MAX_BIGINT_DIGITS, 0);
    return rexBuilder.makeCast(
        factory.createTypeWithNullability(numeric, integer.getType().isNullable()), integer);
  }

  /** The engine would write TRUE and FALSE, and 1.0E10. */
  private RexNode text(RexCall cast, TextCastFunction function, RexNode value) {
    return rexBuilder.makeCast(
        cast.getType(),
        rexBuilder.makeCall(like(value, SqlTypeName.VARCHAR), function, List.of(value)));
  }

  /** The engine would cut. */
  private RexNode rounded(RexCall cast, RexNode value) {
    RexNode number = value;
    TextCastFunction function;
    switch (value.getType().getSqlTypeName()) {
      case DECIMAL -> function = TextCastFunction.ROUND_NUMERIC;
      case FLOAT, DOUBLE -> function = TextCastFunction.ROUND_DOUBLE;
      case REAL -> {
        function = TextCastFunction.ROUND_DOUBLE;
        number = rexBuilder.makeCast(like(value, SqlTypeName.DOUBLE), value);
      }
      default -> {
        return cast;
      }
    }
    RexNode type = rexBuilder.makeLiteral(EngineTypes.toColumn(cast.getType()).sql());
    return rexBuilder.makeCast(
        cast.getType(),
        rexBuilder.makeCall(like(value, SqlTypeName.BIGINT), function, List.of(number, type)));
  }

  private RelDataType like(RexNode value, SqlTypeName type) {
    RelDataTypeFactory factory = rexBuilder.getTypeFactory();
    return factory.createTypeWithNullability(
        factory.createSqlType(type), value.getType().isNullable());
  }

  private List<RexNode> arguments(RexCall cast, RexNode text) {
    return cast.getType().getSqlTypeName() == SqlTypeName.DECIMAL
        ? List.of(text, rexBuilder.makeLiteral(EngineTypes.toColumn(cast.getType()).sql()))
        : List.of(text);
  }
}
