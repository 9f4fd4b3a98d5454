package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** Describes the columns of a validated query as clients see them. */
final class ResultColumns {
  private final StatementValidator validator;
  private final CalciteSchema root;

  ResultColumns(StatementValidator validator, CalciteSchema root) {
    this.validator = validator;
    this.root = root;
  }

  /** Returns the columns; one that comes unchanged from a foreign table has its declared type. */
  List<ResultColumn> of(SqlNode validated) {
    RelDataType row = validator.getValidatedNodeType(validated);
    List<@Nullable List<String>> origins = validator.getFieldOrigins(validated);
    List<ResultColumn> columns = new ArrayList<>();
    for (RelDataTypeField field : row.getFieldList()) {
      List<String> origin =
          field.getIndex() < origins.size() ? origins.get(field.getIndex()) : null;
      String schema = origin == null || origin.size() < 3 ? "" : schema(origin);
      String table = origin == null || origin.size() < 2 ? "" : origin.get(origin.size() - 2);
      ColumnType type = declaredType(origin).orElseGet(() -> engineType(field, origin));
      columns.add(
          new ResultColumn(
              label(validated, field), type, field.getType().isNullable(), schema, table));
    }
    return columns;
  }

  /** Returns the type the engine says; of times of the warehouse it knows no digits. */
  private static ColumnType engineType(RelDataTypeField field, @Nullable List<String> origin) {
    ColumnType type = EngineTypes.toColumn(field.getType());
    boolean ofWarehouse = origin != null && origin.get(0).equals(SchemaTree.WAREHOUSE);
    return ofWarehouse && EngineValues.isTime(type) ? ColumnType.of(type.kind()) : type;
  }

  private static String schema(List<String> origin) {
    return String.join(".", origin.subList(0, origin.size() - 2));
  }

  private Optional<ColumnType> declaredType(@Nullable List<String> origin) {
    if (origin == null || origin.size() != 3) {
      return Optional.empty();
    }
    CalciteSchema schema = root.getSubSchema(origin.get(0), true);
    Table table = schema == null ? null : tableOf(schema, origin.get(1));
    if (!(table instanceof KafkaTable kafkaTable)) {
      return Optional.empty();
    }
    String column = origin.get(2);
    return kafkaTable.columns().stream()
        .filter(c -> c.name().equals(column))
        .map(ColumnDefinition::type)
        .findFirst();
  }

  private static @Nullable Table tableOf(CalciteSchema schema, String name) {
    CalciteSchema.TableEntry entry = schema.getTable(name, true);
    return entry == null ? null : entry.getTable();
  }

  /** Gives a column without a name the one PostgreSQL gives it. */
  private static String label(SqlNode validated, RelDataTypeField field) {
    String name = field.getName();
    if (!name.startsWith("EXPR$")) {
      return name;
    }
    SqlNode query = validated instanceof SqlOrderBy orderBy ? orderBy.query : validated;
    if (!(query instanceof SqlSelect select) || field.getIndex() >= select.getSelectList().size()) {
      return "?column?";
    }
    return label(select.getSelectList().get(field.getIndex()));
  }

  private static String label(SqlNode expression) {
    SqlNode plain =
        expression.getKind() == SqlKind.AS ? ((SqlCall) expression).operand(0) : expression;
    if (plain instanceof SqlIdentifier identifier) {
      return identifier.names.get(identifier.names.size() - 1);
    }
    return plain instanceof SqlCall call ? label(call) : "?column?";
  }

  private static String label(SqlCall call) {
    return switch (call.getKind()) {
      case CAST -> label(call.<SqlNode>operand(0));
      case CASE -> "case";
      default ->
          call.getOperator() instanceof SqlFunction
              ? call.getOperator().getName().toLowerCase(Locale.ROOT)
              : "?column?";
    };
  }
}
