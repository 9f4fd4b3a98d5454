package io.kadb.sql;

import io.kadb.scan.PartitionPredicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/** The rules that push columns and partitions down into a {@link Scan}. */
final class ScanRules {
  private static final List<RelOptRule> ALL = List.of(new ProjectRule(), new FilterRule());

  private ScanRules() {}

  static List<RelOptRule> all() {
    return ALL;
  }

  /** Has the scan give only the columns that a projection uses. */
  @SuppressWarnings("deprecation") // the engine's newer form of a rule needs generated sources
  private static final class ProjectRule extends RelOptRule {
    ProjectRule() {
      super(operand(LogicalProject.class, operand(Scan.class, none())), "KadbProjectScan");
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
      Project project = call.rel(0);
      Scan scan = call.rel(1);
      ImmutableBitSet used = RelOptUtil.InputFinder.bits(project.getProjects(), null);
      int width = scan.getRowType().getFieldCount();
      if (used.cardinality() == width) {
        return;
      }
      Mapping mapping = Mappings.create(MappingType.PARTIAL_FUNCTION, width, used.cardinality());
      List<Integer> fields = new ArrayList<>();
      for (int field : used) {
        mapping.set(field, fields.size());
        fields.add(scan.spec().fields().get(field));
      }
      List<RexNode> projects = RexUtil.apply(mapping, project.getProjects());
      call.transformTo(
          LogicalProject.create(
              scan.withFields(fields),
              project.getHints(),
              projects,
              project.getRowType(),
              project.getVariablesSet()));
    }
  }

  /** Turns conditions on {@code _partition} into a choice of partitions. */
  @SuppressWarnings("deprecation")
  private static final class FilterRule extends RelOptRule {
    FilterRule() {
      super(operand(LogicalFilter.class, operand(Scan.class, none())), "KadbFilterScan");
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
      Filter filter = call.rel(0);
      Scan scan = call.rel(1);
      int table = scan.spec().table().partitionField().orElse(-1);
      int field = scan.spec().fields().indexOf(table);
      if (field < 0) {
        return;
      }
      RexBuilder rexBuilder = scan.getCluster().getRexBuilder();
      PartitionConditions conditions = new PartitionConditions(rexBuilder, field);
      List<RexNode> left = new ArrayList<>();
      Scan pruned = scan;
      for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
        Optional<PartitionPredicate> predicate = conditions.translate(condition);
        if (predicate.isPresent()) {
          pruned = pruned.withPartitions(predicate.get());
        } else {
          left.add(condition);
        }
      }
      if (pruned != scan) {
        RexNode rest = RexUtil.composeConjunction(rexBuilder, left);
        RelNode result = left.isEmpty() ? pruned : LogicalFilter.create(pruned, rest);
        call.transformTo(result);
      }
    }
  }
}
