package io.kadb.sql;

import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.TableMacro;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedTableMacro;
import org.jspecify.annotations.Nullable;

/**
 * {@code kadb.retry_rejects(t)} in FROM: the rows that the rejected messages of a foreign table
 * give now. Those that give rows leave {@code kadb.rejects} when the statement succeeds. The table
 * must be written as a literal, because it decides on the columns.
 */
final class RetryRejects extends SqlUserDefinedTableMacro {
  static final String NAME = "retry_rejects";

  static final List<String> QUALIFIED_NAME = List.of(OffsetsTable.SCHEMA, NAME);

  static final String SIGNATURE = "kadb.retry_rejects(ftable)";

  static final RetryRejects INSTANCE = new RetryRejects();

  private RetryRejects() {
    super(
        new SqlIdentifier(QUALIFIED_NAME, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.CURSOR,
        InferTypes.VARCHAR_1024,
        new Argument(),
        new NoMacro());
  }

  @Override
  public TranslatableTable getTable(SqlOperatorBinding call) {
    SqlCallBinding written = (SqlCallBinding) call;
    if (!(written.operand(0) instanceof SqlLiteral literal)) {
      throw new KadbException(
              ErrorCode.UNSUPPORTED,
              "kadb.retry_rejects: found an expression, wanted a literal: it decides on the"
                  + " columns")
          .withHint("write the table's name in single quotes, or its OID");
    }
    String text = String.valueOf(literal.toValue()).strip();
    Prepare.CatalogReader catalog =
        (Prepare.CatalogReader) written.getValidator().getCatalogReader();
    return find(catalog, text)
        .orElseThrow(
            () ->
                new KadbException(
                    ErrorCode.UNDEFINED_TABLE,
                    "foreign table " + KadbException.shown(text) + " does not exist"))
        .rejected();
  }

  private static Optional<KafkaTable> find(Prepare.CatalogReader catalog, String text) {
    if (text.matches("[0-9]+")) {
      return tables(catalog.getRootSchema())
          .filter(table -> Long.toString(table.definition().ftoid()).equals(text))
          .findFirst();
    }
    List<String> path = catalog.getSchemaPaths().get(0);
    TableName name = TableNames.resolve(text, path.isEmpty() ? "" : path.get(0));
    return Optional.ofNullable(catalog.getTable(List.of(name.schema(), name.table())))
        .map(table -> table.unwrap(KafkaTable.class));
  }

  private static Stream<KafkaTable> tables(CalciteSchema root) {
    return root.getSubSchemaMap().values().stream()
        .filter(schema -> schema.schema instanceof ForeignSchema)
        .flatMap(schema -> ((ForeignSchema) schema.schema).kafkaTables());
  }

  private record NoMacro() implements TableMacro {
    @Override
    public TranslatableTable apply(List<? extends @Nullable Object> arguments) {
      throw new KadbException(ErrorCode.INTERNAL, "a macro without its catalog");
    }

    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }
  }

  private record Argument() implements SqlOperandMetadata {
    @Override
    public List<RelDataType> paramTypes(RelDataTypeFactory factory) {
      return List.of(factory.createSqlType(SqlTypeName.VARCHAR));
    }

    @Override
    public List<String> paramNames() {
      return List.of("ftable");
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
      return true;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.of(1);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return SIGNATURE;
    }
  }
}
