package io.kadb.sql;

import io.kadb.catalog.TableName;
import io.kadb.store.StoreSession;
import io.kadb.store.WarehouseColumn;
import io.kadb.store.WarehouseTable;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables of the warehouse as metadata shows them. JDBC knows one level of schemas, so that
 * schema {@code public} of the warehouse is shown as {@code pg.public}; a statement may write it so
 * in double quotes.
 */
final class WarehouseTables {
  private static final String PREFIX = SchemaTree.WAREHOUSE + ".";

  private WarehouseTables() {}

  /** Returns the names of the schemas, sorted. */
  static List<String> schemas(StoreSession session) {
    return session.warehouseSchemas().stream().map(schema -> PREFIX + schema).toList();
  }

  /**
   * Returns the tables, by schema and name.
   *
   * @param tablePattern a pattern of LIKE for their names
   */
  static List<TableDescription> tables(StoreSession session, String tablePattern) {
    return session.warehouseTables(tablePattern).stream().map(WarehouseTables::describe).toList();
  }

  private static TableDescription describe(WarehouseTable table) {
    String schema = PREFIX + table.name().schema();
    String name = table.name().table();
    List<ResultColumn> columns = new ArrayList<>();
    for (WarehouseColumn column : table.columns()) {
      columns.add(
          new ResultColumn(
              column.name(), ColumnType.parse(column.typeSql()), !column.notNull(), schema, name));
    }
    return new TableDescription(schema, name, table.kind(), table.comment(), columns);
  }

  /** Returns the columns of a table's primary key in their order; none if it has none. */
  static List<String> primaryKey(StoreSession session, String schema, String table) {
    return inWarehouse(schema)
        .map(own -> session.warehousePrimaryKey(new TableName(own, table)))
        .orElse(List.of());
  }

  /** Returns the warehouse's own name of a schema that metadata shows. */
  static Optional<String> inWarehouse(String schema) {
    return schema.startsWith(PREFIX)
        ? Optional.of(schema.substring(PREFIX.length()))
        : Optional.empty();
  }
}
