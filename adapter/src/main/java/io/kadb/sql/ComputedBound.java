package io.kadb.sql;

import io.kadb.scan.MessageCondition.Bound;
import io.kadb.scan.PartitionPredicate.Parameters;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * What an expression without columns gives when the statement begins, such as the time of an hour
 * ago. It is compiled when it is needed first; two of the same expression are equal.
 */
final class ComputedBound implements Bound.Computed {
  private final RexBuilder rexBuilder;
  private final RexNode expression;
  private @Nullable Function1<DataContext, @Nullable Object[]> compiled;

  ComputedBound(RexBuilder rexBuilder, RexNode expression) {
    this.rexBuilder = rexBuilder;
    this.expression = expression;
  }

  /** Returns whether an expression may be computed before the plan runs. */
  static boolean allows(RexNode expression) {
    try {
      expression.accept(
          new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitCall(RexCall call) {
              if (FunctionUse.needsSession(call.getOperator())) {
                throw Util.FoundOne.NULL;
              }
              return super.visitCall(call);
            }
          });
      return true;
    } catch (Util.FoundOne e) {
      return false;
    }
  }

  @Override
  public @Nullable Long value(Parameters parameters) {
    Object[] values = compiled().apply(((ContextParameters) parameters).context());
    return values[0] instanceof Number number ? number.longValue() : null;
  }

  private synchronized Function1<DataContext, @Nullable Object[]> compiled() {
    if (compiled == null) {
      RelDataType noColumns = rexBuilder.getTypeFactory().builder().build();
      compiled =
          RexExecutorImpl.getExecutable(rexBuilder, List.of(expression), noColumns).getFunction();
    }
    return compiled;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ComputedBound bound && bound.expression.equals(expression);
  }

  @Override
  public int hashCode() {
    return expression.hashCode();
  }

  @Override
  public String toString() {
    return expression.toString();
  }
}
