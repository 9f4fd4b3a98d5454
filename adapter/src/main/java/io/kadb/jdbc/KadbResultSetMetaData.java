package io.kadb.jdbc;

import io.kadb.sql.ResultColumn;
import io.kadb.type.TypeKind;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;

/** What is known of a result's columns. */
record KadbResultSetMetaData(List<ResultColumn> columns) implements ResultSetMetaData {
  @Override
  public int getColumnCount() {
    return columns.size();
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return column(column).label();
  }

  /** Returns the label: a result knows its columns by no other name. */
  @Override
  public String getColumnName(int column) throws SQLException {
    return column(column).label();
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return jdbcType(column).code();
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return column(column).type().name();
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return jdbcType(column).className();
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return JdbcType.precision(column(column).type());
  }

  @Override
  public int getScale(int column) throws SQLException {
    return JdbcType.scale(column(column).type());
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return JdbcType.displaySize(column(column).type());
  }

  @Override
  public int isNullable(int column) throws SQLException {
    return column(column).nullable() ? columnNullable : columnNoNulls;
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return JdbcType.signed(kind(column));
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return JdbcType.caseSensitive(kind(column));
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    column(column);
    return true;
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    column(column);
    return false;
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    column(column);
    return false;
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    column(column);
    return true;
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    column(column);
    return false;
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    column(column);
    return false;
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    return column(column).tableSchema();
  }

  @Override
  public String getTableName(int column) throws SQLException {
    return column(column).tableName();
  }

  @Override
  public String getCatalogName(int column) throws SQLException {
    column(column);
    return "";
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    return Checks.unwrap(this, wanted);
  }

  @Override
  public boolean isWrapperFor(Class<?> wanted) {
    return wanted.isInstance(this);
  }

  private ResultColumn column(int column) throws SQLException {
    if (column < 1 || column > columns.size()) {
      throw Checks.noSuchColumn(column, columns.size());
    }
    return columns.get(column - 1);
  }

  private TypeKind kind(int column) throws SQLException {
    return column(column).type().kind();
  }

  private JdbcType jdbcType(int column) throws SQLException {
    return JdbcType.of(kind(column));
  }
}
