package io.kadb.sql;

import java.util.function.Predicate;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlOperator;

/** Looks for calls of functions in a plan. */
final class FunctionUse extends RexShuttle {
  private final Predicate<SqlOperator> wanted;
  private boolean found;

  private FunctionUse(Predicate<SqlOperator> wanted) {
    this.wanted = wanted;
  }

  /** Returns whether a plan calls one of these operators, in whatever node. */
  static boolean anywhere(RelNode plan, Predicate<SqlOperator> wanted) {
    FunctionUse use = new FunctionUse(wanted);
    plan.accept(use);
    return use.found || plan.getInputs().stream().anyMatch(input -> anywhere(input, wanted));
  }

  /** Returns whether an operator is a function that asks the session while the plan runs. */
  static boolean needsSession(SqlOperator operator) {
    return operator instanceof SessionFunction
        || operator instanceof ProduceMessage
        || operator instanceof OffsetValueFunction
        || operator instanceof OffsetTableFunction;
  }

  @Override
  public RexNode visitCall(RexCall call) {
    found |= wanted.test(call.getOperator());
    return super.visitCall(call);
  }
}
