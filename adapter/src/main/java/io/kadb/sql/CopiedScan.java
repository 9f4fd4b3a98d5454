package io.kadb.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableProject;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Finds out what a plan needs of the engine when its rows go into a table of the warehouse. */
final class CopiedScan {
  private static final List<SqlTypeName> WIDTHS =
      List.of(SqlTypeName.TINYINT, SqlTypeName.SMALLINT, SqlTypeName.INTEGER, SqlTypeName.BIGINT);

  private static final String NOT_NULL = " NOT NULL";

  private CopiedScan() {}

  /**
   * Returns the scan whose columns are the rows of a plan: in any order, some several times, and
   * nothing computed. Its rows are text of COPY.
   */
  static Optional<ScanSpec> of(PlannedQuery query) {
    return of(query.plan(), query.columns().size());
  }

  private static Optional<ScanSpec> of(RelNode plan, int width) {
    List<RexNode> columns = new ArrayList<>();
    RelNode input;
    if (plan instanceof Scan) {
      input = plan;
    } else if (plan instanceof EnumerableCalc calc && calc.getProgram().getCondition() == null) {
      RexProgram program = calc.getProgram();
      program.getProjectList().forEach(ref -> columns.add(program.expandLocalRef(ref)));
      input = calc.getInput();
    } else if (plan instanceof EnumerableProject project) {
      columns.addAll(project.getProjects());
      input = project.getInput();
    } else {
      return Optional.empty();
    }
    if (!(input instanceof Scan scan) || scan.spec().table().ofRejects() || width == 0) {
      return Optional.empty();
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      OptionalInt place = columns.isEmpty() ? OptionalInt.of(i) : place(columns.get(i));
      if (place.isEmpty()) {
        return Optional.empty();
      }
      places.add(place.getAsInt());
    }
    return Optional.of(scan.spec().asCopied(places));
  }

  /** Returns which column of the scan an expression is, perhaps behind casts that keep its text. */
  private static OptionalInt place(RexNode expression) {
    if (expression instanceof RexInputRef column) {
      return OptionalInt.of(column.getIndex());
    }
    boolean cast =
        expression.getKind() == SqlKind.CAST || expression.getKind() == SqlKind.SAFE_CAST;
    if (cast && expression instanceof RexCall call) {
      RexNode operand = call.getOperands().get(0);
      return keepsText(operand.getType(), call.getType()) ? place(operand) : OptionalInt.empty();
    }
    return OptionalInt.empty();
  }

  private static boolean keepsText(RelDataType from, RelDataType to) {
    if (SqlTypeUtil.isIntType(from) && SqlTypeUtil.isIntType(to)) {
      return WIDTHS.indexOf(from.getSqlTypeName()) <= WIDTHS.indexOf(to.getSqlTypeName());
    }
    return from.getFullTypeString()
        .replace(NOT_NULL, "")
        .equals(to.getFullTypeString().replace(NOT_NULL, ""));
  }
}
