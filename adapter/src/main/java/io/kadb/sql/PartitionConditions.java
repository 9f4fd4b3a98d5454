package io.kadb.sql;

import io.kadb.scan.PartitionPredicate;
import io.kadb.scan.PartitionPredicate.And;
import io.kadb.scan.PartitionPredicate.Constant;
import io.kadb.scan.PartitionPredicate.Operator;
import io.kadb.scan.PartitionPredicate.Or;
import io.kadb.scan.PartitionPredicate.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Translates the engine's conditions on {@code _partition} into a {@link PartitionPredicate}. What
 * it translates holds for exactly the same partitions; the rest it leaves alone.
 */
final class PartitionConditions {
  private static final ColumnComparison.Conditions<PartitionPredicate> COMPARISONS =
      new ColumnComparison.Conditions<>() {
        @Override
        public PartitionPredicate always() {
          return PartitionPredicate.ALL;
        }

        @Override
        public PartitionPredicate never() {
          return PartitionPredicate.NONE;
        }

        @Override
        public PartitionPredicate constant(Operator operator, long number) {
          return new Constant(operator, number);
        }

        @Override
        public PartitionPredicate parameter(Operator operator, int index) {
          return new Parameter(operator, index);
        }

        @Override
        public PartitionPredicate computed(Operator operator, RexNode expression) {
          throw new IllegalArgumentException("computed: " + expression);
        }
      };

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
        default -> comparison(call);
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
    return ColumnComparison.of(call)
        .filter(comparison -> comparison.field() == field && !comparison.isComputed())
        .map(comparison -> comparison.in(COMPARISONS));
  }
}
