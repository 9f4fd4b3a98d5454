package io.kadb.sql;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/** A cast of a text by PostgreSQL's input rules. It stands only in rewritten plans. */
final class TextCastFunction extends SqlUserDefinedFunction {
  /** The other way round: the text of a boolean. */
  static final TextCastFunction OF_BOOLEAN = of("ofBoolean", SqlTypeName.VARCHAR);

  private static final TextCastFunction BOOLEAN = of("toBoolean", SqlTypeName.BOOLEAN);
  private static final TextCastFunction SMALLINT = of("toSmallint", SqlTypeName.SMALLINT);
  private static final TextCastFunction INTEGER = of("toInteger", SqlTypeName.INTEGER);
  private static final TextCastFunction BIGINT = of("toBigint", SqlTypeName.BIGINT);
  private static final TextCastFunction REAL = of("toReal", SqlTypeName.REAL);
  private static final TextCastFunction DOUBLE = of("toDouble", SqlTypeName.DOUBLE);
  private static final TextCastFunction NUMERIC = of("toNumeric", SqlTypeName.DECIMAL);

  private TextCastFunction(Method method, SqlTypeName result) {
    super(
        new SqlIdentifier("KADB_CAST_" + result, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(result),
        null,
        OperandTypes.operandMetadata(List.of(), factory -> List.of(), i -> "argument", i -> false),
        new Call(method));
  }

  private static TextCastFunction of(String method, SqlTypeName result) {
    return new TextCastFunction(
        Arrays.stream(TextCastCalls.class.getMethods())
            .filter(m -> m.getName().equals(method))
            .findFirst()
            .orElseThrow(),
        result);
  }

  /** Returns the cast into a type, if there is one. */
  static Optional<TextCastFunction> into(SqlTypeName type) {
    return switch (type) {
      case BOOLEAN -> Optional.of(BOOLEAN);
      case SMALLINT -> Optional.of(SMALLINT);
      case INTEGER -> Optional.of(INTEGER);
      case BIGINT -> Optional.of(BIGINT);
      case REAL -> Optional.of(REAL);
      case FLOAT, DOUBLE -> Optional.of(DOUBLE);
      case DECIMAL -> Optional.of(NUMERIC);
      default -> Optional.empty();
    };
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
