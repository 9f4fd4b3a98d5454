package io.kadb.scan;

import static io.kadb.scan.PartitionPredicate.ALL;
import static io.kadb.scan.PartitionPredicate.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kadb.scan.PartitionPredicate.And;
import io.kadb.scan.PartitionPredicate.Constant;
import io.kadb.scan.PartitionPredicate.Operator;
import io.kadb.scan.PartitionPredicate.Or;
import io.kadb.scan.PartitionPredicate.Parameter;
import io.kadb.scan.PartitionPredicate.Parameters;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionPredicateTest {
  private static final Parameters NO_PARAMETERS =
      index -> {
        throw new AssertionError("asked for parameter " + index);
      };

  @ParameterizedTest
  @CsvSource({
    "EQUAL, '2'",
    "NOT_EQUAL, '0 1 3 4'",
    "LESS, '0 1'",
    "AT_MOST, '0 1 2'",
    "GREATER, '3 4'",
    "AT_LEAST, '2 3 4'"
  })
  void comparesWithConstantsAndParametersAlike(Operator operator, String holds) {
    assertThat(holdsFor(new Constant(operator, 2).bind(NO_PARAMETERS))).isEqualTo(holds);
    Parameters second = index -> index == 1 ? 2L : 99L;
    assertThat(holdsFor(new Parameter(operator, 1).bind(second))).isEqualTo(holds);
  }

  @ParameterizedTest
  @EnumSource(Operator.class)
  void holdsForNoPartitionWhenComparedWithNull(Operator operator) {
    PartitionPredicate predicate = new Parameter(operator, 0);
    assertThat(holdsFor(predicate.bind(index -> null))).isEmpty();
    assertThat(predicate.satisfiable(index -> null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -5_000_000_000L, 5_000_000_000L, Long.MAX_VALUE})
  void comparesNumbersThatNoPartitionCanHave(long bound) {
    String all = "0 1 2 3 4";
    assertThat(holdsFor(new Constant(Operator.LESS, bound).bind(NO_PARAMETERS)))
        .isEqualTo(bound > 0 ? all : "");
    assertThat(holdsFor(new Constant(Operator.GREATER, bound).bind(NO_PARAMETERS)))
        .isEqualTo(bound < 0 ? all : "");
  }

  @Test
  void combinesPartsByAndAndOr() {
    PartitionPredicate middle = new And(List.of(atLeast(1), less(3)));
    assertThat(holdsFor(middle.bind(NO_PARAMETERS))).isEqualTo("1 2");
    assertThat(holdsFor(new Or(List.of(middle, equal(4))).bind(NO_PARAMETERS))).isEqualTo("1 2 4");
    assertThat(holdsFor(ALL.bind(NO_PARAMETERS))).isEqualTo("0 1 2 3 4");
    assertThat(holdsFor(NONE.bind(NO_PARAMETERS))).isEmpty();
  }

  @Test
  void leavesOutWhatHoldsForAllWhenCombined() {
    assertThat(ALL.and(less(3))).isEqualTo(less(3));
    assertThat(less(3).and(ALL)).isEqualTo(less(3));
    assertThat(holdsFor(atLeast(1).and(less(3)).bind(NO_PARAMETERS))).isEqualTo("1 2");
  }

  @Test
  void bindsTheParametersOfEachRunAnew() {
    PartitionPredicate predicate = new Parameter(Operator.EQUAL, 0);
    assertThat(holdsFor(predicate.bind(index -> 1L))).isEqualTo("1");
    assertThat(holdsFor(predicate.bind(index -> 3L))).isEqualTo("3");
  }

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @MethodSource("satisfiableCases")
  void knowsWhetherAnyPartitionCanSatisfyIt(
      PartitionPredicate predicate, @Nullable Long parameter, boolean satisfiable) {
    assertThat(predicate.satisfiable(index -> parameter)).isEqualTo(satisfiable);
  }

  static Stream<Arguments> satisfiableCases() {
    return Stream.of(
        arguments(ALL, null, true),
        arguments(NONE, null, false),
        arguments(less(0), null, false),
        arguments(less(1), null, true),
        arguments(equal(-1), null, false),
        arguments(equal(7), null, true),
        arguments(atLeast(1_000_000), null, true),
        arguments(atLeast(Integer.MAX_VALUE), null, true),
        arguments(atLeast(Integer.MAX_VALUE + 1L), null, false),
        arguments(less(Long.MIN_VALUE), null, false),
        arguments(atLeast(Long.MIN_VALUE), null, true),
        arguments(less(Long.MAX_VALUE), null, true),
        arguments(atLeast(Long.MAX_VALUE), null, false),
        arguments(new And(List.of(equal(1), equal(2))), null, false),
        arguments(new And(List.of(atLeast(5), less(5))), null, false),
        arguments(new And(List.of(atLeast(5), less(6))), null, true),
        arguments(new And(List.of(unequal(0), unequal(1), unequal(2))), null, true),
        arguments(new And(List.of(atLeast(0), less(2), unequal(0), unequal(1))), null, false),
        arguments(new Or(List.of(equal(-3), equal(4))), null, true),
        arguments(new Or(List.of(less(0), equal(-4))), null, false),
        arguments(new And(List.of(new Parameter(Operator.LESS, 0), atLeast(3))), 3L, false),
        arguments(new And(List.of(new Parameter(Operator.LESS, 0), atLeast(3))), 4L, true),
        arguments(new Or(List.of(new Parameter(Operator.EQUAL, 0), equal(3))), null, true),
        arguments(new And(List.of(new Parameter(Operator.NOT_EQUAL, 0), equal(3))), null, false));
  }

  @Test
  void isWrittenAsInSql() {
    assertThat(ALL).hasToString("all");
    assertThat(NONE).hasToString("none");
    assertThat(less(3)).hasToString("_partition < 3");
    assertThat(new Parameter(Operator.AT_MOST, 2)).hasToString("_partition <= ?2");
    assertThat(atLeast(1).and(unequal(3))).hasToString("_partition >= 1 AND _partition <> 3");
    assertThat(atLeast(1).and(new Or(List.of(equal(1), equal(3)))))
        .hasToString("_partition >= 1 AND (_partition = 1 OR _partition = 3)");
  }

  private static PartitionPredicate less(long bound) {
    return new Constant(Operator.LESS, bound);
  }

  private static PartitionPredicate atLeast(long bound) {
    return new Constant(Operator.AT_LEAST, bound);
  }

  private static PartitionPredicate equal(long bound) {
    return new Constant(Operator.EQUAL, bound);
  }

  private static PartitionPredicate unequal(long bound) {
    return new Constant(Operator.NOT_EQUAL, bound);
  }

  private static String holdsFor(IntPredicate predicate) {
    return String.join(
        " ", IntStream.range(0, 5).filter(predicate).mapToObj(String::valueOf).toList());
  }
}
