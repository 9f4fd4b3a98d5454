package io.kadb.store;

import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the warehouse says of its tables. */
final class WarehouseCatalog {
  private static final String TABLE =
      " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.oid = CASE WHEN CAST(? AS TEXT) = 'pg_temp' THEN pg_catalog.pg_my_temp_schema()"
          + " ELSE (SELECT s.oid FROM pg_catalog.pg_namespace s WHERE s.nspname = ?) END"
          + " AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";

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

  private static final String OF_USERS =
      " n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'kadb')";

  private static final String SCHEMAS =
      "SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE" + OF_USERS + " ORDER BY n.nspname";

  /** A row for each column; a table without columns has one row. */
  private static final String TABLES =
      "SELECT n.nspname, c.relname, c.relkind, pg_catalog.obj_description(c.oid, 'pg_class'),"
          + " a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,"
          + " a.atthasdef"
          + " FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " LEFT JOIN pg_catalog.pg_attribute a"
          + " ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
          + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname LIKE ? AND"
          + OF_USERS
          + " ORDER BY n.nspname, c.relname, a.attnum";

  private static final String PRIMARY_KEY =
      "SELECT a.attname FROM (SELECT i.indrelid, i.indkey,"
          + " pg_catalog.generate_subscripts(i.indkey, 1) AS k FROM pg_catalog.pg_index i"
          + " JOIN pg_catalog.pg_class c ON c.oid = i.indrelid"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE i.indisprimary AND n.nspname = ? AND c.relname = ?) key"
          + " JOIN pg_catalog.pg_attribute a"
          + " ON a.attrelid = key.indrelid AND a.attnum = key.indkey[key.k] ORDER BY key.k";

  private WarehouseCatalog() {}

  /** A column of a table, or a table without columns. */
  private record Found(
      TableName table, String kind, String comment, Optional<WarehouseColumn> column) {
    static Found of(ResultSet row) throws SQLException {
      String comment = row.getString(4);
      String column = row.getString(5);
      String kind =
          switch (row.getString(3)) {
            case "v", "m" -> "VIEW";
            case "f" -> "FOREIGN TABLE";
            default -> "TABLE";
          };
      return new Found(
          new TableName(row.getString(1), row.getString(2)),
          kind,
          comment == null ? "" : comment,
          column == null
              ? Optional.empty()
              : Optional.of(
                  new WarehouseColumn(
                      column, row.getString(6), row.getBoolean(7), row.getBoolean(8))));
    }
  }

  /** Returns the names of the users' schemas, sorted. */
  static List<String> schemas(StoreSql sql) throws SQLException {
    return sql.query(SCHEMAS, row -> row.getString(1));
  }

  /** Returns the users' tables whose names are like a pattern, by schema and name. */
  static List<WarehouseTable> tables(StoreSql sql, String nameLike) throws SQLException {
    Map<TableName, List<Found>> tables = new LinkedHashMap<>();
    for (Found found : sql.query(TABLES, Found::of, nameLike)) {
      tables.computeIfAbsent(found.table(), name -> new ArrayList<>()).add(found);
    }
    return tables.entrySet().stream()
        .map(
            table ->
                new WarehouseTable(
                    table.getKey(),
                    table.getValue().get(0).kind(),
                    table.getValue().get(0).comment(),
                    table.getValue().stream().flatMap(found -> found.column().stream()).toList()))
        .toList();
  }

  /** Returns the columns of a table's primary key in the order of the key. */
  static List<String> primaryKey(StoreSql sql, TableName table) throws SQLException {
    return sql.query(PRIMARY_KEY, row -> row.getString(1), table.schema(), table.table());
  }

  /** Returns the columns of a table in their order. */
  static List<WarehouseColumn> columns(StoreSql sql, TableName table) throws SQLException {
    long oid =
        sql.number("SELECT c.oid" + TABLE, table.schema(), table.schema(), table.table())
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
