package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlQualified;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/** The engine's validator, which leaves hidden columns out of {@code *}. */
final class StatementValidator extends SqlValidatorImpl {
  /** Where the stars of the select lists under way stand: what they expand to has their place. */
  private final Set<SqlParserPos> stars = new HashSet<>();

  StatementValidator(CalciteCatalogReader reader, RelDataTypeFactory factory) {
    super(
        EngineOperators.INSTANCE,
        reader,
        factory,
        Config.DEFAULT
            .withConformance(SqlConformanceEnum.LENIENT)
            .withIdentifierExpansion(true)
            .withTypeCoercionEnabled(true)
            .withTypeCoercionFactory(ByteaComparisons::new)
            .withDefaultNullCollation(NullCollation.HIGH));
  }

  @Override
  protected RelDataType validateSelectList(
      SqlNodeList selectItems, SqlSelect select, RelDataType targetRowType) {
    for (SqlNode item : selectItems) {
      if (item instanceof SqlIdentifier identifier && identifier.isStar()) {
        stars.add(identifier.getParserPosition());
      } else if (item instanceof SqlStarExclude exclude) {
        stars.add(exclude.getStarIdentifier().getParserPosition());
      } else if (item instanceof SqlStarReplace replace) {
        stars.add(replace.getStarIdentifier().getParserPosition());
      }
    }
    RelDataType type = super.validateSelectList(selectItems, select, targetRowType);
    if (type.getFieldCount() == 0) {
      throw new KadbException(
              ErrorCode.COLUMNS_DO_NOT_SUIT_FORMAT, "the foreign table has no columns")
          .withHint("ALTER FOREIGN TABLE … ADD COLUMN …, or name hidden columns such as _value")
          .inStatement(
              selectItems.getParserPosition().getLineNum(),
              selectItems.getParserPosition().getColumnNum());
    }
    return type;
  }

  @Override
  protected void addToSelectList(
      List<SqlNode> list,
      Set<String> aliases,
      List<Map.Entry<String, RelDataType>> fieldList,
      SqlNode exp,
      SelectScope scope,
      boolean includeSystemVars) {
    boolean fromStar = exp instanceof SqlIdentifier && stars.contains(exp.getParserPosition());
    if (!fromStar || !isHidden((SqlIdentifier) exp, scope)) {
      super.addToSelectList(list, aliases, fieldList, exp, scope, includeSystemVars);
    }
  }

  /** Hidden columns of two foreign tables have the same names, but nobody means to join by them. */
  @Override
  protected void validateJoin(SqlJoin join, SqlValidatorScope scope) {
    super.validateJoin(join, scope);
    if (join.isNatural() && hasHidden(join.getLeft()) && hasHidden(join.getRight())) {
      throw new KadbException(ErrorCode.UNSUPPORTED, "NATURAL JOIN of two foreign tables")
          .withHint("name the columns: JOIN … USING (…)");
    }
  }

  private boolean hasHidden(SqlNode side) {
    SqlValidatorNamespace namespace = getNamespace(side);
    SqlValidatorTable table = namespace == null ? null : namespace.getTable();
    return table != null && table.unwrap(KafkaTable.class) != null;
  }

  @Override
  public CalciteException handleUnresolvedFunction(
      SqlCall call,
      SqlOperator unresolved,
      List<RelDataType> argumentTypes,
      @Nullable List<String> argumentNames) {
    String arguments =
        argumentTypes.stream()
            .map(type -> type.getSqlTypeName().getName().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    OffsetFunctionOperators.unresolved(unresolved.getNameAsId(), arguments)
        .ifPresent(
            error -> {
              throw error;
            });
    return super.handleUnresolvedFunction(call, unresolved, argumentTypes, argumentNames);
  }

  private static boolean isHidden(SqlIdentifier column, SelectScope scope) {
    String name = column.names.get(column.names.size() - 1);
    if (!name.startsWith("_")) {
      return false;
    }
    SqlQualified qualified = scope.fullyQualify(column);
    SqlValidatorTable table = qualified.namespace == null ? null : qualified.namespace.getTable();
    KafkaTable kafkaTable = table == null ? null : table.unwrap(KafkaTable.class);
    return kafkaTable != null && kafkaTable.isHidden(name);
  }

  /** Takes texts that are compared with a BYTEA for texts of one, and counts its bytes. */
  private static final class ByteaComparisons extends TypeCoercionImpl {
    ByteaComparisons(RelDataTypeFactory factory, SqlValidator validator) {
      super(factory, validator);
    }

    /** The engine would make a text of the BYTEA and give the length of that. */
    @Override
    public boolean builtinFunctionCoercion(
        SqlCallBinding binding, List<RelDataType> types, List<SqlTypeFamily> families) {
      boolean bytes = types.size() == 1 && SqlTypeUtil.isBinary(types.get(0));
      if (bytes && binding.getOperator().getName().equalsIgnoreCase("length")) {
        SqlNode value = binding.operand(0);
        SqlNode counted = TextCastFunction.CHARACTERS.createCall(value.getParserPosition(), value);
        binding.getCall().setOperand(0, counted);
        updateInferredType(
            counted,
            factory.createTypeWithNullability(
                factory.createSqlType(SqlTypeName.VARCHAR), types.get(0).isNullable()));
        return true;
      }
      return super.builtinFunctionCoercion(binding, types, families);
    }

    @Override
    public @Nullable RelDataType commonTypeForBinaryComparison(
        @Nullable RelDataType one, @Nullable RelDataType other) {
      if (one != null && other != null) {
        if (SqlTypeUtil.isBinary(one) && SqlTypeUtil.isCharacter(other)) {
          return factory.createTypeWithNullability(one, one.isNullable() || other.isNullable());
        } else if (SqlTypeUtil.isCharacter(one) && SqlTypeUtil.isBinary(other)) {
          return factory.createTypeWithNullability(other, one.isNullable() || other.isNullable());
        }
      }
      return super.commonTypeForBinaryComparison(one, other);
    }
  }
}
