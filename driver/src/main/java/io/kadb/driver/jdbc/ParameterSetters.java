package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.value.ParameterValue;
import io.kadb.driver.value.Streams;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** The setters of a prepared statement: each makes a value of what it is given and sets that. */
interface ParameterSetters extends PlainParameters {
  /** Sets a parameter, counted from 1. */
  void set(int parameter, ParameterValue value) throws SQLException;

  @Override
  default void setBoolean(int parameter, boolean value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setByte(int parameter, byte value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setShort(int parameter, short value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setInt(int parameter, int value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setLong(int parameter, long value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setFloat(int parameter, float value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setDouble(int parameter, double value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setBigDecimal(int parameter, @Nullable BigDecimal value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setString(int parameter, @Nullable String value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setNString(int parameter, @Nullable String value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setBytes(int parameter, byte @Nullable [] value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setDate(int parameter, @Nullable Date value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setTime(int parameter, @Nullable Time value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setTimestamp(int parameter, @Nullable Timestamp value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setObject(int parameter, @Nullable Object value) throws SQLException {
    set(parameter, ParameterValue.of(value));
  }

  @Override
  default void setDate(int parameter, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    set(parameter, new ParameterValue(value, calendar));
  }

  @Override
  default void setTime(int parameter, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    set(parameter, new ParameterValue(value, calendar));
  }

  @Override
  default void setTimestamp(int parameter, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    set(parameter, new ParameterValue(value, calendar));
  }

  @Override
  default void setObject(int parameter, @Nullable Object value, int type) throws SQLException {
    set(parameter, ParameterValue.of(value, type, null));
  }

  @Override
  default void setObject(int parameter, @Nullable Object value, int type, int scale)
      throws SQLException {
    set(parameter, ParameterValue.of(value, type, scale));
  }

  @Override
  default void setNull(int parameter, int type) throws SQLException {
    set(parameter, ParameterValue.of(null));
  }

  @Override
  default void setNull(int parameter, int type, String typeName) throws SQLException {
    set(parameter, ParameterValue.of(null));
  }

  @Override
  default void setAsciiStream(int parameter, @Nullable InputStream value) throws SQLException {
    set(parameter, ParameterValue.of(Streams.asciiText(value, Long.MAX_VALUE)));
  }

  @Override
  default void setAsciiStream(int parameter, @Nullable InputStream value, int length)
      throws SQLException {
    set(parameter, ParameterValue.of(Streams.asciiText(value, length)));
  }

  @Override
  default void setAsciiStream(int parameter, @Nullable InputStream value, long length)
      throws SQLException {
    set(parameter, ParameterValue.of(Streams.asciiText(value, length)));
  }

  @Override
  default void setBinaryStream(int parameter, @Nullable InputStream value) throws SQLException {
    set(parameter, ParameterValue.of(Streams.bytes(value, Long.MAX_VALUE)));
  }

  @Override
  default void setBinaryStream(int parameter, @Nullable InputStream value, int length)
      throws SQLException {
    set(parameter, ParameterValue.of(Streams.bytes(value, length)));
  }

  @Override
  default void setBinaryStream(int parameter, @Nullable InputStream value, long length)
      throws SQLException {
    set(parameter, ParameterValue.of(Streams.bytes(value, length)));
  }

  @Override
  default void setCharacterStream(int parameter, @Nullable Reader value) throws SQLException {
    set(parameter, ParameterValue.of(Streams.text(value, Long.MAX_VALUE)));
  }

  @Override
  default void setCharacterStream(int parameter, @Nullable Reader value, int length)
      throws SQLException {
    set(parameter, ParameterValue.of(Streams.text(value, length)));
  }

  @Override
  default void setCharacterStream(int parameter, @Nullable Reader value, long length)
      throws SQLException {
    set(parameter, ParameterValue.of(Streams.text(value, length)));
  }

  @Override
  default void setNCharacterStream(int parameter, @Nullable Reader value) throws SQLException {
    set(parameter, ParameterValue.of(Streams.text(value, Long.MAX_VALUE)));
  }

  @Override
  default void setNCharacterStream(int parameter, @Nullable Reader value, long length)
      throws SQLException {
    set(parameter, ParameterValue.of(Streams.text(value, length)));
  }

  @Override
  @Deprecated
  default void setUnicodeStream(int parameter, @Nullable InputStream value, int length)
      throws SQLException {
    throw SqlExceptions.unsupported("PreparedStatement.setUnicodeStream");
  }
}
