package io.kadb.sql;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.adapter.jdbc.JdbcTableScan;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Rewrites a plan so that times keep their microseconds. The engine's own values of TIME and
 * TIMESTAMP are milliseconds; in the rewritten plan such columns are BIGINT microseconds, which
 * compare, group, sort and join as the times do. What else is done with them is left to {@link
 * ExactTimeExpressions}.
 *
 * <p>A plan with a node that is not known here is not rewritten; it then works on milliseconds.
 */
final class ExactTimes {
  private final RelOptCluster cluster;
  private final RexBuilder rexBuilder;

  private ExactTimes(RelOptCluster cluster) {
    this.cluster = cluster;
    this.rexBuilder = cluster.getRexBuilder();
  }

  /** Says that a plan holds something that cannot be rewritten. */
  static final class NotRewritable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotRewritable(String what) {
      super(what, null, false, false);
    }
  }

  /**
   * Returns the rewritten plan.
   *
   * @throws NotRewritable if it cannot be rewritten
   */
  static RelNode in(RelNode plan) {
    return new ExactTimes(plan.getCluster()).rewrite(plan);
  }

  /**
   * Returns whether {@link #onTop} is enough for a plan: it reads the warehouse and no foreign
   * table that declares a column with microseconds, no parameter is a time, and there is no window,
   * which the warehouse is not asked for.
   */
  static boolean onlyOnTop(RelNode plan) {
    return readsWarehouse(plan)
        && !readsMicroseconds(plan)
        && !takesTimes(plan)
        && !hasWindow(plan);
  }

  private static boolean hasWindow(RelNode plan) {
    return plan instanceof LogicalProject project && project.containsOver()
        || plan.getInputs().stream().anyMatch(ExactTimes::hasWindow);
  }

  /**
   * Returns a plan with the times of its rows as microseconds. Below, the warehouse works on its
   * own times, so that it can use its indexes.
   */
  static RelNode onTop(RelNode plan) {
    return new ExactTimes(plan.getCluster()).converted(plan);
  }

  private static boolean takesTimes(RelNode node) {
    AtomicBoolean found = new AtomicBoolean();
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitDynamicParam(RexDynamicParam parameter) {
            found.compareAndSet(false, ExactTimeExpressions.isTime(parameter.getType()));
            return parameter;
          }
        });
    return found.get() || node.getInputs().stream().anyMatch(ExactTimes::takesTimes);
  }

  private static boolean readsWarehouse(RelNode plan) {
    return plan instanceof JdbcTableScan
        || plan.getInputs().stream().anyMatch(ExactTimes::readsWarehouse);
  }

  private static boolean readsMicroseconds(RelNode plan) {
    if (plan instanceof Scan scan) {
      return scan.spec().table().columns().stream()
          .anyMatch(column -> EngineTypes.fractionDigits(column.type()).orElse(0) > 3);
    }
    return plan.getInputs().stream().anyMatch(ExactTimes::readsMicroseconds);
  }

  private RelNode rewrite(RelNode node) {
    if (node instanceof Scan scan) {
      return scan.withExactTimes();
    } else if (node instanceof TableScan) {
      return converted(node);
    } else if (node instanceof LogicalValues values) {
      return values(values);
    } else if (node instanceof LogicalProject project) {
      RelNode input = rewrite(project.getInput());
      return LogicalProject.create(
          input,
          project.getHints(),
          expressions(input).all(project.getProjects()),
          project.getRowType().getFieldNames(),
          project.getVariablesSet());
    } else if (node instanceof LogicalFilter filter) {
      RelNode input = rewrite(filter.getInput());
      RexNode condition = expressions(input).one(filter.getCondition());
      return LogicalFilter.create(input, condition);
    } else if (node instanceof LogicalJoin join) {
      return join(join);
    } else if (node instanceof LogicalAggregate aggregate) {
      return aggregate(aggregate);
    } else if (node instanceof LogicalSort sort) {
      return LogicalSort.create(
          rewrite(sort.getInput()), sort.getCollation(), sort.offset, sort.fetch);
    } else if (node instanceof SetOp set) {
      return set.copy(set.getTraitSet(), set.getInputs().stream().map(this::rewrite).toList());
    }
    throw new NotRewritable(node.getRelTypeName());
  }

  private ExactTimeExpressions expressions(RelNode input) {
    return new ExactTimeExpressions(rexBuilder, input.getRowType());
  }

  private RelNode join(LogicalJoin join) {
    if (!join.getVariablesSet().isEmpty()) {
      throw new NotRewritable("correlated join");
    }
    RelNode left = rewrite(join.getLeft());
    RelNode right = rewrite(join.getRight());
    RelDataTypeFactory factory = cluster.getTypeFactory();
    ExactTimeExpressions expressions =
        new ExactTimeExpressions(rexBuilder, concatenated(factory, left, right));
    return LogicalJoin.create(
        left,
        right,
        join.getHints(),
        expressions.one(join.getCondition()),
        join.getVariablesSet(),
        join.getJoinType());
  }

  private static RelDataType concatenated(RelDataTypeFactory factory, RelNode left, RelNode right) {
    RelDataTypeFactory.Builder row = factory.builder();
    row.addAll(left.getRowType().getFieldList());
    row.addAll(right.getRowType().getFieldList());
    return row.build();
  }

  private RelNode aggregate(LogicalAggregate aggregate) {
    RelNode input = rewrite(aggregate.getInput());
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      RelDataType type = ExactTimeExpressions.exact(cluster.getTypeFactory(), call.getType());
      calls.add(
          type == call.getType()
              ? call
              : AggregateCall.create(
                  call.getAggregation(),
                  call.isDistinct(),
                  call.isApproximate(),
                  call.ignoreNulls(),
                  call.rexList,
                  call.getArgList(),
                  call.filterArg,
                  call.distinctKeys,
                  call.getCollation(),
                  type,
                  call.getName()));
    }
    return LogicalAggregate.create(
        input, aggregate.getHints(), aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
  }

  private RelNode values(LogicalValues values) {
    ExactTimeExpressions expressions = expressions(values);
    RelDataTypeFactory.Builder row = cluster.getTypeFactory().builder();
    for (RelDataTypeField field : values.getRowType().getFieldList()) {
      row.add(
          field.getName(), ExactTimeExpressions.exact(cluster.getTypeFactory(), field.getType()));
    }
    ImmutableList.Builder<ImmutableList<RexLiteral>> tuples = ImmutableList.builder();
    for (List<RexLiteral> tuple : values.getTuples()) {
      tuples.add(
          tuple.stream()
              .map(literal -> (RexLiteral) expressions.one(literal))
              .collect(ImmutableList.toImmutableList()));
    }
    return LogicalValues.create(cluster, row.build(), tuples.build());
  }

  /** Rows of a table or a plan that gives milliseconds, or that the warehouse reads exactly. */
  private RelNode converted(RelNode scan) {
    List<RexNode> fields = new ArrayList<>();
    boolean times = false;
    for (RexNode field : rexBuilder.identityProjects(scan.getRowType())) {
      boolean time = ExactTimeExpressions.isTime(field.getType());
      fields.add(time ? ExactTimeExpressions.fromEngine(rexBuilder, field) : field);
      times |= time;
    }
    return times
        ? LogicalProject.create(
            scan, List.of(), fields, scan.getRowType().getFieldNames(), Set.of())
        : scan;
  }
}
