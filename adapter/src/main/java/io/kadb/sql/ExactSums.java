package io.kadb.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Has sums of BIGINT values computed as NUMERIC, as PostgreSQL does: the engine's own addition of
 * longs overflows without a word.
 */
final class ExactSums extends RelHomogeneousShuttle {
  private static final Set<SqlKind> SUMS =
      Set.of(
          SqlKind.SUM,
          SqlKind.SUM0,
          SqlKind.AVG,
          SqlKind.STDDEV_POP,
          SqlKind.STDDEV_SAMP,
          SqlKind.VAR_POP,
          SqlKind.VAR_SAMP);

  private ExactSums() {}

  static RelNode in(RelNode plan) {
    return plan.accept(new ExactSums());
  }

  @Override
  public RelNode visit(LogicalAggregate aggregate) {
    LogicalAggregate visited = (LogicalAggregate) visitChildren(aggregate);
    RelNode input = visited.getInput();
    RexBuilder rexBuilder = visited.getCluster().getRexBuilder();
    List<RexNode> fields = new ArrayList<>(rexBuilder.identityProjects(input.getRowType()));
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : visited.getAggCallList()) {
      if (sums(call.getAggregation().getKind()) && isBigint(input, call)) {
        fields.add(decimal(rexBuilder, fields.get(call.getArgList().get(0))));
        names.add("sum$" + fields.size());
        calls.add(call.withArgList(List.of(fields.size() - 1)));
      } else {
        calls.add(call);
      }
    }
    if (calls.equals(visited.getAggCallList())) {
      return visited;
    }
    return visited.copy(
        visited.getTraitSet(),
        LogicalProject.create(input, List.of(), fields, names, Set.of()),
        visited.getGroupSet(),
        visited.getGroupSets(),
        calls);
  }

  @Override
  public RelNode visit(LogicalProject project) {
    RelNode visited = visitChildren(project);
    return visited.accept(new InWindows(visited.getCluster().getRexBuilder()));
  }

  private static boolean sums(SqlKind kind) {
    return SUMS.contains(kind);
  }

  private static boolean isBigint(RelNode input, AggregateCall call) {
    return call.getArgList().size() == 1
        && input
                .getRowType()
                .getFieldList()
                .get(call.getArgList().get(0))
                .getType()
                .getSqlTypeName()
            == SqlTypeName.BIGINT;
  }

  private static RexNode decimal(RexBuilder rexBuilder, RexNode bigint) {
    RelDataType decimal =
        rexBuilder
            .getTypeFactory()
            .createSqlType(SqlTypeName.DECIMAL, EngineTypeSystem.MAX_NUMERIC_DIGITS, 0);
    return rexBuilder.makeCast(
        rexBuilder
            .getTypeFactory()
            .createTypeWithNullability(decimal, bigint.getType().isNullable()),
        bigint);
  }

  /** The same for sums over windows. */
  private static final class InWindows extends RexShuttle {
    private final RexBuilder rexBuilder;

    InWindows(RexBuilder rexBuilder) {
      this.rexBuilder = rexBuilder;
    }

    @Override
    public RexNode visitOver(RexOver over) {
      boolean bigint =
          over.getOperands().size() == 1
              && over.getOperands().get(0).getType().getSqlTypeName() == SqlTypeName.BIGINT;
      if (!sums(over.getAggOperator().getKind()) || !bigint) {
        return super.visitOver(over);
      }
      RexWindow window = over.getWindow();
      return rexBuilder.makeOver(
          over.getParserPosition(),
          over.getType(),
          over.getAggOperator(),
          List.of(decimal(rexBuilder, over.getOperands().get(0))),
          window.partitionKeys,
          window.orderKeys,
          window.getLowerBound(),
          window.getUpperBound(),
          window.getExclude(),
          window.isRows(),
          true,
          false,
          over.isDistinct(),
          over.ignoreNulls());
    }
  }
}
