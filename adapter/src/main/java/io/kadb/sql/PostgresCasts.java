package io.kadb.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code x::regclass} and {@code CAST(x AS regclass)} into a call of a function, and {@code
 * now()} into {@code CURRENT_TIMESTAMP}; casts to NUMERIC keep the digits after the point, those to
 * types whose values are texts to the engine check them.
 */
final class PostgresCasts extends SqlShuttle {
  private static final String NUMERIC = "numeric";
  private static final String UUID = "uuid";
  private static final Set<String> TEXTS = Set.of("text", "varchar", "char", "bpchar");

  private static final Map<String, SqlOperator> CHECKS =
      Map.of(
          "json", TextCastFunction.JSON,
          "jsonb", TextCastFunction.JSONB,
          "interval", TextCastFunction.INTERVAL);

  private PostgresCasts() {}

  static SqlNode rewrite(SqlNode statement) {
    SqlNode rewritten = statement.accept(new PostgresCasts());
    return PostgresFunctions.rewrite(rewritten == null ? statement : rewritten);
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (visited instanceof SqlCall inner && isCast(inner) && toRegclass(inner.operand(1))) {
      return SessionFunction.REGCLASS.createCall(
          inner.getParserPosition(), inner.<SqlNode>operand(0));
    }
    if (visited instanceof SqlCall inner
        && isCast(inner)
        && inner.operand(0) instanceof SqlCall table
        && table.getOperator() == SessionFunction.REGCLASS) {
      SqlOperator operator =
          isText(inner.operand(1)) ? SessionFunction.REGCLASS_NAME : SessionFunction.REGCLASS_OID;
      inner.setOperand(
          0, operator.createCall(table.getParserPosition(), table.<SqlNode>operand(0)));
      return inner;
    }
    if (visited instanceof SqlCall inner && isCast(inner) && CHECKS.containsKey(name(inner))) {
      return CHECKS.get(name(inner)).createCall(inner.getParserPosition(), text(inner));
    }
    if (visited instanceof SqlCall inner
        && isCast(inner)
        && inner.operand(0) instanceof SqlDynamicParam
        && name(inner).equals(UUID)) {
      inner.setOperand(0, text(inner));
    }
    if (visited instanceof SqlCall inner && isCast(inner)) {
      withAllDigits(inner);
    }
    return visited instanceof SqlCall inner && isNow(inner)
        ? SqlStdOperatorTable.CURRENT_TIMESTAMP.createCall(inner.getParserPosition())
        : visited;
  }

  /** A parameter comes with all its digits; the cast rounds it. */
  private static void withAllDigits(SqlCall cast) {
    if (cast.operand(0) instanceof SqlDynamicParam
        && cast.operand(1) instanceof SqlDataTypeSpec spec
        && spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
        && basic.getPrecision() != RelDataType.PRECISION_NOT_SPECIFIED) {
      SqlTypeName type = SqlTypeName.get(basic.getTypeName().getSimple());
      if (type != null && SqlTypeName.DATETIME_TYPES.contains(type)) {
        SqlParserPos here = cast.getParserPosition();
        SqlDataTypeSpec open = new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, here), here);
        cast.setOperand(0, cast.getOperator().createCall(here, cast.<SqlNode>operand(0), open));
      }
    }
  }

  /** Returns the operand of a cast as a text, also if it is a parameter. */
  private static SqlNode text(SqlCall cast) {
    SqlParserPos here = cast.getParserPosition();
    SqlDataTypeSpec text = new SqlDataTypeSpec(new SqlUserDefinedTypeNameSpec("text", here), here);
    return cast.getOperator().createCall(here, cast.<SqlNode>operand(0), text);
  }

  /** Returns the name of the type that a cast is to, in lower case; empty for one of none. */
  private static String name(SqlCall cast) {
    if (cast.operand(1) instanceof SqlIntervalQualifier interval) {
      // So the parser reads the type without fields; of numbers the engine makes seconds.
      boolean bare = interval.timeUnitRange == TimeUnitRange.SECOND;
      return bare && !(cast.operand(0) instanceof SqlNumericLiteral) ? "interval" : "";
    }
    return cast.operand(1) instanceof SqlDataTypeSpec spec
            && spec.getTypeName() != null
            && spec.getTypeName().isSimple()
        ? spec.getTypeName().getSimple().toLowerCase(Locale.ROOT)
        : "";
  }

  /** Metadata shows schemas of the warehouse as {@code pg.public}: that is two names. */
  @Override
  public SqlNode visit(SqlIdentifier identifier) {
    return identifier.names.size() > 1
        ? WarehouseTables.inWarehouse(identifier.names.get(0))
            .map(schema -> qualified(schema, identifier))
            .orElse(identifier)
        : identifier;
  }

  private static SqlNode qualified(String schema, SqlIdentifier identifier) {
    List<String> names = new ArrayList<>(identifier.names);
    names.set(0, schema);
    names.add(0, SchemaTree.WAREHOUSE);
    return new SqlIdentifier(names, identifier.getParserPosition());
  }

  /** The engine takes NUMERIC without a scale for one of scale 0. */
  @Override
  public SqlNode visit(SqlDataTypeSpec type) {
    return type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
            && type.getTypeName().getSimple().equals(SqlTypeName.DECIMAL.getName())
            && basic.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED
        ? new SqlDataTypeSpec(
            new SqlUserDefinedTypeNameSpec(NUMERIC, type.getParserPosition()),
            type.getParserPosition())
        : type;
  }

  private static boolean isNow(SqlCall call) {
    return call.getOperator() instanceof SqlFunction function
        && function.getName().equalsIgnoreCase("now")
        && call.operandCount() == 0;
  }

  private static boolean isCast(SqlCall call) {
    return call.getKind() == SqlKind.CAST || call.getOperator() == SqlLibraryOperators.INFIX_CAST;
  }

  private static boolean isText(SqlNode type) {
    return type instanceof SqlDataTypeSpec spec
        && spec.getTypeName() != null
        && TEXTS.contains(spec.getTypeName().getSimple().toLowerCase(Locale.ROOT));
  }

  private static boolean toRegclass(SqlNode type) {
    return type instanceof SqlDataTypeSpec spec
        && spec.getTypeName() != null
        && spec.getTypeName().isSimple()
        && spec.getTypeName().getSimple().equalsIgnoreCase("regclass");
  }
}
