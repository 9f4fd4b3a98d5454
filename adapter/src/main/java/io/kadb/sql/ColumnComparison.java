package io.kadb.sql;

import io.kadb.scan.PartitionPredicate.Operator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * A comparison of a column of whole numbers with something that no row changes, from an expression
 * of the engine.
 *
 * @param field the column's place in the rows of the expression
 * @param operator how it is compared
 * @param bound a number, a parameter, or an expression that gives a whole number
 */
record ColumnComparison(int field, Operator operator, RexNode bound) {
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** The digits of the longest INTEGER and BIGINT. */
  private static final int INTEGER_DIGITS = 10;

  private static final int BIGINT_DIGITS = 19;

  /** Makes conditions of comparisons. */
  interface Conditions<C> {
    /** Returns the condition that always holds. */
    C always();

    /** Returns the condition that never holds. */
    C never();

    /** Returns a comparison with a number. */
    C constant(Operator operator, long number);

    /** Returns a comparison with a parameter. */
    C parameter(Operator operator, int index);

    /** Returns a comparison with what an expression gives when the statement begins. */
    C computed(Operator operator, RexNode expression);
  }

  /** Returns the comparison that an expression is, or nothing if it is none. */
  static Optional<ColumnComparison> of(RexNode expression) {
    return switch (expression.getKind()) {
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          of((RexCall) expression);
      default -> Optional.empty();
    };
  }

  private static Optional<ColumnComparison> of(RexCall call) {
    RexNode left = uncast(call.getOperands().get(0));
    RexNode right = uncast(call.getOperands().get(1));
    if (left instanceof RexInputRef ref) {
      return of(ref, operator(call.getKind()), right);
    }
    return right instanceof RexInputRef ref
        ? of(ref, operator(call.getKind().reverse()), left)
        : Optional.empty();
  }

  private static Optional<ColumnComparison> of(RexInputRef ref, Operator operator, RexNode bound) {
    boolean number =
        bound instanceof RexLiteral literal && literal.getValue() instanceof BigDecimal;
    boolean computed =
        !(bound instanceof RexLiteral)
            && RexUtil.isConstant(bound)
            && !RexUtil.containsCorrelation(bound);
    return isWhole(ref.getType()) && (number || computed && isWhole(bound.getType()))
        ? Optional.of(new ColumnComparison(ref.getIndex(), operator, bound))
        : Optional.empty();
  }

  /** Returns whether the bound is neither a number nor a parameter. */
  boolean isComputed() {
    return !(bound instanceof RexLiteral || bound instanceof RexDynamicParam);
  }

  /**
   * Returns the comparison as a condition. A constant may have a fraction, or be beyond all numbers
   * of columns: then the nearest one takes its place with which all but the two outermost numbers
   * of BIGINT compare alike.
   */
  <C> C in(Conditions<C> conditions) {
    if (bound instanceof RexDynamicParam parameter) {
      return conditions.parameter(operator, parameter.getIndex());
    } else if (!(bound instanceof RexLiteral)) {
      return conditions.computed(operator, bound);
    }
    BigDecimal constant = ((RexLiteral) bound).getValueAs(BigDecimal.class);
    BigDecimal floor = constant.setScale(0, RoundingMode.FLOOR);
    boolean whole = floor.compareTo(constant) == 0;
    long number = floor.min(MOST).max(LEAST).longValue();
    return switch (operator) {
      case EQUAL -> whole ? conditions.constant(operator, number) : conditions.never();
      case NOT_EQUAL -> whole ? conditions.constant(operator, number) : conditions.always();
      case LESS, AT_MOST -> conditions.constant(whole ? operator : Operator.AT_MOST, number);
      case GREATER, AT_LEAST -> conditions.constant(whole ? operator : Operator.GREATER, number);
    };
  }

  /** Takes away a cast of whole numbers into types that have room for all of them. */
  private static RexNode uncast(RexNode node) {
    if (node.getKind() != SqlKind.CAST || !(node instanceof RexCall cast)) {
      return node;
    }
    RexNode operand = cast.getOperands().get(0);
    RelDataType to = cast.getType();
    boolean room =
        switch (to.getSqlTypeName()) {
          case INTEGER -> digits(operand.getType()) <= INTEGER_DIGITS;
          case BIGINT -> true;
          case DECIMAL -> to.getPrecision() - to.getScale() >= digits(operand.getType());
          default -> false;
        };
    return room && isWhole(operand.getType()) ? operand : node;
  }

  private static int digits(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER -> INTEGER_DIGITS;
      default -> BIGINT_DIGITS;
    };
  }

  private static boolean isWhole(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> true;
      default -> false;
    };
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
