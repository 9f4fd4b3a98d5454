package io.kadb.sql;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * A scalar function that needs the session. It is never evaluated while planning: the engine takes
 * it for one whose result may differ at every call.
 */
final class SessionFunction extends SqlUserDefinedFunction {
  /** {@code regclass(text)}: the OID of a foreign table; also reached by {@code ::regclass}. */
  static final SqlOperator REGCLASS =
      new SessionFunction(
          List.of("regclass"), SqlTypeName.VARCHAR, method("tableOid"), SqlTypeName.BIGINT);

  static final List<String> CANCEL_NAME = List.of(OffsetsTable.SCHEMA, "cancel");

  /** {@code kadb.cancel(id)}: cancels a statement; whether there was one. */
  static final SqlOperator CANCEL =
      new SessionFunction(CANCEL_NAME, SqlTypeName.BIGINT, method("cancel"), SqlTypeName.BOOLEAN);

  private SessionFunction(
      List<String> name, SqlTypeName parameter, Method method, SqlTypeName result) {
    super(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(result).andThen((binding, type) -> nullable(binding, type)),
        InferTypes.explicit(List.of(EngineTypes.factory().createSqlType(parameter))),
        OperandTypes.operandMetadata(
            List.of(
                parameter == SqlTypeName.VARCHAR ? SqlTypeFamily.CHARACTER : SqlTypeFamily.NUMERIC),
            factory -> List.of(factory.createSqlType(parameter)),
            i -> parameter == SqlTypeName.VARCHAR ? "name" : "id",
            i -> false),
        new Call(method, result));
  }

  private static RelDataType nullable(
      org.apache.calcite.sql.SqlOperatorBinding binding, RelDataType type) {
    boolean nullable = binding.getOperandCount() > 0 && binding.getOperandType(0).isNullable();
    return binding.getTypeFactory().createTypeWithNullability(type, nullable);
  }

  @Override
  public boolean isDeterministic() {
    return false;
  }

  @Override
  public boolean isDynamicFunction() {
    return true;
  }

  private static Method method(String name) {
    return Arrays.stream(GeneratedCalls.class.getMethods())
        .filter(m -> m.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A call of a static method with the engine's context before the arguments. */
  private record Call(Method method, SqlTypeName result)
      implements ScalarFunction, ImplementableFunction {
    @Override
    public RelDataType getReturnType(RelDataTypeFactory factory) {
      return factory.createSqlType(result);
    }

    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }

    @Override
    public CallImplementor getImplementor() {
      return RexImpTable.createImplementor(
          (translator, call, operands) -> {
            List<Expression> arguments = new ArrayList<>();
            arguments.add(translator.getRoot());
            for (Expression operand : operands) {
              Class<?> wanted = method.getParameterTypes()[arguments.size()];
              arguments.add(EnumUtils.convert(operand, wanted));
            }
            return Expressions.call(method, arguments);
          },
          NullPolicy.STRICT,
          false);
    }
  }
}
