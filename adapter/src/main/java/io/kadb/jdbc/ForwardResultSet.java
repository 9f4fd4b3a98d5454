package io.kadb.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Map;

/**
 * The methods of a result that say that it cannot be scrolled or updated, and those that would:
 * they refuse.
 */
interface ForwardResultSet extends ResultSet {
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
  default void updateArray(String label, Array value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateArray");
  }

  @Override
  default void updateArray(int column, Array value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateArray");
  }

  @Override
  default void updateAsciiStream(String label, InputStream value, int length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateAsciiStream");
  }

  @Override
  default void updateAsciiStream(String label, InputStream value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateAsciiStream");
  }

  @Override
  default void updateAsciiStream(String label, InputStream value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateAsciiStream");
  }

  @Override
  default void updateAsciiStream(int column, InputStream value, int length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateAsciiStream");
  }

  @Override
  default void updateAsciiStream(int column, InputStream value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateAsciiStream");
  }

  @Override
  default void updateAsciiStream(int column, InputStream value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateAsciiStream");
  }

  @Override
  default void updateBigDecimal(String label, BigDecimal value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBigDecimal");
  }

  @Override
  default void updateBigDecimal(int column, BigDecimal value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBigDecimal");
  }

  @Override
  default void updateBinaryStream(String label, InputStream value, int length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBinaryStream");
  }

  @Override
  default void updateBinaryStream(String label, InputStream value, long length)
      throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBinaryStream");
  }

  @Override
  default void updateBinaryStream(String label, InputStream value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBinaryStream");
  }

  @Override
  default void updateBinaryStream(int column, InputStream value, int length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBinaryStream");
  }

  @Override
  default void updateBinaryStream(int column, InputStream value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBinaryStream");
  }

  @Override
  default void updateBinaryStream(int column, InputStream value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBinaryStream");
  }

  @Override
  default void updateBlob(String label, InputStream value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBlob");
  }

  @Override
  default void updateBlob(String label, InputStream value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBlob");
  }

  @Override
  default void updateBlob(String label, Blob value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBlob");
  }

  @Override
  default void updateBlob(int column, InputStream value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBlob");
  }

  @Override
  default void updateBlob(int column, InputStream value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBlob");
  }

  @Override
  default void updateBlob(int column, Blob value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBlob");
  }

  @Override
  default void updateBoolean(String label, boolean value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBoolean");
  }

  @Override
  default void updateBoolean(int column, boolean value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBoolean");
  }

  @Override
  default void updateByte(String label, byte value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateByte");
  }

  @Override
  default void updateByte(int column, byte value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateByte");
  }

  @Override
  default void updateBytes(String label, byte[] value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBytes");
  }

  @Override
  default void updateBytes(int column, byte[] value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateBytes");
  }

  @Override
  default void updateCharacterStream(String label, Reader value, int length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateCharacterStream");
  }

  @Override
  default void updateCharacterStream(String label, Reader value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateCharacterStream");
  }

  @Override
  default void updateCharacterStream(String label, Reader value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateCharacterStream");
  }

  @Override
  default void updateCharacterStream(int column, Reader value, int length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateCharacterStream");
  }

  @Override
  default void updateCharacterStream(int column, Reader value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateCharacterStream");
  }

  @Override
  default void updateCharacterStream(int column, Reader value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateCharacterStream");
  }

  @Override
  default void updateClob(String label, Reader value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateClob");
  }

  @Override
  default void updateClob(String label, Reader value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateClob");
  }

  @Override
  default void updateClob(String label, Clob value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateClob");
  }

  @Override
  default void updateClob(int column, Reader value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateClob");
  }

  @Override
  default void updateClob(int column, Reader value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateClob");
  }

  @Override
  default void updateClob(int column, Clob value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateClob");
  }

  @Override
  default void updateDate(String label, Date value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateDate");
  }

  @Override
  default void updateDate(int column, Date value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateDate");
  }

  @Override
  default void updateDouble(String label, double value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateDouble");
  }

  @Override
  default void updateDouble(int column, double value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateDouble");
  }

  @Override
  default void updateFloat(String label, float value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateFloat");
  }

  @Override
  default void updateFloat(int column, float value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateFloat");
  }

  @Override
  default void updateInt(String label, int value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateInt");
  }

  @Override
  default void updateInt(int column, int value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateInt");
  }

  @Override
  default void updateLong(String label, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateLong");
  }

  @Override
  default void updateLong(int column, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateLong");
  }

  @Override
  default void updateNCharacterStream(String label, Reader value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNCharacterStream");
  }

  @Override
  default void updateNCharacterStream(String label, Reader value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNCharacterStream");
  }

  @Override
  default void updateNCharacterStream(int column, Reader value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNCharacterStream");
  }

  @Override
  default void updateNCharacterStream(int column, Reader value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNCharacterStream");
  }

  @Override
  default void updateNClob(String label, Reader value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNClob");
  }

  @Override
  default void updateNClob(String label, Reader value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNClob");
  }

  @Override
  default void updateNClob(String label, NClob value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNClob");
  }

  @Override
  default void updateNClob(int column, Reader value, long length) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNClob");
  }

  @Override
  default void updateNClob(int column, Reader value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNClob");
  }

  @Override
  default void updateNClob(int column, NClob value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNClob");
  }

  @Override
  default void updateNString(String label, String value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNString");
  }

  @Override
  default void updateNString(int column, String value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNString");
  }

  @Override
  default void updateNull(String label) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNull");
  }

  @Override
  default void updateNull(int column) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateNull");
  }

  @Override
  default void updateObject(String label, Object value, int scale) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateObject");
  }

  @Override
  default void updateObject(String label, Object value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateObject");
  }

  @Override
  default void updateObject(int column, Object value, int scale) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateObject");
  }

  @Override
  default void updateObject(int column, Object value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateObject");
  }

  @Override
  default void updateRef(String label, Ref value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateRef");
  }

  @Override
  default void updateRef(int column, Ref value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateRef");
  }

  @Override
  default void updateRow() throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateRow");
  }

  @Override
  default void updateRowId(String label, RowId value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateRowId");
  }

  @Override
  default void updateRowId(int column, RowId value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateRowId");
  }

  @Override
  default void updateSQLXML(String label, SQLXML value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateSQLXML");
  }

  @Override
  default void updateSQLXML(int column, SQLXML value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateSQLXML");
  }

  @Override
  default void updateShort(String label, short value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateShort");
  }

  @Override
  default void updateShort(int column, short value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateShort");
  }

  @Override
  default void updateString(String label, String value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateString");
  }

  @Override
  default void updateString(int column, String value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateString");
  }

  @Override
  default void updateTime(String label, Time value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateTime");
  }

  @Override
  default void updateTime(int column, Time value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateTime");
  }

  @Override
  default void updateTimestamp(String label, Timestamp value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateTimestamp");
  }

  @Override
  default void updateTimestamp(int column, Timestamp value) throws SQLException {
    throw SqlExceptions.unsupported("ResultSet.updateTimestamp");
  }
}
