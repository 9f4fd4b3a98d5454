package io.kadb.server.load;

import io.kadb.catalog.TableName;
import io.kadb.jdbc.WarehouseLoads;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Connections of a load to kadb and with it to the warehouse. */
final class Warehouse {
  private static final String PREFIX = "jdbc:kadb:";

  /**
   * The columns of a table, and which of them a row has to give. What is generated stands in the
   * information schema, which has had these columns before there was anything to say in them.
   */
  private static final String COLUMNS =
      "SELECT a.attname, format_type(a.atttypid, -1),"
          + " CASE WHEN t.typcategory IN ('N', 'D', 'T')"
          + " THEN format_type(a.atttypid, a.atttypmod) END,"
          + " a.attnotnull AND NOT a.atthasdef AND i.is_identity IS DISTINCT FROM 'YES',"
          + " coalesce(i.identity_generation = 'ALWAYS' OR i.is_generated = 'ALWAYS', false)"
          + " FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid"
          + " JOIN pg_class c ON c.oid = a.attrelid"
          + " JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " LEFT JOIN information_schema.columns i ON i.table_schema = n.nspname"
          + " AND i.table_name = c.relname AND i.column_name = a.attname"
          + " WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped"
          + " ORDER BY a.attnum";

  private Warehouse() {}

  /**
   * Opens a connection to kadb whose store is the warehouse, with autocommit off.
   *
   * @param url where it is, if the job does not say it
   * @param properties those of the connection
   */
  static Connection connect(LoadJob job, String url, Map<String, String> properties)
      throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    job.warehouse()
        .ifPresent(
            warehouse -> {
              all.setProperty("store", warehouse.toString());
              warehouse.user().ifPresent(user -> all.setProperty("storeUser", user));
              warehouse.password().ifPresent(p -> all.setProperty("storePassword", p));
            });
    Connection kadb = DriverManager.getConnection(job.warehouse().isPresent() ? PREFIX : url, all);
    try {
      kadb.setAutoCommit(false);
      return kadb;
    } catch (SQLException | RuntimeException e) {
      kadb.close();
      throw e;
    }
  }

  /** Returns what loads by a connection. */
  static WarehouseLoads loads(Connection kadb) throws SQLException {
    if (!kadb.isWrapperFor(WarehouseLoads.class)) {
      throw new LoadFailure(
          "a load runs in the process that reads the topic; the URL has to be of the form"
              + " jdbc:kadb:?store=jdbc:postgresql://host/database");
    }
    return kadb.unwrap(WarehouseLoads.class);
  }

  /** Returns the columns of a table in the warehouse; fails if there is no such table. */
  static List<TargetColumn> columns(Connection warehouse, TableName table) throws SQLException {
    List<TargetColumn> columns =
        Sql.rows(warehouse, COLUMNS, table.schema(), table.table()).stream()
            .map(Warehouse::column)
            .toList();
    if (columns.isEmpty()) {
      throw new SQLException("the warehouse has no table " + table, "42P01");
    }
    return columns;
  }

  private static TargetColumn column(List<@Nullable String> row) {
    return new TargetColumn(
        String.valueOf(row.get(0)),
        String.valueOf(row.get(1)),
        Optional.ofNullable(row.get(2)),
        "t".equals(row.get(3)),
        "t".equals(row.get(4)));
  }
}
