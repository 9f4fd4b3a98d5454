package io.kadb.sql;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Functions between times as BIGINT microseconds and other forms. They stand only in rewritten
 * plans; no statement can name them.
 */
final class TimeFunction extends SqlUserDefinedFunction {
  private static final String ARGUMENT = "%1$s";

  /** The engine's TIMESTAMP, in milliseconds, as microseconds. */
  static final TimeFunction OF_TIMESTAMP =
      new TimeFunction(
          "ofTimestamp",
          // Exact also where EXTRACT gives a double, as it does before PostgreSQL 14.
          "(CASE WHEN ISFINITE(%1$s) THEN"
              + " CAST(EXTRACT(EPOCH FROM DATE_TRUNC('second', %1$s)) AS BIGINT) * 1000000"
              + " + CAST(EXTRACT(MICROSECONDS FROM %1$s) AS BIGINT) %% 1000000"
              + (" WHEN %1$s > 'epoch' THEN CAST(" + TimeCalls.INFINITY + " AS BIGINT)")
              + (" WHEN %1$s < 'epoch' THEN CAST("
                  + TimeCalls.MINUS_INFINITY
                  + " AS BIGINT) END)"));

  /** The engine's TIME, in milliseconds, as microseconds. */
  static final TimeFunction OF_TIME =
      new TimeFunction("ofTime", "CAST(EXTRACT(EPOCH FROM %1$s) * 1000000 AS BIGINT)");

  /** A number of days since 1970-01-01, as parameters bring it, as DATE. */
  static final TimeFunction OF_DAYS =
      new TimeFunction("ofDays", "(DATE '1970-01-01' + CAST(%1$s AS INTEGER))");

  static final TimeFunction TO_TIMESTAMP = new TimeFunction("toTimestamp");
  static final TimeFunction TO_TIME = new TimeFunction("toTime");

  /** Rounds timestamps to a number of digits of a second. */
  static final TimeFunction ROUND = new TimeFunction("round");

  /** The same of times of a day. */
  static final TimeFunction ROUND_TIME = new TimeFunction("roundTime");

  /** The time of the day of a timestamp. */
  static final TimeFunction OF_DAY = new TimeFunction("ofDay");

  /** The microseconds within the minute. */
  static final TimeFunction MICROSECONDS = new TimeFunction("microseconds");

  /** A pattern in which digits stand for what a time has below a millisecond. */
  static final TimeFunction PATTERN = new TimeFunction("pattern");

  /** A time of milliseconds with those microseconds of another that milliseconds leave out. */
  static final TimeFunction WITH_MICROS_OF = new TimeFunction("withMicrosOf");

  /** The text of microseconds as a type prints them. */
  static final TimeFunction TEXT = new TimeFunction("text");

  /** Microseconds from a text, by a type's input. */
  static final TimeFunction PARSE = new TimeFunction("parse");

  /** The same in PostgreSQL's words, applied to the argument; null if it is not asked for. */
  private final @Nullable String warehouseSql;

  private TimeFunction(String method) {
    this(method, null);
  }

  private TimeFunction(String method, @Nullable String warehouseSql) {
    super(
        new SqlIdentifier("KADB_TIME_" + method, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(SqlTypeName.BIGINT),
        null,
        OperandTypes.operandMetadata(List.of(), factory -> List.of(), i -> "argument", i -> false),
        new Call(method(method)));
    this.warehouseSql = warehouseSql;
  }

  /** Says whether the warehouse may do it, which knows no functions of users. */
  @Override
  public SqlFunctionCategory getFunctionType() {
    return warehouseSql == null ? super.getFunctionType() : SqlFunctionCategory.SYSTEM;
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
    if (warehouseSql == null) {
      super.unparse(writer, call, leftPrecedence, rightPrecedence);
      return;
    }
    if (call.operand(0) instanceof SqlDynamicParam parameter) {
      // The writer must hear of parameters, to know which values belong to the text.
      int at = warehouseSql.indexOf(ARGUMENT);
      writer.print(warehouseSql.substring(0, at));
      parameter.unparse(writer, 0, 0);
      writer.print(warehouseSql.substring(at + ARGUMENT.length()));
    } else {
      String argument = call.operand(0).toSqlString(PostgresqlSqlDialect.DEFAULT).getSql();
      writer.print(String.format(warehouseSql, "(" + argument + ")"));
    }
    writer.setNeedWhitespace(true);
  }

  private static Method method(String name) {
    return Arrays.stream(TimeCalls.class.getMethods())
        .filter(m -> m.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private record Call(Method method) implements ScalarFunction, ImplementableFunction {
    @Override
    public RelDataType getReturnType(RelDataTypeFactory factory) {
      return factory.createJavaType(method.getReturnType());
    }

    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }

    @Override
    public CallImplementor getImplementor() {
      return RexImpTable.createImplementor(
          (translator, call, operands) -> Expressions.call(method, operands),
          NullPolicy.STRICT,
          false);
    }
  }
}
