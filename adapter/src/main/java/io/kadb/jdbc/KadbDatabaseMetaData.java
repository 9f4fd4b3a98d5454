package io.kadb.jdbc;

import static io.kadb.jdbc.MetaTable.row;

import io.kadb.sql.ResultColumn;
import io.kadb.sql.TableDescription;
import io.kadb.type.ColumnType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the database behind a connection. Catalogs do not exist; nothing here asks
 * Kafka.
 */
final class KadbDatabaseMetaData extends EmptyMetaData {
  /** What the names of the warehouse's schemas begin with: they are asked for only if wanted. */
  private static final String WAREHOUSE = "pg.";

  /** The place of the column in a row of primary keys, which JDBC orders by it. */
  private static final int KEY_COLUMN = 3;

  private static final List<String> TABLE_TYPES =
      List.of("FOREIGN TABLE", "SYSTEM TABLE", "TABLE", "VIEW");

  private final KadbConnection connection;

  KadbDatabaseMetaData(KadbConnection connection) {
    this.connection = connection;
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      String @Nullable [] types)
      throws SQLException {
    Set<String> wanted = types == null ? Set.copyOf(TABLE_TYPES) : Set.of(distinct(types));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    // JDBC wants them by type first; the sort keeps schema and name in order within a type.
    tables(catalog, schemaPattern, tablePattern)
        .filter(table -> wanted.contains(table.type()))
        .sorted(Comparator.comparing(TableDescription::type))
        .forEach(
            t ->
                rows.add(
                    row(
                        null,
                        t.schema(),
                        t.name(),
                        t.type(),
                        t.remarks(),
                        null,
                        null,
                        null,
                        null,
                        null)));
    return MetaTable.TABLES.result(rows);
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    LikePattern wanted = new LikePattern(columnPattern);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (TableDescription table : tables(catalog, schemaPattern, tablePattern).toList()) {
      for (int i = 0; i < table.columns().size(); i++) {
        ResultColumn column = table.columns().get(i);
        if (wanted.matches(column.label())) {
          rows.add(columnRow(table, column, i + 1));
        }
      }
    }
    return MetaTable.COLUMNS.result(rows);
  }

  private static List<@Nullable Object> columnRow(
      TableDescription table, ResultColumn column, int position) {
    ColumnType type = column.type();
    int precision = JdbcType.precision(type);
    boolean text = String.class.equals(type.kind().valueClass());
    int radix = JdbcType.radix(type.kind());
    return row(
        null,
        table.schema(),
        table.name(),
        column.label(),
        JdbcType.of(type.kind()).code(),
        type.name(),
        precision,
        null,
        JdbcType.scale(type),
        radix == 0 ? null : radix,
        column.nullable() ? columnNullable : columnNoNulls,
        null,
        null,
        null,
        null,
        text ? precision : null,
        position,
        column.nullable() ? "YES" : "NO",
        null,
        null,
        null,
        null,
        "NO",
        "NO");
  }

  private Stream<TableDescription> tables(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tablePattern)
      throws SQLException {
    if (!noCatalog(catalog)) {
      return Stream.empty();
    }
    LikePattern schema = new LikePattern(schemaPattern);
    LikePattern table = new LikePattern(tablePattern);
    List<TableDescription> all = new ArrayList<>(connection.inSession(Engine::tables));
    if (schema.admits(WAREHOUSE)) {
      String names = tablePattern == null ? "%" : tablePattern;
      all.addAll(connection.inSession(engine -> engine.warehouseTables(names)));
    }
    return all.stream()
        .filter(t -> schema.matches(t.schema()) && table.matches(t.name()))
        .sorted(Comparator.comparing(TableDescription::schema));
  }

  /** Returns whether a catalog that a caller asks for matches what has no catalog. */
  private static boolean noCatalog(@Nullable String catalog) {
    return catalog == null || catalog.isEmpty() || catalog.equals("%");
  }

  private static String[] distinct(String[] types) {
    return Arrays.stream(types).distinct().toArray(String[]::new);
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern)
      throws SQLException {
    LikePattern wanted = new LikePattern(schemaPattern);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    List<String> schemas =
        wanted.admits(WAREHOUSE) ? schemas() : connection.inSession(Engine::schemas);
    schemas.stream()
        .filter(schema -> noCatalog(catalog) && wanted.matches(schema))
        .forEach(schema -> rows.add(row(schema, null)));
    return MetaTable.SCHEMAS.result(rows);
  }

