package io.kadb.sql;

import java.lang.reflect.Type;
import java.util.List;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.TableFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedTableFunction;
import org.jspecify.annotations.Nullable;

/**
 * An {@link OffsetFunction} in FROM: rows of {@code kadb.offsets}, or one row with an empty text.
 * Never evaluated while planning.
 */
final class OffsetTableFunction extends SqlUserDefinedTableFunction {
  private final OffsetFunction function;

  OffsetTableFunction(OffsetFunction function) {
    super(
        OffsetValueFunction.name(function),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.CURSOR,
        new OffsetFunctionArguments(function).inference(),
        new OffsetFunctionArguments(function),
        new Rows(function));
    this.function = function;
  }

  OffsetFunction function() {
    return function;
  }

  @Override
  public boolean isDeterministic() {
    return false;
  }

  @Override
  public boolean isDynamicFunction() {
    return true;
  }

  private record Rows(OffsetFunction function) implements TableFunction, ImplementableFunction {
    @Override
    public RelDataType getRowType(
        RelDataTypeFactory factory, List<? extends @Nullable Object> arguments) {
      return function.result() == OffsetFunction.Result.OFFSETS
          ? new OffsetsTable().getRowType(factory)
          : factory.builder().add(function.sqlName(), SqlTypeName.VARCHAR).nullable(true).build();
    }

    @Override
    public Type getElementType(List<? extends @Nullable Object> arguments) {
      return Object[].class;
    }

    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }

    @Override
    public CallImplementor getImplementor() {
      return OffsetValueFunction.calling("offsetRows", function);
    }
  }
}
