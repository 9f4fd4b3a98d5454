package io.kadb.sql;

import io.kadb.scan.MessageCondition;
import io.kadb.scan.ScanMode;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.sql.SqlExplainLevel;

/** The text of EXPLAIN: the plan, and for each foreign table the mode it would be read in. */
final class PlanText {
  private PlanText() {}

  static String of(DmlPlan plan, SessionState session) {
    String source = of(plan.source(), session);
    if (plan instanceof DmlPlan.TopicInsert insert) {
      return source + "\n" + insert.table().definition().name() + ": writes messages";
    }
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
        .filter(scan -> !scan.table().ofRejects())
        .map(scan -> modeOf(scan, session))
        .distinct()
        .forEach(line -> text.append('\n').append(line));
    return text.toString();
  }

  /** A condition on offsets and times chooses what a snapshot reads, and only filters otherwise. */
  private static String modeOf(ScanSpec scan, SessionState session) {
    ScanMode mode = session.effectiveMode(scan.table());
    String line = scan.table().definition().name() + ": mode " + mode.label();
    return mode == ScanMode.SNAPSHOT && !scan.messages().equals(MessageCondition.ALL)
        ? line + ", reads where " + scan.messages()
        : line;
  }
}
