package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import java.io.InputStream;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.util.Map;

/**
 * The methods of a result that say that it cannot be scrolled or updated, and those that would:
 * they refuse.
 */
interface ForwardResultSet extends NoUpdatesByLabel, NoUpdatesByNumber {
  /** Refuses if the result is closed. */
  void checkOpen() throws SQLException;

  @Override
  default int getType() throws SQLException {
    checkOpen();
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  default int getConcurrency() throws SQLException {
    checkOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  default int getHoldability() throws SQLException {
    checkOpen();
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  default int getFetchDirection() throws SQLException {
    checkOpen();
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  default void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != ResultSet.FETCH_FORWARD) {
      throw SqlExceptions.unsupported("any fetch direction but FETCH_FORWARD");
    }
  }

  @Override
  default boolean rowInserted() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  default boolean rowUpdated() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  default boolean rowDeleted() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  default boolean absolute(int row) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.absolute");
  }

  @Override
  default void afterLast() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.afterLast");
  }

  @Override
  default void beforeFirst() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.beforeFirst");
  }

  @Override
  default void cancelRowUpdates() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.cancelRowUpdates");
  }

  @Override
  default void deleteRow() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.deleteRow");
  }

  @Override
  default boolean first() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.first");
  }

  @Override
  default Array getArray(String label) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getArray");
  }

  @Override
  default Array getArray(int column) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getArray");
  }

  @Override
  default Blob getBlob(String label) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getBlob");
  }

  @Override
  default Blob getBlob(int column) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getBlob");
  }

  @Override
  default Clob getClob(String label) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getClob");
  }

  @Override
  default Clob getClob(int column) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getClob");
  }

  @Override
  default String getCursorName() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getCursorName");
  }

  @Override
  default NClob getNClob(String label) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getNClob");
  }

  @Override
  default NClob getNClob(int column) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getNClob");
  }

  @Override
  default Object getObject(String label, Map<String, Class<?>> classes) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getObject");
  }

  @Override
  default Object getObject(int column, Map<String, Class<?>> classes) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getObject");
  }

  @Override
  default Ref getRef(String label) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getRef");
  }

  @Override
  default Ref getRef(int column) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getRef");
  }

  @Override
  default RowId getRowId(String label) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getRowId");
  }

  @Override
  default RowId getRowId(int column) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getRowId");
  }

  @Override
  default SQLXML getSQLXML(String label) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getSQLXML");
  }

  @Override
  default SQLXML getSQLXML(int column) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getSQLXML");
  }

  @Override
  default URL getURL(String label) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getURL");
  }

  @Override
  default URL getURL(int column) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getURL");
  }

  @Override
  @Deprecated
  default InputStream getUnicodeStream(String label) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getUnicodeStream");
  }

  @Override
  @Deprecated
  default InputStream getUnicodeStream(int column) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.getUnicodeStream");
  }

  @Override
  default void insertRow() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.insertRow");
  }

  @Override
  default boolean last() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.last");
  }

  @Override
  default void moveToCurrentRow() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.moveToCurrentRow");
  }

  @Override
  default void moveToInsertRow() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.moveToInsertRow");
  }

  @Override
  default boolean previous() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.previous");
  }

  @Override
  default void refreshRow() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.refreshRow");
  }

  @Override
  default boolean relative(int row) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.relative");
  }

  @Override
  default void updateRow() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateRow");
  }
}
