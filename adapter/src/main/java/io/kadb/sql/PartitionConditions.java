package io.kadb.sql;

import io.kadb.scan.PartitionPredicate;
import io.kadb.scan.PartitionPredicate.And;
import io.kadb.scan.PartitionPredicate.Constant;
import io.kadb.scan.PartitionPredicate.Operator;
import io.kadb.scan.PartitionPredicate.Or;
import io.kadb.scan.PartitionPredicate.Parameter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Translates the engine's conditions on {@code _partition} into a {@link PartitionPredicate}. What
 * it translates holds for exactly the same partitions; the rest it leaves alone.
 */
final class PartitionConditions {
  /** No partition has a number like this, and it compares with all as larger ones do. */
  private static final BigDecimal BEYOND = BigDecimal.valueOf(1L << 40);

  private static final int INTEGER_DIGITS = 10;

  private final RexBuilder rexBuilder;
  private final int field;

  /**
   * Creates a translator.
   *
   * @param field the place of {@code _partition} in the rows of the conditions
   */
  PartitionConditions(RexBuilder rexBuilder, int field) {
    this.rexBuilder = rexBuilder;
    this.field = field;
  }

  /** Returns the condition as a predicate, or nothing if it is about something else as well. */
  Optional<PartitionPredicate> translate(RexNode condition) {
    RexNode expanded = RexUtil.expandSearch(rexBuilder, null, condition);
    if (expanded.isAlwaysFalse()) {
      return Optional.of(PartitionPredicate.NONE);
    } else if (expanded.isAlwaysTrue()) {
      return Optional.of(PartitionPredicate.ALL);
    } else if (!(expanded instanceof RexCall call)) {
      return Optional.empty();
    } else {
      return switch (call.getKind()) {
        case AND -> parts(call).map(And::new);
        case OR -> parts(call).map(Or::new);
        case EQUALS,
            NOT_EQUALS,
            LESS_THAN,
            LESS_THAN_OR_EQUAL,
            GREATER_THAN,
            GREATER_THAN_OR_EQUAL ->
            comparison(call);
        default -> Optional.empty();
      };
    }
  }

  /**
   * Returns what a condition, whatever else it says, demands of the partition: all of them if
   * nothing. The condition itself must be kept.
   */
  PartitionPredicate implied(RexNode condition) {
    RexNode expanded = RexUtil.expandSearch(rexBuilder, null, condition);
    if (expanded.getKind() == SqlKind.AND) {
      return ((RexCall) expanded)
          .getOperands().stream()
              .map(this::implied)
              .reduce(PartitionPredicate.ALL, PartitionPredicate::and);
    } else if (expanded.getKind() == SqlKind.OR) {
      List<PartitionPredicate> parts =
          ((RexCall) expanded).getOperands().stream().map(this::implied).distinct().toList();
      return parts.contains(PartitionPredicate.ALL) ? PartitionPredicate.ALL : new Or(parts);
    }
    return translate(expanded).orElse(PartitionPredicate.ALL);
  }

  private Optional<List<PartitionPredicate>> parts(RexCall call) {
    List<PartitionPredicate> parts = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      Optional<PartitionPredicate> part = translate(operand);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(parts);
  }

  private Optional<PartitionPredicate> comparison(RexCall call) {
    RexNode left = uncast(call.getOperands().get(0));
    RexNode right = uncast(call.getOperands().get(1));
    if (isPartition(left)) {
      return bound(operator(call.getKind()), right);
    }
    return isPartition(right) ? bound(operator(call.getKind().reverse()), left) : Optional.empty();
  }

  private Optional<PartitionPredicate> bound(Operator operator, RexNode bound) {
    if (bound instanceof RexDynamicParam parameter) {
      return Optional.of(new Parameter(operator, parameter.getIndex()));
    } else if (bound instanceof RexLiteral literal) {
      BigDecimal number =
          literal.getValue() instanceof BigDecimal ? literal.getValueAs(BigDecimal.class) : null;
      return number == null ? Optional.empty() : Optional.of(constant(operator, number));
    }
    return Optional.empty();
  }

  /** Compares with a number that may have a fraction, or be beyond all partitions. */
  private static PartitionPredicate constant(Operator operator, BigDecimal number) {
    BigDecimal floor = number.setScale(0, RoundingMode.FLOOR);
    boolean whole = floor.compareTo(number) == 0;
    long bound = floor.min(BEYOND).max(BEYOND.negate()).longValue();
    return switch (operator) {
      case EQUAL -> whole ? new Constant(operator, bound) : PartitionPredicate.NONE;
      case NOT_EQUAL -> whole ? new Constant(operator, bound) : PartitionPredicate.ALL;
      case LESS, AT_MOST -> new Constant(whole ? operator : Operator.AT_MOST, bound);
      case GREATER, AT_LEAST -> new Constant(whole ? operator : Operator.GREATER, bound);
    };
  }

  private boolean isPartition(RexNode node) {
    return node instanceof RexInputRef ref && ref.getIndex() == field;
  }

  /** Takes away a cast of whole numbers into wider ones: it changes no comparison of partitions. */
  private static RexNode uncast(RexNode node) {
    if (node.getKind() == SqlKind.CAST && node instanceof RexCall cast) {
      RexNode operand = cast.getOperands().get(0);
      boolean whole =
          switch (cast.getType().getSqlTypeName()) {
            case INTEGER, BIGINT -> true;
            case DECIMAL ->
                cast.getType().getPrecision() - cast.getType().getScale() >= INTEGER_DIGITS;
            default -> false;
          };
      boolean fromWhole =
          switch (operand.getType().getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> true;
            default -> false;
          };
      return whole && fromWhole ? operand : node;
    }
    return node;
  }

  private static Operator operator(SqlKind kind) {
    return switch (kind) {
      case EQUALS -> Operator.EQUAL;
      case NOT_EQUALS -> Operator.NOT_EQUAL;
      case LESS_THAN -> Operator.LESS;
      case LESS_THAN_OR_EQUAL -> Operator.AT_MOST;
      case GREATER_THAN -> Operator.GREATER;
      default -> Operator.AT_LEAST;
    };
  }
}
