package io.kadb.sql;

import io.kadb.error.Notice;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.EnumerableBatchNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableCorrelate;
import org.apache.calcite.adapter.enumerable.EnumerableFilter;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableProject;
import org.apache.calcite.adapter.enumerable.EnumerableRepeatUnion;
import org.apache.calcite.adapter.jdbc.JdbcToEnumerableConverter;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * A query that is planned and compiled; can be run any number of times.
 *
 * @param plan the physical plan, for EXPLAIN
 * @param columns the columns of the result
 * @param parameters the parameters as the engine takes them
 * @param compiled gives the rows: an {@code Object[]} each, or the value itself if there is one
 *     column
 * @param stash what the compiled code finds in its context
 * @param schema the schema the names were resolved in
 * @param exactTimes whether the values of times are microseconds
 */
record PlannedQuery(
    RelNode plan,
    List<ResultColumn> columns,
    RelDataType parameters,
    Bindable<@Nullable Object> compiled,
    Map<String, Object> stash,
    CalciteSchema schema,
    boolean exactTimes) {
  /** Returns the scans of foreign tables in the plan. */
  @SuppressWarnings("unchecked")
  List<ScanSpec> scans() {
    return (List<ScanSpec>) stash.getOrDefault(Scan.SPECS, List.of());
  }

  /** Returns whether the plan reads tables of the warehouse. */
  boolean readsWarehouse() {
    return reads(plan);
  }

  /** Returns whether the plan reads anything besides foreign tables and constants. */
  boolean hasOtherLeaves() {
    return hasOtherLeaves(plan);
  }

  private static boolean hasOtherLeaves(RelNode node) {
    return node.getInputs().isEmpty()
        ? !(node instanceof Scan || node instanceof Values)
        : node instanceof JdbcToEnumerableConverter
            || node.getInputs().stream().anyMatch(PlannedQuery::hasOtherLeaves);
  }

  /** Returns whether the plan calls functions that need the session. */
  boolean callsFunctions() {
    return FunctionUse.anywhere(plan, FunctionUse::needsSession);
  }

  /** Returns whether the plan calls functions in order to change something. */
  boolean changesOffsets() {
    return FunctionUse.anywhere(plan, OffsetFunctionOperators::changesOffsets);
  }

  /**
   * Returns the OIDs of the foreign tables of which a LIMIT may leave something unread. Of the
   * others the whole batch counts as read, whatever the plan makes of it.
   */
  Set<Long> limitedTables() {
    Set<Long> limited = new HashSet<>();
    addLimited(plan, false, limited);
    return limited;
  }

  private static void addLimited(RelNode node, boolean under, Set<Long> limited) {
    if (node instanceof Scan scan && under) {
      limited.add(scan.spec().table().definition().ftoid());
    }
    boolean below = under || node instanceof ExactLimit;
    node.getInputs().forEach(input -> addLimited(input, below, limited));
  }

  /**
   * Returns the only scan, if each row of the plan comes from the row of it that was taken last.
   */
  Optional<ScanSpec> rowByRow() {
    RelNode node = plan;
    while (node instanceof EnumerableCalc
        || node instanceof EnumerableProject
        || node instanceof EnumerableFilter
        || node instanceof ExactLimit) {
      node = node.getInput(0);
    }
    return node instanceof Scan scan && !scan.spec().table().ofRejects()
        ? Optional.of(scan.spec())
        : Optional.empty();
  }

  /** Returns whether the plan may read an input more than once. */
  boolean readsAgain() {
    return readsAgain(plan);
  }

  private static boolean readsAgain(RelNode node) {
    return node instanceof EnumerableNestedLoopJoin
        || node instanceof EnumerableBatchNestedLoopJoin
        || node instanceof EnumerableCorrelate
        || node instanceof EnumerableRepeatUnion
        || node.getInputs().stream().anyMatch(PlannedQuery::readsAgain);
  }

  /** Returns what a user should know of each run of this plan. */
  List<Notice> notices() {
    return readsTimes(plan)
        ? List.of(
            Notice.warning(
                "times are read from tables of pg in milliseconds; digits beyond are cut off"))
        : List.of();
  }

  private static boolean readsTimes(RelNode node) {
    boolean here =
        node instanceof JdbcToEnumerableConverter
            && node.getRowType().getFieldList().stream()
                .anyMatch(field -> ExactTimeExpressions.isTime(field.getType()));
    return here || node.getInputs().stream().anyMatch(PlannedQuery::readsTimes);
  }

  private static boolean reads(RelNode node) {
    return node instanceof JdbcToEnumerableConverter
        || node.getInputs().stream().anyMatch(PlannedQuery::reads);
  }
}
