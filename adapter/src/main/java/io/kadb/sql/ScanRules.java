package io.kadb.sql;

import io.kadb.scan.MessageCondition;
import io.kadb.scan.MessageCondition.Column;
import io.kadb.scan.PartitionPredicate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/** The rules that push columns and conditions down into a {@link Scan} or {@link ViewScan}. */
final class ScanRules {
  private static final List<RelOptRule> ALL =
      List.of(new ProjectRule(), new AggregateRule(), new FilterRule());

  private static final List<RelOptRule> OF_VIEWS =
      List.of(new ViewProjectRule(), new ViewFilterRule());

  private ScanRules() {}

  static List<RelOptRule> all() {
    return ALL;
  }

  static List<RelOptRule> ofViews() {
    return OF_VIEWS;
  }

  /** Returns where the used columns of a row of this width stand in a row of only those. */
  private static Mapping mapping(ImmutableBitSet used, int width) {
    Mapping mapping = Mappings.create(MappingType.PARTIAL_FUNCTION, width, used.cardinality());
    int place = 0;
    for (int field : used) {
      mapping.set(field, place++);
    }
    return mapping;
  }

  private static List<Integer> fields(Scan scan, ImmutableBitSet used) {
    return used.asList().stream().map(field -> scan.spec().fields().get(field)).toList();
  }

  /** Has the scan give only the columns that a projection uses. */
  @SuppressWarnings("deprecation") // the engine's newer form of a rule needs generated sources
  private static final class ProjectRule extends RelOptRule {
    ProjectRule() {
      super(operand(LogicalProject.class, operand(Scan.class, none())), "KadbProjectScan");
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
      Scan scan = call.rel(1);
      narrow(call, scan.spec().fields(), scan::withFields);
    }
  }

  /**
   * Has a scan give only the columns that the projection above it uses.
   *
   * @param fields the columns the scan gives
   * @param withFields returns the scan with other columns
   */
  private static void narrow(
      RelOptRuleCall call, List<Integer> fields, Function<List<Integer>, RelNode> withFields) {
    Project project = call.rel(0);
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(project.getProjects(), null);
    if (used.cardinality() == fields.size()) {
      return;
    }
    Mapping mapping =
        Mappings.create(MappingType.PARTIAL_FUNCTION, fields.size(), used.cardinality());
    List<Integer> left = new ArrayList<>();
    for (int field : used) {
      mapping.set(field, left.size());
      left.add(fields.get(field));
    }
    call.transformTo(
        LogicalProject.create(
            withFields.apply(left),
            project.getHints(),
            RexUtil.apply(mapping, project.getProjects()),
            project.getRowType(),
            project.getVariablesSet()));
  }

  /** Has a system view give only the columns that a projection uses. */
  @SuppressWarnings("deprecation")
  private static final class ViewProjectRule extends RelOptRule {
    ViewProjectRule() {
      super(operand(LogicalProject.class, operand(ViewScan.class, none())), "KadbProjectView");
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
      ViewScan scan = call.rel(1);
      narrow(call, scan.spec().fields(), fields -> scan.with(scan.spec().withFields(fields)));
    }
  }

  /** Tells a system view which foreign tables a condition leaves; the condition stays. */
  @SuppressWarnings("deprecation")
  private static final class ViewFilterRule extends RelOptRule {
    ViewFilterRule() {
      super(operand(LogicalFilter.class, operand(ViewScan.class, none())), "KadbFilterView");
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
      Filter filter = call.rel(0);
      ViewScan scan = call.rel(1);
      List<TableCondition> conditions =
          RelOptUtil.conjunctions(filter.getCondition()).stream()
              .flatMap(condition -> TableCondition.of(condition, scan.spec()).stream())
              .toList();
      if (scan.spec().conditions().isEmpty() && !conditions.isEmpty()) {
        ViewScan told = scan.with(scan.spec().withConditions(conditions));
        call.transformTo(LogicalFilter.create(told, filter.getCondition()));
      }
    }
  }

