package io.kadb.sql;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.adapter.enumerable.CallImplementor;
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
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/** An {@link OffsetFunction} as a value: an empty text. Never evaluated while planning. */
final class OffsetValueFunction extends SqlUserDefinedFunction {
  OffsetValueFunction(OffsetFunction function) {
    super(
        name(function),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE),
        new OffsetFunctionArguments(function).inference(),
        new OffsetFunctionArguments(function),
        new Call(function));
  }

  static SqlIdentifier name(OffsetFunction function) {
    return new SqlIdentifier(List.of(OffsetsTable.SCHEMA, function.sqlName()), SqlParserPos.ZERO);
  }

  @Override
  public boolean isDeterministic() {
    return false;
  }

  @Override
  public boolean isDynamicFunction() {
    return true;
  }

  /**
   * Returns an implementation that calls a method of {@link GeneratedCalls} with the context, the
   * function's name and both arguments, as objects; the second is null if there is none.
   */
  static CallImplementor calling(String methodName, OffsetFunction function) {
    Method method =
        Arrays.stream(GeneratedCalls.class.getMethods())
            .filter(m -> m.getName().equals(methodName))
            .findFirst()
            .orElseThrow();
    return RexImpTable.createImplementor(
        (translator, call, operands) -> {
          List<Expression> arguments = new ArrayList<>();
          arguments.add(translator.getRoot());
          arguments.add(Expressions.constant(function.name()));
          operands.forEach(
              o -> arguments.add(Expressions.convert_(Expressions.box(o), Object.class)));
          if (operands.size() == 1) {
            arguments.add(Expressions.constant(null, Object.class));
          }
          return Expressions.call(method, arguments);
        },
        NullPolicy.NONE,
        false);
  }

  private record Call(OffsetFunction function) implements ScalarFunction, ImplementableFunction {
    @Override
    public RelDataType getReturnType(RelDataTypeFactory factory) {
      return factory.createSqlType(SqlTypeName.VARCHAR);
    }

    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }

    @Override
    public CallImplementor getImplementor() {
      return calling("offsetValue", function);
    }
  }
}
