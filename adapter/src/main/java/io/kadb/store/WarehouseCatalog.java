package io.kadb.store;

import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.SQLException;
import java.util.List;

/** What the warehouse says of its tables. */
final class WarehouseCatalog {
  private static final String TABLE =
      " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";

  /**
   * Generated columns count as defaults there; a sequence of an identity column has to be asked.
   */
  private static final String COLUMNS =
      "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,"
          + " a.atthasdef OR pg_catalog.pg_get_serial_sequence("
          + "pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),"
          + " a.attname) IS NOT NULL"
          + " FROM pg_catalog.pg_attribute a"
          + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE a.attrelid = CAST(? AS OID) AND a.attnum > 0 AND NOT a.attisdropped"
          + " ORDER BY a.attnum";

  private WarehouseCatalog() {}

  /** Returns the columns of a table in their order. */
  static List<WarehouseColumn> columns(StoreSql sql, TableName table) throws SQLException {
    long oid =
        sql.number("SELECT c.oid" + TABLE, table.schema(), table.table())
            .orElseThrow(
                () ->
                    new KadbException(
                        ErrorCode.UNDEFINED_TABLE,
                        "the warehouse has no table " + KadbException.shown(table.toString())));
    return sql.query(
        COLUMNS,
        row ->
            new WarehouseColumn(
                row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)),
        oid);
  }
}
