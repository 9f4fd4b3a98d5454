package io.kadb.sql;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.RepeatUnion;

/**
 * A node of a finished plan that passes its rows on and, at each of them, looks whether the
 * statement is still wanted.
 *
 * <p>A scan looks by itself while it waits. But the engine's joins can go on for hours once their
 * inputs are in memory: those that give many rows to whoever counts them, and those that compare
 * all pairs and give none. So the check stands below each join, where a nested loop opens its inner
 * side again and again, and above it.
 */
final class CancelCheck extends SingleRel implements EnumerableRel {
  private static final Method CHECKED = checkedMethod();

  private CancelCheck(RelTraitSet traits, RelNode input) {
    super(input.getCluster(), traits, input);
  }

  /** Returns a plan with checks around all its joins; one without joins stays as it is. */
  static EnumerableRel around(EnumerableRel plan) {
    return (EnumerableRel) rewrite(plan);
  }

  private static RelNode rewrite(RelNode node) {
    boolean loops = loops(node);
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : node.getInputs()) {
      RelNode rewritten = rewrite(input);
      inputs.add(loops ? over(rewritten) : rewritten);
    }
    RelNode result = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    return loops ? over(result) : result;
  }

  private static boolean loops(RelNode node) {
    return node.getConvention() == EnumerableConvention.INSTANCE
        && (node instanceof Join || node instanceof Correlate || node instanceof RepeatUnion);
  }

  private static RelNode over(RelNode node) {
    return node instanceof CancelCheck ? node : new CancelCheck(node.getTraitSet(), node);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new CancelCheck(traits, sole(inputs));
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    BlockBuilder block = new BlockBuilder();
    Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), pref);
    Expression rows = block.append("rows", input.block);
    block.add(Expressions.call(CHECKED, implementor.getRootExpression(), rows));
    return implementor.result(input.physType, block.toBlock());
  }

  private static Method checkedMethod() {
    try {
      return GeneratedCalls.class.getMethod("checked", DataContext.class, Enumerable.class);
    } catch (NoSuchMethodException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