  /** Has the scan give only the columns that an aggregation uses: none to count rows. */
  @SuppressWarnings("deprecation")
  private static final class AggregateRule extends RelOptRule {
    AggregateRule() {
      super(operand(LogicalAggregate.class, operand(Scan.class, none())), "KadbAggregateScan");
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
      Aggregate aggregate = call.rel(0);
      Scan scan = call.rel(1);
      List<AggregateCall> calls = aggregate.getAggCallList();
      ImmutableBitSet used = ImmutableBitSet.of(RelOptUtil.getAllFields(aggregate));
      int width = scan.getRowType().getFieldCount();
      boolean plain =
          calls.stream().allMatch(c -> c.collation.getKeys().isEmpty() && c.distinctKeys == null);
      if (used.cardinality() == width || !plain) {
        return;
      }
      Mapping mapping = mapping(used, width);
      call.transformTo(
          aggregate.copy(
              aggregate.getTraitSet(),
              scan.withFields(fields(scan, used)),
              Mappings.apply(mapping, aggregate.getGroupSet()),
              Mappings.apply2(mapping, aggregate.getGroupSets()),
              calls.stream().map(c -> c.transform(mapping)).toList()));
    }
  }

  /**
   * Turns conditions on {@code _partition} into a choice of partitions, and tells the scan what the
   * others say of the messages that are wanted; these stay.
   */
  @SuppressWarnings("deprecation")
  private static final class FilterRule extends RelOptRule {
    FilterRule() {
      super(operand(LogicalFilter.class, operand(Scan.class, none())), "KadbFilterScan");
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
      Filter filter = call.rel(0);
      Scan scan = call.rel(1);
      RexBuilder rexBuilder = scan.getCluster().getRexBuilder();
      Map<Integer, Column> columns = columns(scan.spec());
      if (columns.isEmpty()) {
        return;
      }
      int partition = place(scan.spec(), HiddenColumn.PARTITION);
      PartitionConditions partitions = new PartitionConditions(rexBuilder, partition);
      MessageConditions messages = new MessageConditions(rexBuilder, columns);
      List<RexNode> left = new ArrayList<>();
      Scan pruned = scan;
      for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
        Optional<PartitionPredicate> predicate = partitions.translate(condition);
        if (predicate.isPresent()) {
          pruned = pruned.withPartitions(predicate.get());
        } else {
          left.add(condition);
          pruned = withImplied(pruned, partitions.implied(condition));
          pruned = withImplied(pruned, messages.implied(condition));
        }
      }
      if (pruned != scan) {
        RexNode rest = RexUtil.composeConjunction(rexBuilder, left);
        RelNode result = left.isEmpty() ? pruned : LogicalFilter.create(pruned, rest);
        call.transformTo(result);
      }
    }

    private static int place(ScanSpec spec, HiddenColumn column) {
      return spec.fields().indexOf(spec.table().field(column).orElse(-1));
    }

    private static Map<Integer, Column> columns(ScanSpec spec) {
      Map<Integer, Column> columns = new HashMap<>();
      columns.put(place(spec, HiddenColumn.PARTITION), Column.PARTITION);
      columns.put(place(spec, HiddenColumn.OFFSET), Column.OFFSET);
      if (spec.exactTimes()) {
        columns.put(place(spec, HiddenColumn.TIMESTAMP), Column.TIMESTAMP);
      }
      columns.remove(-1);
      return columns;
    }

    /** The condition stays, so the rule sees it again: it must not add the same twice. */
    private static Scan withImplied(Scan scan, PartitionPredicate implied) {
      return scan.spec().partitions().includes(implied) ? scan : scan.withPartitions(implied);
    }

    private static Scan withImplied(Scan scan, MessageCondition implied) {
      MessageCondition known = scan.spec().messages();
      return known.and(implied).equals(known) ? scan : scan.withMessages(implied);
    }
  }
}