  private List<String> schemas() throws SQLException {
    List<String> schemas = new ArrayList<>(connection.inSession(Engine::schemas));
    schemas.addAll(connection.inSession(Engine::warehouseSchemas));
    schemas.sort(null);
    return schemas;
  }

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    if (noCatalog(catalog) && table != null) {
      for (String each : schema == null ? schemas() : List.of(schema)) {
        List<String> key = connection.inSession(engine -> engine.primaryKey(each, table));
        for (int i = 0; i < key.size(); i++) {
          rows.add(row(null, each, table, key.get(i), (short) (i + 1), null));
        }
      }
    }
    rows.sort(Comparator.comparing(row -> String.valueOf(row.get(KEY_COLUMN))));
    return MetaTable.PRIMARY_KEYS.result(rows);
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String functionPattern)
      throws SQLException {
    return MetaTable.FUNCTIONS.result(
        noCatalog(catalog)
            ? FunctionRows.functions(
                connection.inSession(Engine::functions),
                new LikePattern(schemaPattern),
                new LikePattern(functionPattern))
            : List.of());
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String functionPattern,
      @Nullable String columnPattern)
      throws SQLException {
    return MetaTable.FUNCTION_COLUMNS.result(
        noCatalog(catalog)
            ? FunctionRows.columns(
                connection.inSession(Engine::functions),
                new LikePattern(schemaPattern),
                new LikePattern(functionPattern),
                new LikePattern(columnPattern))
            : List.of());
  }

  @Override
  public ResultSet getTableTypes() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    TABLE_TYPES.forEach(type -> rows.add(row(type)));
    return MetaTable.TABLE_TYPES.result(rows);
  }

  @Override
  public ResultSet getTypeInfo() {
    return MetaTable.TYPES.result(TypeRows.all());
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  /** Returns the URL without its properties, which may hold secrets. */
  @Override
  public String getURL() {
    return ConnectionUrl.PREFIX;
  }

  @Override
  public String getUserName() {
    return connection.properties().user().orElse("");
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  @Override
  public String getDatabaseProductName() {
    return Product.NAME;
  }

  @Override
  public String getDatabaseProductVersion() {
    return Product.version();
  }

  @Override
  public int getDatabaseMajorVersion() {
    return Product.MAJOR;
  }

  @Override
  public int getDatabaseMinorVersion() {
    return Product.MINOR;
  }

  @Override
  public String getDriverName() {
    return "kadb JDBC driver";
  }

  @Override
  public String getDriverVersion() {
    return Product.version();
  }

  @Override
  public int getDriverMajorVersion() {
    return Product.MAJOR;
  }

  @Override
  public int getDriverMinorVersion() {
    return Product.MINOR;
  }

  @Override
  public int getJDBCMajorVersion() {
    return 4;
  }

  @Override
  public int getJDBCMinorVersion() {
    return 3;
  }

  @Override
  public String getIdentifierQuoteString() {
    return "\"";
  }

  @Override
  public String getSearchStringEscape() {
    return String.valueOf(LikePattern.ESCAPE);
  }

  @Override
  public String getExtraNameCharacters() {
    return "";
  }

  @Override
  public String getCatalogSeparator() {
    return ".";
  }

  @Override
  public String getCatalogTerm() {
    return "catalog";
  }

  @Override
  public String getSchemaTerm() {
    return "schema";
  }

  @Override
  public String getProcedureTerm() {
    return "function";
  }

  /** Returns the reserved words that are not those of SQL:2003. */
  @Override
  public String getSQLKeywords() {
    return "ilike,limit,offset,minus,qualify";
  }

  @Override
  public int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_READ_COMMITTED;
  }

  @Override
  public boolean supportsTransactionIsolationLevel(int level) {
    return level == Connection.TRANSACTION_READ_COMMITTED;
  }

  @Override
  public boolean supportsResultSetType(int type) {
    return type == ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public boolean supportsResultSetConcurrency(int type, int concurrency) {
    return type == ResultSet.TYPE_FORWARD_ONLY && concurrency == ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public int getResultSetHoldability() {
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public boolean supportsResultSetHoldability(int holdability) {
    return holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public int getSQLStateType() {
    return sqlStateSQL;
  }

  @Override
  public RowIdLifetime getRowIdLifetime() {
    return RowIdLifetime.ROWID_UNSUPPORTED;
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    return Checks.unwrap(this, wanted);
  }

  @Override
  public boolean isWrapperFor(Class<?> wanted) {
    return wanted.isInstance(this);
  }
}
