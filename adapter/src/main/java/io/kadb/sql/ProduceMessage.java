package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * {@code kadb.produce_message(table, message [, partition [, key]])}: writes a message as it is to
 * the topic of a foreign table. Called for each row, never while planning.
 */
final class ProduceMessage extends SqlUserDefinedFunction {
  static final List<String> NAME = List.of(OffsetsTable.SCHEMA, "produce_message");
  static final List<String> PARAMETERS = List.of("table", "message", "partition", "key");
  static final SqlOperator INSTANCE = new ProduceMessage();

  private static final int LEAST_ARGUMENTS = 2;

  private ProduceMessage() {
    super(
        new SqlIdentifier(NAME, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE),
        Arguments.INFERENCE,
        new Arguments(),
        new Call());
  }

  @Override
  public boolean isDeterministic() {
    return false;
  }

  @Override
  public boolean isDynamicFunction() {
    return true;
  }

  /** Returns a call of a function as one of this, if it is meant. */
  static Optional<SqlNode> asValue(SqlNode function) {
    boolean meant =
        function instanceof SqlCall call
            && call.getOperator() instanceof SqlFunction operator
            && operator.getNameAsId().names.equals(NAME);
    return meant
        ? Optional.of(
            INSTANCE.createCall(
                function.getParserPosition(), ((SqlCall) function).getOperandList()))
        : Optional.empty();
  }

  /** Returns the error of a call with other arguments. */
  static KadbException notLike(String arguments) {
    String name = String.join(".", NAME);
    return new KadbException(
            ErrorCode.UNDEFINED_FUNCTION, "function " + name + "(" + arguments + ") does not exist")
        .withHint(
            "it is called as "
                + name
                + "(table, message [, partition [, key]]), the table by its OID or by its name in"
                + " single quotes, message and key as text or bytea");
  }

  /** What it takes; parameters of the statement are texts, apart from the partition. */
  private record Arguments() implements SqlOperandMetadata {
    private static final List<SqlTypeName> TYPES =
        List.of(SqlTypeName.VARCHAR, SqlTypeName.VARCHAR, SqlTypeName.INTEGER, SqlTypeName.VARCHAR);

    static final SqlOperandTypeInference INFERENCE =
        (call, returnType, operandTypes) -> {
          for (int i = 0; i < operandTypes.length; i++) {
            operandTypes[i] = type(call.getTypeFactory(), Math.min(i, TYPES.size() - 1));
          }
        };

    private static RelDataType type(RelDataTypeFactory factory, int argument) {
      return factory.createTypeWithNullability(factory.createSqlType(TYPES.get(argument)), true);
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
      List<String> found = new ArrayList<>();
      boolean allowed = true;
      for (int i = 0; i < call.getOperandCount(); i++) {
        SqlTypeName type = call.getOperandType(i).getSqlTypeName();
        found.add(type.getName().toLowerCase(Locale.ROOT));
        allowed &= type == SqlTypeName.NULL || isAllowed(i, type);
      }
      if (!allowed && throwOnFailure) {
        throw notLike(String.join(", ", found));
      }
      return allowed;
    }

    private static boolean isAllowed(int argument, SqlTypeName type) {
      boolean whole = SqlTypeName.INT_TYPES.contains(type);
      boolean text = SqlTypeName.CHAR_TYPES.contains(type);
      return switch (argument) {
        case 0 -> whole || text;
        case 2 -> whole;
        default -> text || SqlTypeName.BINARY_TYPES.contains(type);
      };
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.between(LEAST_ARGUMENTS, TYPES.size());
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return String.join(".", NAME) + "(" + String.join(", ", PARAMETERS) + ")";
    }

    @Override
    public List<RelDataType> paramTypes(RelDataTypeFactory factory) {
      List<RelDataType> types = new ArrayList<>();
      for (int i = 0; i < TYPES.size(); i++) {
        types.add(type(factory, i));
      }
      return types;
    }

    @Override
    public List<String> paramNames() {
      return PARAMETERS;
    }

    @Override
    public boolean isOptional(int argument) {
      return argument >= LEAST_ARGUMENTS;
    }
  }

  /** A call of {@link GeneratedCalls#produceMessage} with null for what is not given. */
  private record Call() implements ScalarFunction, ImplementableFunction {
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
      Method method =
          Arrays.stream(GeneratedCalls.class.getMethods())
              .filter(m -> m.getName().equals("produceMessage"))
              .findFirst()
              .orElseThrow();
      return RexImpTable.createImplementor(
          (translator, call, operands) -> {
            List<Expression> arguments = new ArrayList<>();
            arguments.add(translator.getRoot());
            operands.forEach(
                o -> arguments.add(Expressions.convert_(Expressions.box(o), Object.class)));
            while (arguments.size() <= PARAMETERS.size()) {
              arguments.add(Expressions.constant(null, Object.class));
            }
            return Expressions.call(method, arguments);
          },
          NullPolicy.NONE,
          false);
    }
  }
}
