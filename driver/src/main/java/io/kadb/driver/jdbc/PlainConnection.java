package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a connection that say the same as others in another form, or for which kadb has no
 * feature: those refuse, or do nothing where JDBC lets a driver do nothing.
 */
interface PlainConnection extends Connection {
  /** Refuses if the connection is closed. */
  void checkOpen() throws SQLException;

  /**
   * Warns if results are wanted that can be scrolled or updated: they are forward and read only.
   */
  void checkResultKind(int type, int concurrency) throws SQLException;

  @Override
  default Array createArrayOf(String typeName, Object[] values) throws SQLException {
    throw SqlExceptions.unsupported("Connection.createArrayOf");
  }

  @Override
  default Blob createBlob() throws SQLException {
    throw SqlExceptions.unsupported("Connection.createBlob");
  }

  @Override
  default Clob createClob() throws SQLException {
    throw SqlExceptions.unsupported("Connection.createClob");
  }

  @Override
  default NClob createNClob() throws SQLException {
    throw SqlExceptions.unsupported("Connection.createNClob");
  }

  @Override
  default SQLXML createSQLXML() throws SQLException {
    throw SqlExceptions.unsupported("Connection.createSQLXML");
  }

  @Override
  default Struct createStruct(String typeName, Object[] values) throws SQLException {
    throw SqlExceptions.unsupported("Connection.createStruct");
  }

  @Override
  default CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    throw SqlExceptions.unsupported("Connection.prepareCall");
  }

  @Override
  default CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    throw SqlExceptions.unsupported("Connection.prepareCall");
  }

  @Override
  default CallableStatement prepareCall(String sql) throws SQLException {
    throw SqlExceptions.unsupported("Connection.prepareCall");
  }

  @Override
  default Statement createStatement(int type, int concurrency) throws SQLException {
    checkResultKind(type, concurrency);
    return createStatement();
  }

  @Override
  default PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    checkResultKind(type, concurrency);
    return prepareStatement(sql);
  }

  @Override
  default Statement createStatement(int type, int concurrency, int holdability)
      throws SQLException {
    checkResultKind(type, concurrency);
    return createStatement();
  }

  @Override
  default PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    checkResultKind(type, concurrency);
    return prepareStatement(sql);
  }

  @Override
  default PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
    return prepareStatement(sql);
  }

  @Override
  default PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
    return prepareStatement(sql);
  }

  @Override
  default PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    return prepareStatement(sql);
  }

  @Override
  default String nativeSQL(String sql) throws SQLException {
    checkOpen();
    return sql;
  }

  @Override
  default @Nullable String getCatalog() throws SQLException {
    checkOpen();
    return null;
  }

  /** Does nothing: there are no catalogs. */
  @Override
  default void setCatalog(@Nullable String catalog) throws SQLException {
    checkOpen();
  }

  @Override
  default int getHoldability() throws SQLException {
    checkOpen();
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  default void setHoldability(int holdability) throws SQLException {
    checkOpen();
    if (holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
      throw SqlExceptions.unsupported("results that stay open after commit");
    }
  }

  @Override
  default Map<String, Class<?>> getTypeMap() throws SQLException {
    checkOpen();
    return Collections.emptyMap();
  }

  @Override
  default void setTypeMap(@Nullable Map<String, Class<?>> classes) throws SQLException {
    checkOpen();
    if (classes != null && !classes.isEmpty()) {
      throw SqlExceptions.unsupported("Connection.setTypeMap");
    }
  }

  @Override
  default <T> T unwrap(Class<T> wanted) throws SQLException {
    return Checks.unwrap(this, wanted);
  }

  @Override
  default boolean isWrapperFor(Class<?> wanted) {
    return wanted.isInstance(this);
  }
}
