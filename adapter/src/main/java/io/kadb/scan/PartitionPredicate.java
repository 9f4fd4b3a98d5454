package io.kadb.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition on {@code _partition} that a scan applies before it asks Kafka for anything. Bounds
 * may be parameters, whose values are known when the statement runs. A comparison with NULL holds
 * for no partition.
 */
public sealed interface PartitionPredicate {
  /** Holds for every partition. */
  PartitionPredicate ALL = new And(List.of());

  /** Holds for none. */
  PartitionPredicate NONE = new Or(List.of());

  /** Returns the condition with its parameters' values. */
  IntPredicate bind(Parameters parameters);

  /** Adds the numbers between which the condition can change. */
  void bounds(Parameters parameters, List<Long> into);

  /** Returns whether some partition number, 0 or more, satisfies the condition. */
  default boolean satisfiable(Parameters parameters) {
    List<Long> candidates = new ArrayList<>(List.of(0L));
    bounds(parameters, candidates);
    IntPredicate bound = bind(parameters);
    return candidates.stream()
        .flatMap(b -> List.of(b - 1, b, b + 1).stream())
        .filter(b -> b >= 0 && b <= Integer.MAX_VALUE)
        .anyMatch(b -> bound.test(b.intValue()));
  }

  /** Returns the condition that holds where both hold. */
  default PartitionPredicate and(PartitionPredicate other) {
    if (equals(ALL)) {
      return other;
    }
    return other.equals(ALL) ? this : new And(List.of(this, other));
  }

  /** Returns whether another condition is one of the parts of this one, or always holds. */
  default boolean includes(PartitionPredicate other) {
    return other.equals(ALL)
        || equals(other)
        || this instanceof And and && and.parts().stream().anyMatch(part -> part.includes(other));
  }

  /** Gives the value of a parameter of the statement. */
  @FunctionalInterface
  interface Parameters {
    /** Returns the parameter's value, or null for NULL. */
    @Nullable Long value(int index);
  }

  /** How a partition is compared. */
  enum Operator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** Returns the operator as SQL writes it. */
    String sign() {
      return sign;
    }

    /** Returns the operator that holds where this one does not. */
    public Operator negated() {
      return switch (this) {
        case EQUAL -> NOT_EQUAL;
        case NOT_EQUAL -> EQUAL;
        case LESS -> AT_LEAST;
        case AT_MOST -> GREATER;
        case GREATER -> AT_MOST;
        case AT_LEAST -> LESS;
      };
    }

    boolean test(int comparison) {
      return switch (this) {
        case EQUAL -> comparison == 0;
        case NOT_EQUAL -> comparison != 0;
        case LESS -> comparison < 0;
        case AT_MOST -> comparison <= 0;
        case GREATER -> comparison > 0;
        case AT_LEAST -> comparison >= 0;
      };
    }
  }

  /** A comparison with a number. */
  record Constant(Operator operator, long bound) implements PartitionPredicate {
    @Override
    public IntPredicate bind(Parameters parameters) {
      return partition -> operator.test(Long.compare(partition, bound));
    }

    @Override
    public void bounds(Parameters parameters, List<Long> into) {
      into.add(bound);
    }

    @Override
    public String toString() {
      return "_partition " + operator.sign + " " + bound;
    }
  }

  /** A comparison with a parameter, counted from 0. */
  record Parameter(Operator operator, int index) implements PartitionPredicate {
    @Override
    public IntPredicate bind(Parameters parameters) {
      Long bound = parameters.value(index);
      return bound == null ? partition -> false : new Constant(operator, bound).bind(parameters);
    }

    @Override
    public void bounds(Parameters parameters, List<Long> into) {
      Long bound = parameters.value(index);
      if (bound != null) {
        into.add(bound);
      }
    }

    @Override
    public String toString() {
      return "_partition " + operator.sign + " ?" + index;
    }
  }

  /** Holds where all parts hold. */
  record And(List<PartitionPredicate> parts) implements PartitionPredicate {
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public IntPredicate bind(Parameters parameters) {
      return parts.stream().map(p -> p.bind(parameters)).reduce(p -> true, IntPredicate::and);
    }

    @Override
    public void bounds(Parameters parameters, List<Long> into) {
      parts.forEach(p -> p.bounds(parameters, into));
    }

    @Override
    public String toString() {
      return parts.isEmpty() ? "all" : joined(parts, " AND ");
    }
  }

  /** Holds where one of the parts holds. */
  record Or(List<PartitionPredicate> parts) implements PartitionPredicate {
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public IntPredicate bind(Parameters parameters) {
      return parts.stream().map(p -> p.bind(parameters)).reduce(p -> false, IntPredicate::or);
    }

    @Override
    public void bounds(Parameters parameters, List<Long> into) {
      parts.forEach(p -> p.bounds(parameters, into));
    }

    @Override
    public String toString() {
      return parts.isEmpty() ? "none" : "(" + joined(parts, " OR ") + ")";
    }
  }

  private static String joined(List<PartitionPredicate> parts, String by) {
    return parts.stream().map(Object::toString).collect(Collectors.joining(by));
  }
}
