package io.kadb.sql;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.AggAddContext;
import org.apache.calcite.adapter.enumerable.AggContext;
import org.apache.calcite.adapter.enumerable.AggImplementor;
import org.apache.calcite.adapter.enumerable.AggResetContext;
import org.apache.calcite.adapter.enumerable.AggResultContext;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.StrictAggImplementor;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableAggFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.Optionality;

/**
 * Has the sums of BIGINT that {@link ExactSums} made sums of NUMERIC computed by {@link BigintSum}
 * in a finished plan: the same result without a cast and a sum of decimals for each row.
 */
final class BigintSums extends RelHomogeneousShuttle {
  private BigintSums() {}

  static RelNode in(RelNode physical) {
    return physical.accept(new BigintSums());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof EnumerableAggregate aggregate
            && aggregate.getInput() instanceof EnumerableCalc calc
        ? direct(aggregate, calc)
        : visited;
  }

  private static RelNode direct(EnumerableAggregate aggregate, EnumerableCalc calc) {
    RexProgram program = calc.getProgram();
    List<RexNode> fields = new ArrayList<>();
    program.getProjectList().forEach(field -> fields.add(program.expandLocalRef(field)));
    List<AggregateCall> calls = new ArrayList<>(aggregate.getAggCallList());
    boolean any = false;
    for (int field = 0; field < fields.size(); field++) {
      Optional<RexNode> bigint = castBigint(fields.get(field));
      if (bigint.isPresent() && onlySummed(aggregate, field)) {
        fields.set(field, bigint.get());
        sumDirectly(calls, field);
        any = true;
      }
    }
    if (!any) {
      return aggregate;
    }
    RexProgram casted =
        RexProgram.create(
            program.getInputRowType(),
            fields,
            program.getCondition() == null ? null : program.expandLocalRef(program.getCondition()),
            program.getOutputRowType().getFieldNames(),
            calc.getCluster().getRexBuilder());
    RelNode input =
        casted.isTrivial() ? calc.getInput() : EnumerableCalc.create(calc.getInput(), casted);
    return aggregate.copy(
        aggregate.getTraitSet(), input, aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
  }

  /** Returns the BIGINT of which an expression makes a NUMERIC. */
  private static Optional<RexNode> castBigint(RexNode expression) {
    if (expression.getKind() == SqlKind.CAST
        && expression.getType().getSqlTypeName() == SqlTypeName.DECIMAL
        && expression.getType().getScale() == 0) {
      RexNode operand = ((RexCall) expression).getOperands().get(0);
      boolean fits = expression.getType().getPrecision() >= EngineTypeSystem.MAX_NUMERIC_DIGITS;
      if (fits && operand.getType().getSqlTypeName() == SqlTypeName.BIGINT) {
        return Optional.of(operand);
      }
    }
    return Optional.empty();
  }

  private static boolean onlySummed(EnumerableAggregate aggregate, int field) {
    boolean used = false;
    for (AggregateCall call : aggregate.getAggCallList()) {
      if (call.getArgList().contains(field)) {
        SqlKind kind = call.getAggregation().getKind();
        if (kind != SqlKind.SUM && kind != SqlKind.SUM0) {
          return false;
        }
        used = true;
      }
    }
    return used && !aggregate.getGroupSet().get(field);
  }

  private static void sumDirectly(List<AggregateCall> calls, int field) {
    for (int i = 0; i < calls.size(); i++) {
      AggregateCall call = calls.get(i);
      if (call.getArgList().contains(field)) {
        calls.set(
            i,
            AggregateCall.create(
                call.getParserPosition(),
                new Function(call),
                false,
                false,
                false,
                call.rexList,
                call.getArgList(),
                call.filterArg,
                (ImmutableBitSet) null,
                call.collation,
                call.type,
                call.name));
      }
    }
  }

  /** SUM or SUM0 by another implementation. */
  private static final class Function extends SqlUserDefinedAggFunction {
    Function(AggregateCall call) {
      super(
          new SqlIdentifier(call.getAggregation().getName(), SqlParserPos.ZERO),
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.explicit(call.type),
          null,
          OperandTypes.operandMetadata(List.of(), factory -> List.of(), i -> "value", i -> false),
          new Sum(),
          false,
          false,
          Optionality.FORBIDDEN);
    }
  }

  private record Sum() implements ImplementableAggFunction {
    @Override
    public RelDataType getReturnType(RelDataTypeFactory factory) {
      return factory.createSqlType(SqlTypeName.DECIMAL);
    }

    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }

    @Override
    public AggImplementor getImplementor(boolean windowContext) {
      return new Implementor();
    }
  }

  private static final class Implementor extends StrictAggImplementor {
    private static final Method ADD = method("add", long.class);
    private static final Method RESULT = method("result");

    private static Method method(String name, Class<?>... parameters) {
      try {
        return BigintSum.class.getMethod(name, parameters);
      } catch (NoSuchMethodException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    @Override
    public List<Type> getNotNullState(AggContext info) {
      return List.of(BigintSum.class);
    }

    @Override
    protected void implementNotNullReset(AggContext info, AggResetContext reset) {
      reset
          .currentBlock()
          .add(
              Expressions.statement(
                  Expressions.assign(
                      reset.accumulator().get(0), Expressions.new_(BigintSum.class))));
    }

    @Override
    protected void implementNotNullAdd(AggContext info, AggAddContext add) {
      Expression value = EnumUtils.convert(add.arguments().get(0), long.class);
      add.currentBlock()
          .add(Expressions.statement(Expressions.call(add.accumulator().get(0), ADD, value)));
    }

    @Override
    protected Expression implementNotNullResult(AggContext info, AggResultContext result) {
      return Expressions.call(result.accumulator().get(0), RESULT);
    }
  }
}
