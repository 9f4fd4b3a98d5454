package io.kadb.sql;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.metadata.RelMdCollation;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** LIMIT and OFFSET in a plan, by {@link LimitedRows}. */
final class ExactLimit extends SingleRel implements EnumerableRel {
  /** Takes the place of the engine's own rule for LIMIT. */
  static final RelOptRule RULE = new Rule();

  private final @Nullable RexNode offset;
  private final @Nullable RexNode fetch;

  private ExactLimit(
      RelTraitSet traits, RelNode input, @Nullable RexNode offset, @Nullable RexNode fetch) {
    super(input.getCluster(), traits, input);
    this.offset = offset;
    this.fetch = fetch;
  }

  static ExactLimit create(RelNode input, @Nullable RexNode offset, @Nullable RexNode fetch) {
    RelTraitSet traits =
        input
            .getCluster()
            .traitSetOf(EnumerableConvention.INSTANCE)
            .replaceIfs(
                RelCollationTraitDef.INSTANCE,
                () -> RelMdCollation.limit(input.getCluster().getMetadataQuery(), input));
    return new ExactLimit(traits, input, offset, fetch);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new ExactLimit(traits, sole(inputs), offset, fetch);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .itemIf("offset", offset, offset != null)
        .itemIf("fetch", fetch, fetch != null);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    BlockBuilder block = new BlockBuilder();
    Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), pref);
    Expression rows = block.append("child", input.block);
    block.add(
        Expressions.call(
            method("limit"),
            rows,
            count(implementor, offset, 0),
            count(implementor, fetch, Long.MAX_VALUE)));
    return implementor.result(input.physType, block.toBlock());
  }

  private static Expression count(
      EnumerableRelImplementor implementor, @Nullable RexNode node, long otherwise) {
    if (node instanceof RexDynamicParam parameter) {
      return Expressions.call(
          method("rowCount"),
          implementor.getRootExpression(),
          Expressions.constant(parameter.getIndex()),
          Expressions.constant(otherwise, long.class));
    }
    long count = node == null ? otherwise : RexLiteral.bigDecimalValue(node).longValue();
    return Expressions.constant(count, long.class);
  }

  private static Method method(String name) {
    return Arrays.stream(GeneratedCalls.class.getMethods())
        .filter(m -> m.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("deprecation") // the engine's newer form of a rule needs generated sources
  private static final class Rule extends RelOptRule {
    Rule() {
      super(operand(Sort.class, any()), "KadbLimit");
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
      Sort sort = call.rel(0);
      if (sort.offset == null && sort.fetch == null) {
        return;
      }
      RelNode input = sort.getInput();
      if (!sort.getCollation().getFieldCollations().isEmpty()) {
        input = sort.copy(sort.getTraitSet(), input, sort.getCollation(), null, null);
      }
      RelTraitSet wanted = input.getTraitSet().replace(EnumerableConvention.INSTANCE);
      call.transformTo(create(convert(input, wanted), sort.offset, sort.fetch));
    }
  }
}
