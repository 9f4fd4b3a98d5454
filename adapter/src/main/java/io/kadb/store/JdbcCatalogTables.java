package io.kadb.store;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.ServerDefinition;
import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The definitions in the store's tables.
 *
 * <p>Every change updates the one row of {@code catalog_state} first. So changes come one after
 * another, what a change looks up stays true until it commits, and no constraint of the database is
 * needed to keep names unique and servers in place.
 */
final class JdbcCatalogTables implements CatalogTables {
  /** One statement, so that it shows one moment whatever the isolation. */
  private static final String READ =
      "SELECT 1, CAST(0 AS BIGINT), schema_name, '', '', '', '' FROM {schemas}"
          + " UNION ALL SELECT 2, CAST(0 AS BIGINT), server_name, server_type, server_version,"
          + " '', options FROM {servers}"
          + " UNION ALL SELECT 3, CAST(ftoid AS BIGINT), table_schema, table_name, server_name,"
          + " columns, options FROM {foreign_tables}";

  private static final int MAX_VERSION_STEP = 1 << 30;

  private final JdbcStore store;
  private final StoreTransaction transaction;

  JdbcCatalogTables(JdbcStore store, StoreTransaction transaction) {
    this.store = store;
    this.transaction = transaction;
  }

  @Override
  public Definitions read() {
    List<String> schemas = new ArrayList<>();
    List<ServerDefinition> servers = new ArrayList<>();
    List<ForeignTable> tables = new ArrayList<>();
    transaction.read(
        sql -> {
          // The call may be repeated on a new connection.
          schemas.clear();
          servers.clear();
          tables.clear();
          return sql.query(
              READ,
              row ->
                  switch (row.getInt(1)) {
                    case 1 -> schemas.add(row.getString(3));
                    case 2 -> servers.add(server(row));
                    default -> tables.add(table(row));
                  });
        });
    schemas.sort(Comparator.naturalOrder());
    servers.sort(Comparator.comparing(ServerDefinition::name));
    tables.sort(
        Comparator.comparing((ForeignTable t) -> t.name().schema())
            .thenComparing(t -> t.name().table()));
    return new Definitions(servers, tables, schemas);
  }

  private static ServerDefinition server(ResultSet row) throws SQLException {
    return new ServerDefinition(
        row.getString(3),
        Optional.ofNullable(row.getString(4)),
        Optional.ofNullable(row.getString(5)),
        DefinitionsJson.readOptions(row.getString(7)));
  }

  private static ForeignTable table(ResultSet row) throws SQLException {
    return new ForeignTable(
        row.getLong(2),
        new TableName(row.getString(3), row.getString(4)),
        row.getString(5),
        DefinitionsJson.readColumns(row.getString(6)),
        DefinitionsJson.readOptions(row.getString(7)));
  }

  @Override
  public long version() {
    return transaction.read(sql -> sql.number("SELECT version FROM {catalog_state}").orElseThrow());
  }

  @Override
  public void createServer(ServerDefinition server) {
    change(
        sql -> {
          if (serverExists(sql, server.name())) {
            throw new KadbException(
                ErrorCode.DUPLICATE_OBJECT, "server " + shown(server.name()) + " exists");
          }
          return sql.update(
              "INSERT INTO {servers} (server_name, server_type, server_version, options)"
                  + " VALUES (?, ?, ?, ?)",
              server.name(),
              server.type().orElse(null),
              server.version().orElse(null),
              DefinitionsJson.write(server.options()));
        });
  }

  @Override
  public void replaceServer(ServerDefinition server) {
    change(
        sql -> {
          requireServer(sql, server.name());
          return sql.update(
              "UPDATE {servers} SET server_type = ?, server_version = ?, options = ?"
                  + " WHERE server_name = ?",
              server.type().orElse(null),
              server.version().orElse(null),
              DefinitionsJson.write(server.options()),
              server.name());
        });
  }

  @Override
  public void dropServer(String name) {
    change(
        sql -> {
          requireServer(sql, name);
          List<String> dependents =
              sql.query(
                  "SELECT table_schema, table_name FROM {foreign_tables} WHERE server_name = ?",
                  row -> new TableName(row.getString(1), row.getString(2)).toString(),
                  name);
          refuseDependents("server " + shown(name), dependents, "DROP SERVER … CASCADE");
          return sql.update("DELETE FROM {servers} WHERE server_name = ?", name);
        });
  }

  @Override
  public ForeignTable createTable(
      TableName name, String server, List<ColumnDefinition> columns, Map<String, String> options) {
    return change(
        sql -> {
          requireSchema(sql, name.schema());
          requireServer(sql, server);
          refuseNameOfAnother(sql, name, Optional.empty());
          ForeignTable table = new ForeignTable(newFtoid(sql), name, server, columns, options);
          sql.update(
              "INSERT INTO {foreign_tables}"
                  + " (ftoid, table_schema, table_name, server_name, columns, options)"
                  + " VALUES (?, ?, ?, ?, ?, ?)",
              table.ftoid(),
              name.schema(),
              name.table(),
              server,
              DefinitionsJson.write(columns),
              DefinitionsJson.write(options));
          return table;
        });
  }

