package io.kadb.sql;

import io.kadb.store.StoreSession;
import io.kadb.store.WarehouseSource;
import javax.sql.DataSource;
import org.apache.calcite.adapter.jdbc.JdbcCatalogSchema;
import org.apache.calcite.adapter.jdbc.JdbcConvention;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.Schemas;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The warehouse as schema {@code pg}, by the engine's own JDBC adapter: filters, joins and
 * aggregates over its tables are pushed into PostgreSQL. Read on the session's connection, so
 * inside its transaction.
 */
final class WarehouseSchema {
  /** Says that results give dates and times as numbers, see {@link WarehouseSource}. */
  private static final SqlDialect DIALECT =
      new PostgresqlSqlDialect(
          PostgresqlSqlDialect.DEFAULT_CONTEXT.withDataTypeSystem(EngineTypeSystem.INSTANCE)) {
        @Override
        public @Nullable SqlNode getCastSpec(RelDataType type) {
          return switch (type.getSqlTypeName()) {
            case BINARY, VARBINARY -> spec("BYTEA", type);
            case DECIMAL ->
                type.getScale() >= EngineTypeSystem.OPEN_SCALE
                    ? spec("NUMERIC", type)
                    : super.getCastSpec(type);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                spec("TIMESTAMPTZ(" + type.getPrecision() + ")", type);
            default -> super.getCastSpec(type);
          };
        }

        @Override
        public void unparseCall(SqlWriter writer, SqlCall call, int before, int after) {
          if (call.getOperator() != SqlStdOperatorTable.TRUNCATE) {
            super.unparseCall(writer, call, before, after);
            return;
          }
          SqlWriter.Frame arguments = writer.startFunCall("TRUNC");
          for (SqlNode operand : call.getOperandList()) {
            writer.sep(",");
            operand.unparse(writer, 0, 0);
          }
          writer.endFunCall(arguments);
        }

        /** A rule of the engine takes the nodes of windows out of the warehouse's hands. */
        @Override
        public boolean supportsWindowFunctions() {
          return false;
        }

        @Override
        public CalendarPolicy getCalendarPolicy() {
          return CalendarPolicy.DIRECT;
        }
      };

  private WarehouseSchema() {}

  private static SqlNode spec(String name, RelDataType type) {
    return new SqlDataTypeSpec(
        new SqlAlienSystemTypeNameSpec(name, type.getSqlTypeName(), SqlParserPos.ZERO),
        SqlParserPos.ZERO);
  }

  static void addTo(CalciteSchema root, StoreSession session) {
    DataSource source = new WarehouseSource(session, ByteString::new);
    Expression expression =
        Schemas.subSchemaExpression(root.plus(), SchemaTree.WAREHOUSE, JdbcCatalogSchema.class);
    JdbcConvention convention = JdbcConvention.of(DIALECT, expression, SchemaTree.WAREHOUSE);
    root.add(SchemaTree.WAREHOUSE, new JdbcCatalogSchema(source, DIALECT, convention, null));
  }
}
