package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What an {@link OffsetFunction} takes: a table by its OID or name, and perhaps a whole number of
 * milliseconds. A parameter of the statement is taken for a text, because a text may be a number
 * too.
 */
record OffsetFunctionArguments(OffsetFunction function) implements SqlOperandMetadata {
  private static final List<SqlTypeName> TYPES = List.of(SqlTypeName.VARCHAR, SqlTypeName.BIGINT);

  @Override
  public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
    List<String> found = new ArrayList<>();
    boolean allowed = true;
    for (int i = 0; i < call.getOperandCount(); i++) {
      SqlTypeName type = call.getOperandType(i).getSqlTypeName();
      found.add(type.getName().toLowerCase(Locale.ROOT));
      allowed &= i == 0 ? isTable(type) : isWhole(type);
    }
    if (!allowed && throwOnFailure) {
      throw notLike(String.join(", ", found));
    }
    return allowed;
  }

  private static boolean isTable(SqlTypeName type) {
    return isWhole(type) || SqlTypeName.CHAR_TYPES.contains(type);
  }

  private static boolean isWhole(SqlTypeName type) {
    return SqlTypeName.EXACT_TYPES.contains(type) || type == SqlTypeName.NULL;
  }

  /** Returns the error of a call with other arguments. */
  KadbException notLike(String arguments) {
    return new KadbException(
            ErrorCode.UNDEFINED_FUNCTION,
            "function " + function + "(" + arguments + ") does not exist")
        .withHint(
            "it is called as "
                + function.signature()
                + ", the table by its OID or by its name in single quotes");
  }

  /** Returns what parameters and NULL are taken for. */
  SqlOperandTypeInference inference() {
    return (call, returnType, operandTypes) -> {
      RelDataTypeFactory factory = call.getTypeFactory();
      for (int i = 0; i < operandTypes.length; i++) {
        operandTypes[i] = type(factory, i);
      }
    };
  }

  private static RelDataType type(RelDataTypeFactory factory, int argument) {
    return factory.createTypeWithNullability(
        factory.createSqlType(TYPES.get(Math.min(argument, TYPES.size() - 1))), true);
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return SqlOperandCountRanges.of(function.parameters().size());
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return function.signature();
  }

  @Override
  public List<RelDataType> paramTypes(RelDataTypeFactory factory) {
    List<RelDataType> types = new ArrayList<>();
    for (int i = 0; i < function.parameters().size(); i++) {
      types.add(type(factory, i));
    }
    return types;
  }

  @Override
  public List<String> paramNames() {
    return function.parameters();
  }
}
