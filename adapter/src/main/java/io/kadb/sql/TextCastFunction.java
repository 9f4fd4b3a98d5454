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
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * A cast by PostgreSQL's rules. It stands only in rewritten plans, except for the checks of texts
 * that stay texts, which stand in rewritten statements.
 */
final class TextCastFunction extends SqlUserDefinedFunction {
  private static final TextCastFunction OF_BOOLEAN = named("ofBoolean", SqlTypeName.VARCHAR);
  private static final TextCastFunction OF_BYTEA = named("ofBytea", SqlTypeName.VARCHAR);
  private static final TextCastFunction OF_REAL = named("ofReal", SqlTypeName.VARCHAR);
  private static final TextCastFunction OF_DOUBLE = named("ofDouble", SqlTypeName.VARCHAR);
  private static final TextCastFunction OF_NUMERIC = named("ofNumeric", SqlTypeName.VARCHAR);

  /** Whole numbers, as BIGINT, of others; the second argument names the type to stay in. */
  static final TextCastFunction ROUND_NUMERIC = named("roundNumeric", SqlTypeName.BIGINT);

  static final TextCastFunction ROUND_DOUBLE = named("roundDouble", SqlTypeName.BIGINT);

  /** The quotient of two NUMERICs. */
  static final TextCastFunction DIVIDE = named("divide", SqlTypeName.DECIMAL);

  /** A text with one character for each byte of a BYTEA. */
  static final TextCastFunction CHARACTERS = named("characters", SqlTypeName.VARCHAR);

  /** Texts of types whose values are texts to the engine. */
  static final TextCastFunction JSON = named("checkedJson", SqlTypeName.VARCHAR);

  static final TextCastFunction JSONB = named("checkedJsonb", SqlTypeName.VARCHAR);
  static final TextCastFunction INTERVAL = named("checkedInterval", SqlTypeName.VARCHAR);

  /** The cast to BYTEA that the warehouse may do: the engine's binary literals are bits to it. */
  static final TextCastFunction WAREHOUSE_BYTEA =
      new TextCastFunction("KADB_CAST_BYTEA", "toBytea", SqlTypeName.VARBINARY, "BYTEA");

  private static final TextCastFunction BOOLEAN = of("toBoolean", SqlTypeName.BOOLEAN);
  private static final TextCastFunction SMALLINT = of("toSmallint", SqlTypeName.SMALLINT);
  private static final TextCastFunction INTEGER = of("toInteger", SqlTypeName.INTEGER);
  private static final TextCastFunction BIGINT = of("toBigint", SqlTypeName.BIGINT);
  private static final TextCastFunction REAL = of("toReal", SqlTypeName.REAL);
  private static final TextCastFunction DOUBLE = of("toDouble", SqlTypeName.DOUBLE);
  private static final TextCastFunction NUMERIC = of("toNumeric", SqlTypeName.DECIMAL);
  private static final TextCastFunction DATE = of("toDate", SqlTypeName.DATE);
  private static final TextCastFunction BYTEA = of("toBytea", SqlTypeName.VARBINARY);
  private static final TextCastFunction UUID = of("toUuid", SqlTypeName.UUID);

  /** What the warehouse calls the type; null if it is not asked for. */
  private final @Nullable String warehouseType;

  private TextCastFunction(
      String name, String method, SqlTypeName result, @Nullable String warehouseType) {
    super(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(result).andThen(SqlTypeTransforms.TO_NULLABLE),
        null,
        OperandTypes.operandMetadata(
            List.of(SqlTypeFamily.ANY),
            factory -> List.of(factory.createSqlType(SqlTypeName.ANY)),
            i -> "argument",
            i -> false),
        new Call(method(method)));
    this.warehouseType = warehouseType;
  }

  private static TextCastFunction of(String method, SqlTypeName result) {
    return new TextCastFunction("KADB_CAST_" + result, method, result, null);
  }

  private static TextCastFunction named(String method, SqlTypeName result) {
    return new TextCastFunction("KADB_CAST_" + method, method, result, null);
  }

  private static Method method(String name) {
    return Arrays.stream(TextCastCalls.class.getMethods())
        .filter(m -> m.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Says whether the warehouse may do it, which knows no functions of users. */
  @Override
  public SqlFunctionCategory getFunctionType() {
    return warehouseType == null ? super.getFunctionType() : SqlFunctionCategory.SYSTEM;
  }

  /** What the warehouse may do must not become a literal before. */
  @Override
  public boolean isDeterministic() {
    return warehouseType == null;
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
    if (warehouseType == null) {
      super.unparse(writer, call, leftPrecedence, rightPrecedence);
      return;
    }
    SqlWriter.Frame frame = writer.startFunCall("CAST");
    call.operand(0).unparse(writer, 0, 0);
    writer.keyword("AS " + warehouseType);
    writer.endFunCall(frame);
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
      case DATE -> Optional.of(DATE);
      case BINARY, VARBINARY -> Optional.of(BYTEA);
      case UUID -> Optional.of(UUID);
      default -> Optional.empty();
    };
  }

  /** Returns what makes texts of a type, if it is not the engine's own cast. */
  static Optional<TextCastFunction> textOf(SqlTypeName type) {
    return switch (type) {
      case BOOLEAN -> Optional.of(OF_BOOLEAN);
      case BINARY, VARBINARY -> Optional.of(OF_BYTEA);
      case REAL -> Optional.of(OF_REAL);
      case FLOAT, DOUBLE -> Optional.of(OF_DOUBLE);
      case DECIMAL -> Optional.of(OF_NUMERIC);
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
