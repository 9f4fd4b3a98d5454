package io.kadb.sql;

import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.sql.SqlExplainLevel;

/** The text of EXPLAIN: the plan, and for each foreign table the mode it would be read in. */
final class PlanText {
  private PlanText() {}

  static String of(DmlPlan plan, SessionState session) {
    String source = of(plan.source(), session);
    return plan instanceof DmlPlan.WarehouseInsert insert
        ? source
            + "\n"
            + insert.target()
            + (insert.copied().isPresent() ? ": COPY by the segments" : ": COPY of the plan's rows")
        : source;
  }

  static String of(PlannedQuery query, SessionState session) {
    StringBuilder text =
        new StringBuilder(
            RelOptUtil.toString(query.plan(), SqlExplainLevel.EXPPLAN_ATTRIBUTES).stripTrailing());
    query.scans().stream()
        .map(ScanSpec::table)
        .filter(table -> !table.ofRejects())
        .distinct()
        .forEach(
            table ->
                text.append('\n')
                    .append(table.definition().name())
                    .append(": mode ")
                    .append(session.effectiveMode(table).label()));
    return text.toString();
  }
}
