package io.kadb.sql;

import java.util.List;
import org.apache.calcite.adapter.jdbc.JdbcTableScan;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Has casts of texts into numbers and booleans follow PostgreSQL's input rules, and booleans become
 * its texts: the engine's own casts know neither {@code 't'::boolean} nor that a number may be out
 * of range.
 */
final class TextCasts extends RexShuttle {
  private final RexBuilder rexBuilder;

  private TextCasts(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  /** Rewrites a plan; one that reads the warehouse stays, because the warehouse casts as well. */
  static RelNode in(RelNode plan) {
    if (readsWarehouse(plan)) {
      return plan;
    }
    TextCasts casts = new TextCasts(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(casts);
          }
        });
  }

  private static boolean readsWarehouse(RelNode plan) {
    return plan instanceof JdbcTableScan
        || plan.getInputs().stream().anyMatch(TextCasts::readsWarehouse);
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
    if (isOurs(text) && text.getType().equals(cast.getType())) {
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
