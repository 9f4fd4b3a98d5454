package io.kadb.jdbc;

import java.sql.ResultSet;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.jspecify.annotations.Nullable;

/** The questions of JDBC's metadata to which kadb has no answer: results without rows. */
interface EmptyMetaData extends Traits {
  @Override
  default ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String type,
      @Nullable String attribute) {
    return MetaTable.ATTRIBUTES.empty();
  }

  @Override
  default ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable) {
    return MetaTable.BEST_ROW_IDENTIFIER.empty();
  }

  @Override
  default ResultSet getCatalogs() {
    return MetaTable.CATALOGS.empty();
  }

  @Override
  default ResultSet getClientInfoProperties() {
    return MetaTable.CLIENT_INFO_PROPERTIES.empty();
  }

  @Override
  default ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column) {
    return MetaTable.COLUMN_PRIVILEGES.empty();
  }

  @Override
  default ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parentTable,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table) {
    return MetaTable.FOREIGN_KEYS.empty();
  }

  @Override
  default ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return MetaTable.FOREIGN_KEYS.empty();
  }

  @Override
  default ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return MetaTable.FOREIGN_KEYS.empty();
  }

  @Override
  default ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate) {
    return MetaTable.INDEXES.empty();
  }

  @Override
  default ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schema, @Nullable String procedure) {
    return MetaTable.PROCEDURES.empty();
  }

  @Override
  default ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String procedure,
      @Nullable String column) {
    return MetaTable.PROCEDURE_COLUMNS.empty();
  }

  @Override
  default ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column) {
    return MetaTable.PSEUDO_COLUMNS.empty();
  }

  @Override
  default ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return MetaTable.SUPER_TABLES.empty();
  }

  @Override
  default ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schema, @Nullable String type) {
    return MetaTable.SUPER_TYPES.empty();
  }

  @Override
  default ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return MetaTable.TABLE_PRIVILEGES.empty();
  }

  @Override
  default ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String type,
      int @Nullable [] types) {
    return MetaTable.USER_TYPES.empty();
  }

  @Override
  default ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return MetaTable.VERSION_COLUMNS.empty();
  }

  @Override
  default String getNumericFunctions() {
    return SqlJdbcFunctionCall.getNumericFunctions();
  }

  @Override
  default String getStringFunctions() {
    return SqlJdbcFunctionCall.getStringFunctions();
  }

  @Override
  default String getSystemFunctions() {
    return SqlJdbcFunctionCall.getSystemFunctions();
  }

  @Override
  default String getTimeDateFunctions() {
    return SqlJdbcFunctionCall.getTimeDateFunctions();
  }
}
