package io.kadb.sql;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Builds casts of TEXT to VARCHAR(n) that cut the text visibly. The engine takes TEXT for shorter
 * than any VARCHAR(n), so that of {@code x::varchar(5)::text} its simplifier would leave {@code x}.
 */
final class CuttingCasts extends RexBuilder {
  CuttingCasts(RelDataTypeFactory factory) {
    super(factory);
  }

  @Override
  public RexNode makeAbstractCast(
      SqlParserPos where, RelDataType type, RexNode operand, boolean safe) {
    return super.makeAbstractCast(where, type, cut(operand, type), safe);
  }

  @Override
  public RexNode makeAbstractCast(
      SqlParserPos where, RelDataType type, RexNode operand, boolean safe, RexLiteral format) {
    return super.makeAbstractCast(where, type, cut(operand, type), safe, format);
  }

  private RexNode cut(RexNode text, RelDataType type) {
    int length = type.getPrecision();
    boolean cuts =
        type.getSqlTypeName() == SqlTypeName.VARCHAR
            && length != RelDataType.PRECISION_NOT_SPECIFIED
            && isOpen(text.getType())
            && !isCut(text);
    return cuts
        ? makeCall(
            text.getType(), SqlStdOperatorTable.SUBSTRING, List.of(text, number(1), number(length)))
        : text;
  }

  private RexNode number(int value) {
    return makeExactLiteral(BigDecimal.valueOf(value));
  }

  private static boolean isOpen(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.VARCHAR
        && type.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED;
  }

  /** Nodes are built again and again. */
  private static boolean isCut(RexNode text) {
    return text instanceof RexCall call
        && call.getOperator() == SqlStdOperatorTable.SUBSTRING
        && call.getOperands().size() == 3
        && call.getOperands().get(2) instanceof RexLiteral;
  }
}
