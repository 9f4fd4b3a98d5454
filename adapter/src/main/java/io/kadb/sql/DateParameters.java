package io.kadb.sql;

import java.util.List;
import org.apache.calcite.adapter.jdbc.JdbcTableScan;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Says of parameters that are dates how the warehouse makes dates of them: the engine hands it
 * numbers of days.
 */
final class DateParameters extends RexShuttle {
  private final RexBuilder rexBuilder;

  private DateParameters(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  /** Rewrites a plan; one that does not read the warehouse stays. */
  static RelNode in(RelNode plan) {
    if (!readsWarehouse(plan)) {
      return plan;
    }
    DateParameters dates = new DateParameters(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(dates);
          }
        });
  }

  private static boolean readsWarehouse(RelNode plan) {
    return plan instanceof JdbcTableScan
        || plan.getInputs().stream().anyMatch(DateParameters::readsWarehouse);
  }

  @Override
  public RexNode visitDynamicParam(RexDynamicParam parameter) {
    if (parameter.getType().getSqlTypeName() != SqlTypeName.DATE) {
      return parameter;
    }
    RelDataTypeFactory factory = rexBuilder.getTypeFactory();
    RelDataType days =
        factory.createTypeWithNullability(
            factory.createSqlType(SqlTypeName.INTEGER), parameter.getType().isNullable());
    return rexBuilder.makeCall(
        parameter.getType(),
        TimeFunction.OF_DAYS,
        List.of(rexBuilder.makeDynamicParam(days, parameter.getIndex())));
  }
}
