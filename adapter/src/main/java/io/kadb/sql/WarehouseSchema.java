package io.kadb.sql;

import io.kadb.store.StoreSession;
import io.kadb.store.WarehouseSource;
import javax.sql.DataSource;
import org.apache.calcite.adapter.jdbc.JdbcCatalogSchema;
import org.apache.calcite.adapter.jdbc.JdbcConvention;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.schema.Schemas;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;

/**
 * The warehouse as schema {@code pg}, by the engine's own JDBC adapter: filters, joins and
 * aggregates over its tables are pushed into PostgreSQL. Read on the session's connection, so
 * inside its transaction.
 */
final class WarehouseSchema {
  /** Says that results give dates and times as numbers, see {@link WarehouseSource}. */
  private static final SqlDialect DIALECT =
      new PostgresqlSqlDialect(PostgresqlSqlDialect.DEFAULT_CONTEXT) {
        @Override
        public CalendarPolicy getCalendarPolicy() {
          return CalendarPolicy.DIRECT;
        }
      };

  private WarehouseSchema() {}

  static void addTo(CalciteSchema root, StoreSession session) {
    DataSource source = new WarehouseSource(session);
    Expression expression =
        Schemas.subSchemaExpression(root.plus(), SchemaTree.WAREHOUSE, JdbcCatalogSchema.class);
    JdbcConvention convention = JdbcConvention.of(DIALECT, expression, SchemaTree.WAREHOUSE);
    root.add(SchemaTree.WAREHOUSE, new JdbcCatalogSchema(source, DIALECT, convention, null));
  }
}
