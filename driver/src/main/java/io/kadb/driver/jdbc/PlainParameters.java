package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import java.io.InputStream;
import java.io.Reader;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;

/** The setters for parameters of classes that kadb has no type for: all of them refuse. */
interface PlainParameters extends PreparedStatement {
  @Override
  default void setArray(int parameter, Array value) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setArray");
  }

  @Override
  default void setBlob(int parameter, InputStream value, long length) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setBlob");
  }

  @Override
  default void setBlob(int parameter, InputStream value) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setBlob");
  }

  @Override
  default void setBlob(int parameter, Blob value) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setBlob");
  }

  @Override
  default void setClob(int parameter, Reader value, long length) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setClob");
  }

  @Override
  default void setClob(int parameter, Reader value) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setClob");
  }

  @Override
  default void setClob(int parameter, Clob value) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setClob");
  }

  @Override
  default void setNClob(int parameter, Reader value, long length) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setNClob");
  }

  @Override
  default void setNClob(int parameter, Reader value) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setNClob");
  }

  @Override
  default void setNClob(int parameter, NClob value) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setNClob");
  }

  @Override
  default void setRef(int parameter, Ref value) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setRef");
  }

  @Override
  default void setRowId(int parameter, RowId value) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setRowId");
  }

  @Override
  default void setSQLXML(int parameter, SQLXML value) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setSQLXML");
  }

  @Override
  default void setURL(int parameter, URL value) throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setURL");
  }
}
