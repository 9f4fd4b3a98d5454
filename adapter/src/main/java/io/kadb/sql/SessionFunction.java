package io.kadb.sql;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * A scalar function that needs the session. It is never evaluated while planning: the engine takes
 * it for one whose result may differ at every call.
 */
final class SessionFunction extends SqlUserDefinedFunction {
  /**
   * {@code regclass(x)}: the OID of the foreign table of a name, or the name of that of an OID;
   * also reached by {@code ::regclass}.
   */
  static final SqlOperator REGCLASS =
      new SessionFunction(
          List.of("regclass"),
          SqlTypeName.ANY,
          binding -> isText(binding.getOperandType(0)) ? SqlTypeName.BIGINT : SqlTypeName.VARCHAR);

  /** What {@code x::regclass::oid} is: an OID, whether from a name or an OID. */
  static final SqlOperator REGCLASS_OID =
      new SessionFunction(List.of("regclass_oid"), SqlTypeName.ANY, binding -> SqlTypeName.BIGINT);

  /** What {@code x::regclass::text} is: a name, whether from a name or an OID. */
  static final SqlOperator REGCLASS_NAME =
      new SessionFunction(
          List.of("regclass_name"), SqlTypeName.ANY, binding -> SqlTypeName.VARCHAR);

  static final List<String> CANCEL_NAME = List.of(OffsetsTable.SCHEMA, "cancel");

  /** {@code kadb.cancel(id)}: cancels a statement; whether there was one. */
  static final SqlOperator CANCEL =
      new SessionFunction(CANCEL_NAME, SqlTypeName.BIGINT, binding -> SqlTypeName.BOOLEAN);

  /** Returns whether an operator is one of those that give the OID of a name. */
  static boolean givesOid(SqlOperator operator) {
    return operator == REGCLASS || operator == REGCLASS_OID;
  }

  private SessionFunction(
      List<String> name, SqlTypeName parameter, Function<SqlOperatorBinding, SqlTypeName> result) {
    super(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        binding -> nullable(binding, binding.getTypeFactory().createSqlType(result.apply(binding))),
        InferTypes.explicit(List.of(EngineTypes.factory().createSqlType(ofUnknown(parameter)))),
        OperandTypes.operandMetadata(
            List.of(parameter == SqlTypeName.ANY ? SqlTypeFamily.ANY : SqlTypeFamily.NUMERIC),
            factory -> List.of(factory.createSqlType(parameter)),
            i -> parameter == SqlTypeName.ANY ? "table" : "id",
            i -> false),
        new Call());
  }

  /** A parameter of the statement that may be a name or an OID is a name. */
  private static SqlTypeName ofUnknown(SqlTypeName parameter) {
    return parameter == SqlTypeName.ANY ? SqlTypeName.VARCHAR : parameter;
  }

  private static boolean isText(RelDataType type) {
    return SqlTypeFamily.CHARACTER.contains(type);
  }

  private static RelDataType nullable(SqlOperatorBinding binding, RelDataType type) {
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

  private static Method method(RexCall call) {
    if (call.getOperator() == CANCEL) {
      return method("cancel");
    }
    return method(call.getType().getSqlTypeName() == SqlTypeName.BIGINT ? "tableOid" : "tableName");
  }

  /** A call of a static method with the engine's context before the argument. */
  private record Call() implements ScalarFunction, ImplementableFunction {
    @Override
    public RelDataType getReturnType(RelDataTypeFactory factory) {
      return factory.createSqlType(SqlTypeName.ANY);
    }

    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }

    @Override
    public CallImplementor getImplementor() {
      return RexImpTable.createImplementor(
          (translator, call, operands) -> {
            Method method = method(call);
            Class<?> wanted = method.getParameterTypes()[1];
            Expression operand = operands.get(0);
            Expression argument =
                wanted == Object.class
                    ? Expressions.convert_(Expressions.box(operand), wanted)
                    : EnumUtils.convert(operand, wanted);
            return Expressions.call(method, List.of(translator.getRoot(), argument));
          },
          NullPolicy.STRICT,
          false);
    }
  }
}
