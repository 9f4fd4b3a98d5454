package io.kadb.jdbc;

import java.sql.ResultSet;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.jspecify.annotations.Nullable;

/** The questions of JDBC's metadata to which kadb has no answer: results without rows. */
abstract class EmptyMetaData extends Traits {
  @Override
  public ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String type,
      @Nullable String attribute) {
    return MetaTable.ATTRIBUTES.empty();
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable) {
    return MetaTable.BEST_ROW_IDENTIFIER.empty();
  }

  @Override
  public ResultSet getCatalogs() {
    return MetaTable.CATALOGS.empty();
  }

  @Override
  public ResultSet getClientInfoProperties() {
    return MetaTable.CLIENT_INFO_PROPERTIES.empty();
  }

  @Override
  public ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column) {
    return MetaTable.COLUMN_PRIVILEGES.empty();
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parentTable,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table) {
    return MetaTable.FOREIGN_KEYS.empty();
  }

  @Override
  public ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return MetaTable.FOREIGN_KEYS.empty();
  }

  @Override
  public ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return MetaTable.FOREIGN_KEYS.empty();
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate) {
    return MetaTable.INDEXES.empty();
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schema, @Nullable String procedure) {
    return MetaTable.PROCEDURES.empty();
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String procedure,
      @Nullable String column) {
    return MetaTable.PROCEDURE_COLUMNS.empty();
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column) {
    return MetaTable.PSEUDO_COLUMNS.empty();
  }

  @Override
  public ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return MetaTable.SUPER_TABLES.empty();
  }

  @Override
  public ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schema, @Nullable String type) {
    return MetaTable.SUPER_TYPES.empty();
  }

  @Override
  public ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return MetaTable.TABLE_PRIVILEGES.empty();
  }

  @Override
  public ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String type,
      int @Nullable [] types) {
    return MetaTable.USER_TYPES.empty();
  }

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return MetaTable.VERSION_COLUMNS.empty();
  }

  @Override
  public String getNumericFunctions() {
    return SqlJdbcFunctionCall.getNumericFunctions();
  }

  @Override
  public String getStringFunctions() {
    return SqlJdbcFunctionCall.getStringFunctions();
  }

  @Override
  public String getSystemFunctions() {
    return SqlJdbcFunctionCall.getSystemFunctions();
  }

  @Override
  public String getTimeDateFunctions() {
    return SqlJdbcFunctionCall.getTimeDateFunctions();
  }
}
