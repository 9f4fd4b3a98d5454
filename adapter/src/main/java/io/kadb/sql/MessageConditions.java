package io.kadb.sql;

import io.kadb.scan.MessageCondition;
import io.kadb.scan.MessageCondition.Bound;
import io.kadb.scan.MessageCondition.Column;
import io.kadb.scan.MessageCondition.Comparison;
import io.kadb.scan.PartitionPredicate.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Finds out what the engine's conditions demand of partition, offset and time of a message. They
 * may demand more besides: the conditions themselves must be kept.
 */
final class MessageConditions {
  private final RexBuilder rexBuilder;
  private final Map<Integer, Column> columns;

  /**
   * Creates a translator.
   *
   * @param columns the columns by their places in the rows of the conditions; times are whole
   *     microseconds
   */
  MessageConditions(RexBuilder rexBuilder, Map<Integer, Column> columns) {
    this.rexBuilder = rexBuilder;
    this.columns = columns;
  }

  /** Returns what holds for each message for whose rows a condition is true. */
  MessageCondition implied(RexNode condition) {
    return where(true, RexUtil.expandSearch(rexBuilder, null, condition));
  }

  /**
   * Returns what holds where a condition is true, or where it is false. It is neither where it is
   * unknown, so that both go through NOT, AND and OR as they do in logic without NULL.
   */
  private MessageCondition where(boolean value, RexNode condition) {
    if (condition instanceof RexLiteral literal) {
      return literal.isNull() || RexLiteral.booleanValue(literal) != value
          ? MessageCondition.NONE
          : MessageCondition.ALL;
    }
    return condition instanceof RexCall call ? where(value, call) : MessageCondition.ALL;
  }

  private MessageCondition where(boolean value, RexCall call) {
    return switch (call.getKind()) {
      case AND -> value ? allOf(true, call) : anyOf(false, call);
      case OR -> value ? anyOf(true, call) : allOf(false, call);
      case NOT -> where(!value, call.getOperands().get(0));
      case IS_TRUE -> value ? where(true, call.getOperands().get(0)) : MessageCondition.ALL;
      case IS_FALSE -> value ? where(false, call.getOperands().get(0)) : MessageCondition.ALL;
      default -> comparison(value, call);
    };
  }

  private MessageCondition allOf(boolean value, RexCall call) {
    return call.getOperands().stream()
        .map(operand -> where(value, operand))
        .reduce(MessageCondition.ALL, MessageCondition::and);
  }

  private MessageCondition anyOf(boolean value, RexCall call) {
    List<MessageCondition> parts = new ArrayList<>();
    call.getOperands().forEach(operand -> parts.add(where(value, operand)));
    return MessageCondition.anyOf(parts);
  }

  private MessageCondition comparison(boolean value, RexCall call) {
    return ColumnComparison.of(call)
        .filter(comparison -> columns.containsKey(comparison.field()))
        .filter(comparison -> ComputedBound.allows(comparison.bound()))
        .map(
            comparison ->
                comparison.in(new Comparisons(rexBuilder, columns.get(comparison.field()), value)))
        .orElse(MessageCondition.ALL);
  }

  /** Makes comparisons of a column, or the opposite of each. */
  private record Comparisons(RexBuilder rexBuilder, Column column, boolean value)
      implements ColumnComparison.Conditions<MessageCondition> {
    @Override
    public MessageCondition always() {
      return value ? MessageCondition.ALL : MessageCondition.NONE;
    }

    @Override
    public MessageCondition never() {
      return value ? MessageCondition.NONE : MessageCondition.ALL;
    }

    @Override
    public MessageCondition constant(Operator operator, long number) {
      return comparison(operator, new Bound.Constant(number));
    }

    @Override
    public MessageCondition parameter(Operator operator, int index) {
      return comparison(operator, new Bound.Parameter(index));
    }

    @Override
    public MessageCondition computed(Operator operator, RexNode expression) {
      return comparison(operator, new ComputedBound(rexBuilder, expression));
    }

    private MessageCondition comparison(Operator operator, Bound bound) {
      return new Comparison(column, value ? operator : operator.negated(), bound);
    }
  }
}
