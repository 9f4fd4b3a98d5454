package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Writes functions of PostgreSQL in the engine's words: {@code trunc}, {@code btrim}, {@code
 * date_trunc}, the day of the week, which the engine counts from one, and the time of now.
 */
final class PostgresFunctions extends SqlShuttle {
  private static final Map<String, TimeUnit> UNITS =
      Map.of(
          "second", TimeUnit.SECOND,
          "minute", TimeUnit.MINUTE,
          "hour", TimeUnit.HOUR,
          "day", TimeUnit.DAY,
          "week", TimeUnit.WEEK,
          "month", TimeUnit.MONTH,
          "quarter", TimeUnit.QUARTER,
          "year", TimeUnit.YEAR);

  /** The engine would say that the time of now has whole seconds, and round what is compared. */
  private static final int MOST_DIGITS = 6;

  private static final int DAYS_OF_WEEK = 7;

  private PostgresFunctions() {}

  static SqlNode rewrite(SqlNode statement) {
    SqlNode rewritten = statement.accept(new PostgresFunctions());
    return rewritten == null ? statement : rewritten;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlCall inner)) {
      return visited;
    } else if (inner.getOperator() == SqlStdOperatorTable.BITXOR_OPERATOR) {
      throw new KadbException(ErrorCode.UNSUPPORTED, "the operator ^ is not supported")
          .withHint("POWER(x, y) is the power, BITXOR(x, y) the exclusive or of the bits")
          .inStatement(
              call.getParserPosition().getLineNum(), call.getParserPosition().getColumnNum());
    } else if (isDayOfWeek(inner)) {
      SqlParserPos here = inner.getParserPosition();
      return SqlStdOperatorTable.MOD.createCall(
          here, dayOfWeek(inner.operand(1), here), number(DAYS_OF_WEEK, here));
    }
    return inner.getOperator() instanceof SqlFunction function ? function(inner, function) : inner;
  }

  private static SqlNode function(SqlCall call, SqlFunction function) {
    SqlParserPos here = call.getParserPosition();
    List<SqlNode> operands = call.getOperandList();
    String signature = function.getName().toLowerCase(Locale.ROOT) + "/" + operands.size();
    return switch (signature) {
      case "current_timestamp/0", "localtimestamp/0", "current_time/0", "localtime/0" ->
          function.createCall(here, number(MOST_DIGITS, here));
      case "trunc/1", "trunc/2" -> SqlStdOperatorTable.TRUNCATE.createCall(here, operands);
      case "btrim/1" ->
          SqlStdOperatorTable.TRIM.createCall(
              here,
              SqlTrimFunction.Flag.BOTH.symbol(here),
              SqlLiteral.createCharString(" ", here),
              operands.get(0));
      case "date_trunc/2" ->
          unit(operands.get(0)).<SqlNode>map(u -> floor(operands.get(1), u, here)).orElse(call);
      default -> call;
    };
  }

  private static boolean isDayOfWeek(SqlCall call) {
    return call.getKind() == SqlKind.EXTRACT
        && call.operand(0) instanceof SqlIntervalQualifier unit
        && unit.timeUnitRange == TimeUnitRange.DOW;
  }

  private static Optional<TimeUnit> unit(SqlNode text) {
    return text instanceof SqlCharStringLiteral literal
        ? Optional.ofNullable(UNITS.get(literal.getValueAs(String.class).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /**
   * The engine's weeks begin on Sunday, PostgreSQL's on Monday; a query may be done by either, so
   * that neither is asked for weeks.
   */
  private static SqlCall floor(SqlNode time, TimeUnit unit, SqlParserPos here) {
    TimeUnit known = unit == TimeUnit.WEEK ? TimeUnit.DAY : unit;
    SqlCall floor =
        SqlStdOperatorTable.FLOOR.createCall(
            here, time, new SqlIntervalQualifier(known, null, here));
    if (unit != TimeUnit.WEEK) {
      return floor;
    }
    SqlNode day =
        SqlLiteral.createInterval(1, "1", new SqlIntervalQualifier(TimeUnit.DAY, null, here), here);
    SqlCall sinceMonday =
        SqlStdOperatorTable.MINUS.createCall(here, dayOfWeek(time, here), number(1, here));
    return SqlStdOperatorTable.MINUS.createCall(
        here, floor, SqlStdOperatorTable.MULTIPLY.createCall(here, sinceMonday, day));
  }

  /** The day of the week on which all agree: 1 is Monday, 7 Sunday. */
  private static SqlCall dayOfWeek(SqlNode time, SqlParserPos here) {
    return SqlStdOperatorTable.EXTRACT.createCall(
        here, new SqlIntervalQualifier(TimeUnit.ISODOW, null, here), time);
  }

  private static SqlNode number(int value, SqlParserPos here) {
    return SqlLiteral.createExactNumeric(Integer.toString(value), here);
  }
}
