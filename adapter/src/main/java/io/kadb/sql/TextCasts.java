package io.kadb.sql;

import java.util.List;
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

/**
 * Has casts of texts into numbers and booleans follow PostgreSQL's input rules, and booleans become
 * its texts: the engine's own casts know neither {@code 't'::boolean} nor that a number may be out
 * of range.
 *
 * <p>The warehouse casts by these rules itself, but does no call of ours: where a node reads the
 * warehouse, casts of columns stay while the plan is made, so that they can be pushed down. Those
 * that were not are rewritten in the finished plan.
 */
final class TextCasts extends RexShuttle {
  private final RexBuilder rexBuilder;

  /** Which operands of casts are rewritten. */
  private final Predicate<RexNode> wanted;

  private TextCasts(RexBuilder rexBuilder, Predicate<RexNode> wanted) {
    this.rexBuilder = rexBuilder;
    this.wanted = wanted;
  }

  /** Rewrites a plan before the planner decides what the warehouse does. */
  static RelNode in(RelNode plan) {
    RexBuilder rexBuilder = plan.getCluster().getRexBuilder();
    TextCasts all = new TextCasts(rexBuilder, operand -> true);
    TextCasts constants = new TextCasts(rexBuilder, RexLiteral.class::isInstance);
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            Sources sources = Sources.of(other);
            RelNode visited = super.visit(other);
            return switch (sources) {
              case KADB -> visited.accept(all);
              case BOTH -> visited.accept(constants);
              case WAREHOUSE -> visited;
            };
          }
        });
  }

  /** Rewrites what is left in a finished plan, except in what the warehouse does. */
  static RelNode inFinished(RelNode plan) {
    TextCasts all = new TextCasts(plan.getCluster().getRexBuilder(), operand -> true);
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
    if (!(visited instanceof RexCall cast)
        || cast.getKind() != SqlKind.CAST
        || cast.getOperands().size() != 1) {
      return visited;
    }
    RexNode text = cast.getOperands().get(0);
    if (!wanted.test(text)) {
      return visited;
    } else if (isOurs(text) && text.getType().equals(cast.getType())) {
      return text;
    } else if (text.getType().getSqlTypeName() == SqlTypeName.BOOLEAN) {
      return fromBoolean(cast, text);
    } else if (!SqlTypeName.CHAR_TYPES.contains(text.getType().getSqlTypeName())) {
      return visited;
    }
    return TextCastFunction.into(cast.getType().getSqlTypeName())
        .map(function -> rexBuilder.makeCall(cast.getType(), function, arguments(cast, text)))
        .orElse(visited);
  }

  private static boolean isOurs(RexNode node) {
    return node instanceof RexCall call && call.getOperator() instanceof TextCastFunction;
  }

  /** The engine would write TRUE and FALSE. */
  private RexNode fromBoolean(RexCall cast, RexNode value) {
    if (!SqlTypeName.CHAR_TYPES.contains(cast.getType().getSqlTypeName())) {
      return cast;
    }
    RelDataTypeFactory factory = rexBuilder.getTypeFactory();
    RelDataType text =
        factory.createTypeWithNullability(
            factory.createSqlType(SqlTypeName.VARCHAR), value.getType().isNullable());
    return rexBuilder.makeCast(
        cast.getType(), rexBuilder.makeCall(text, TextCastFunction.OF_BOOLEAN, List.of(value)));
  }

  private List<RexNode> arguments(RexCall cast, RexNode text) {
    return cast.getType().getSqlTypeName() == SqlTypeName.DECIMAL
        ? List.of(text, rexBuilder.makeLiteral(EngineTypes.toColumn(cast.getType()).sql()))
        : List.of(text);
  }
}