  /** Returns an OID above all that were ever given, and above those somebody keeps offsets for. */
  private long newFtoid(StoreSql sql) throws SQLException {
    long first = store.firstFtoid();
    long next = sql.number("SELECT next_ftoid FROM {catalog_state}").orElseThrow();
    long used =
        sql.number("SELECT max(ftoid) FROM {offsets} WHERE ftoid >= ?", first).orElse(first - 1);
    long ftoid = store.takeFtoid(Math.max(Math.max(first, next), used + 1));
    if (ftoid > OffsetChange.MAX_OID) {
      throw new KadbException(ErrorCode.LIMIT_EXCEEDED, "no OID is left for a new foreign table")
          .withHint("delete the rows of kadb.offsets whose ftoid is that of no foreign table");
    }
    sql.update("UPDATE {catalog_state} SET next_ftoid = ?", ftoid + 1);
    return ftoid;
  }

  @Override
  public void replaceTable(ForeignTable table) {
    change(
        sql -> {
          requireTable(sql, table.ftoid());
          requireSchema(sql, table.name().schema());
          requireServer(sql, table.server());
          refuseNameOfAnother(sql, table.name(), Optional.of(table.ftoid()));
          return sql.update(
              "UPDATE {foreign_tables} SET table_schema = ?, table_name = ?, server_name = ?,"
                  + " columns = ?, options = ? WHERE ftoid = ?",
              table.name().schema(),
              table.name().table(),
              table.server(),
              DefinitionsJson.write(table.columns()),
              DefinitionsJson.write(table.options()),
              table.ftoid());
        });
  }

  @Override
  public void dropTable(long ftoid) {
    change(
        sql -> {
          requireTable(sql, ftoid);
          sql.update("DELETE FROM {offsets} WHERE ftoid = ?", ftoid);
          return sql.update("DELETE FROM {foreign_tables} WHERE ftoid = ?", ftoid);
        });
  }

  @Override
  public void createSchema(String name) {
    change(
        sql -> {
          if (schemaExists(sql, name)) {
            throw new KadbException(
                ErrorCode.DUPLICATE_SCHEMA, "schema " + shown(name) + " exists");
          }
          return sql.update("INSERT INTO {schemas} (schema_name) VALUES (?)", name);
        });
  }

  @Override
  public void dropSchema(String name) {
    change(
        sql -> {
          requireSchema(sql, name);
          List<String> dependents =
              sql.query(
                  "SELECT table_name FROM {foreign_tables} WHERE table_schema = ?",
                  row -> new TableName(name, row.getString(1)).toString(),
                  name);
          refuseDependents("schema " + shown(name), dependents, "DROP SCHEMA … CASCADE");
          return sql.update("DELETE FROM {schemas} WHERE schema_name = ?", name);
        });
  }

  private <T> T change(StoreTransaction.Call<T> call) {
    return transaction.write(
        JdbcStore.LOCK_WAIT,
        sql -> {
          // A step of one would give the same number again after a rollback, for other changes.
          long step = ThreadLocalRandom.current().nextInt(1, MAX_VERSION_STEP);
          sql.update("UPDATE {catalog_state} SET version = version + ?", step);
          return call.on(sql);
        });
  }

  private static boolean serverExists(StoreSql sql, String name) throws SQLException {
    return sql.exists("SELECT 1 FROM {servers} WHERE server_name = ?", name);
  }

  private static boolean schemaExists(StoreSql sql, String name) throws SQLException {
    return sql.exists("SELECT 1 FROM {schemas} WHERE schema_name = ?", name);
  }

  private static void requireServer(StoreSql sql, String name) throws SQLException {
    if (!serverExists(sql, name)) {
      throw new KadbException(ErrorCode.UNDEFINED_OBJECT, "no server " + shown(name));
    }
  }

  private static void requireSchema(StoreSql sql, String name) throws SQLException {
    if (!schemaExists(sql, name)) {
      throw new KadbException(ErrorCode.UNDEFINED_SCHEMA, "no schema " + shown(name));
    }
  }

  private static void requireTable(StoreSql sql, long ftoid) throws SQLException {
    if (!sql.exists("SELECT 1 FROM {foreign_tables} WHERE ftoid = ?", ftoid)) {
      throw new KadbException(ErrorCode.UNDEFINED_TABLE, "no foreign table with OID " + ftoid);
    }
  }

  private static void refuseNameOfAnother(StoreSql sql, TableName name, Optional<Long> own)
      throws SQLException {
    Optional<Long> found =
        sql.number(
            "SELECT ftoid FROM {foreign_tables} WHERE table_schema = ? AND table_name = ?",
            name.schema(),
            name.table());
    if (found.isPresent() && !found.equals(own)) {
      throw new KadbException(
          ErrorCode.DUPLICATE_TABLE, "foreign table " + shown(name.toString()) + " exists");
    }
  }

  private static void refuseDependents(String what, List<String> dependents, String hint) {
    if (!dependents.isEmpty()) {
      String first = dependents.stream().sorted().findFirst().orElseThrow();
      int others = dependents.size() - 1;
      throw new KadbException(
              ErrorCode.DEPENDENT_OBJECTS,
              "foreign table %s%s belong%s to %s"
                  .formatted(
                      shown(first),
                      others == 0 ? "" : " and " + others + " more",
                      others == 0 ? "s" : "",
                      what))
          .withHint(hint);
    }
  }

  private static String shown(String name) {
    return KadbException.shown(name);
  }
}
