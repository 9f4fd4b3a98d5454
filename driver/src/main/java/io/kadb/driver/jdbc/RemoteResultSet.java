package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import io.kadb.driver.value.ColumnShape;
import io.kadb.driver.value.Conversion;
import io.kadb.driver.value.Kind;
import io.kadb.driver.value.NumberValues;
import io.kadb.driver.value.ObjectValues;
import io.kadb.driver.value.SqlDateTimeValues;
import io.kadb.driver.value.TextValues;
import io.kadb.driver.wire.Cells;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result, read forward. One thread reads; any thread may close it. */
final class RemoteResultSet implements ForwardResultSet, LabelGetters, StreamGetters {
  private final Cursor cursor;
  private final List<ColumnShape> columns;
  private final Kind[] kinds;
  private final Warnings.View warnings;
  private final @Nullable RemoteStatement statement;

  /** Numbers of columns by the labels that were asked for, as written. */
  private final Map<@Nullable String, Integer> found = new HashMap<>();

  private boolean lastWasNull;

  /**
   * A result.
   *
   * @param statement the statement it belongs to; null for metadata
   */
  RemoteResultSet(
      Cursor cursor,
      List<ColumnShape> columns,
      Warnings.View warnings,
      @Nullable RemoteStatement statement) {
    this.cursor = cursor;
    this.columns = columns;
    this.kinds = columns.stream().map(ColumnShape::kind).toArray(Kind[]::new);
    this.warnings = warnings;
    this.statement = statement;
  }

  @Override
  public boolean next() throws SQLException {
    try {
      return cursor.next();
    } catch (SQLException e) {
      throw statement == null ? e : statement.explained(e);
    }
  }

  @Override
  public void close() throws SQLException {
    if (cursor.isClosed()) {
      return;
    }
    try {
      cursor.close();
    } finally {
      if (statement != null) {
        statement.resultClosed(this);
      }
    }
  }

  /** Ends the result without telling the statement, which asks for it. */
  void end() throws SQLException {
    cursor.close();
  }

  /** Ends the result because what it did is given up. */
  void discard() {
    cursor.discard();
  }

  /** Makes the next step fail. */
  void cancel() {
    cursor.cancel();
  }

  @Override
  public boolean isClosed() {
    return cursor.isClosed();
  }

  @Override
  public boolean wasNull() throws SQLException {
    checkOpen();
    return lastWasNull;
  }

  @Override
  public @Nullable String getString(int column) throws SQLException {
    return read(column, TextValues::toText);
  }

  @Override
  public boolean getBoolean(int column) throws SQLException {
    Boolean value = read(column, NumberValues::toBoolean);
    return value != null && value;
  }

  @Override
  public byte getByte(int column) throws SQLException {
    Byte value = read(column, NumberValues::toByte);
    return value == null ? 0 : value;
  }

  @Override
  public short getShort(int column) throws SQLException {
    Short value = read(column, NumberValues::toShort);
    return value == null ? 0 : value;
  }

  @Override
  public int getInt(int column) throws SQLException {
    int cell = cell(column);
    Cells cells = cursor.cells();
    if (cells.isWhole(cell)) {
      long value = cells.whole(cell);
      if (value == (int) value) {
        return (int) value;
      }
    }
    Integer value = read(column, NumberValues::toInteger);
    return value == null ? 0 : value;
  }

  @Override
  public long getLong(int column) throws SQLException {
    int cell = cell(column);
    Cells cells = cursor.cells();
    if (cells.isWhole(cell)) {
      return cells.whole(cell);
    }
    Long value = read(column, NumberValues::toLong);
    return value == null ? 0 : value;
  }

  @Override
  public float getFloat(int column) throws SQLException {
    Float value = read(column, NumberValues::toFloat);
    return value == null ? 0 : value;
  }

  @Override
  public double getDouble(int column) throws SQLException {
    int cell = cell(column);
    if (kinds[column - 1] == Kind.DOUBLE || kinds[column - 1] == Kind.NUMERIC) {
      double easy = cursor.cells().easyDouble(cell);
      if (!Double.isNaN(easy)) {
        return easy;
      }
    }
    Double value = read(column, NumberValues::toDouble);
    return value == null ? 0 : value;
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
    int cell = cell(column);
    BigDecimal easy = kinds[column - 1] == Kind.NUMERIC ? cursor.cells().easyDecimal(cell) : null;
    return easy != null ? easy : read(column, NumberValues::toBigDecimal);
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(column);
    return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public byte @Nullable [] getBytes(int column) throws SQLException {
    return read(column, TextValues::toBytes);
  }

  @Override
  public @Nullable Date getDate(int column) throws SQLException {
    return read(column, SqlDateTimeValues::toDate);
  }

  @Override
  public @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
    return read(column, (value, kind) -> SqlDateTimeValues.toDate(value, kind, calendar));
  }

  @Override
  public @Nullable Time getTime(int column) throws SQLException {
    return read(column, SqlDateTimeValues::toTime);
  }

  @Override
  public @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
    return read(column, (value, kind) -> SqlDateTimeValues.toTime(value, kind, calendar));
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column) throws SQLException {
    LocalDateTime easy = easyTimestamp(column);
    return easy != null ? Timestamp.valueOf(easy) : read(column, SqlDateTimeValues::toTimestamp);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar)
      throws SQLException {
    return read(column, (value, kind) -> SqlDateTimeValues.toTimestamp(value, kind, calendar));
  }

  @Override
  public @Nullable Object getObject(int column) throws SQLException {
    return read(column, ObjectValues::toObject);
  }

  @Override
  public <T> @Nullable T getObject(int column, @Nullable Class<T> wanted) throws SQLException {
    if (wanted == LocalDateTime.class) {
      LocalDateTime easy = easyTimestamp(column);
      if (easy != null) {
        return wanted.cast(easy);
      }
    }
    return read(column, ObjectValues.conversion(Checks.notNull("the class wanted", wanted)));
  }

  /** Returns a timestamp of the usual shape, else null. */
  private @Nullable LocalDateTime easyTimestamp(int column) throws SQLException {
    int cell = cell(column);
    return kinds[column - 1] == Kind.TIMESTAMP ? cursor.cells().easyTimestamp(cell) : null;
  }

  @Override
  public int findColumn(@Nullable String label) throws SQLException {
    checkOpen();
    Integer known = found.get(label);
    if (known != null) {
      return known;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).label().equalsIgnoreCase(label)) {
        found.put(label, i + 1);
        return i + 1;
      }
    }
    throw SqlExceptions.of(
        "the result has no column " + (label == null ? "null" : SqlExceptions.shown(label)),
        States.UNDEFINED_COLUMN);
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return new RemoteResultSetMetaData(columns);
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    checkOpen();
    return statement;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warnings.first();
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warnings.clear();
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    return cursor.position() == Cursor.Position.BEFORE_FIRST && !cursor.noMoreRows();
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return cursor.row() == 1;
  }

  /** Returns whether this is known to be the last row; false also where that is not known yet. */
  @Override
  public boolean isLast() throws SQLException {
    checkOpen();
    return cursor.position() == Cursor.Position.ON_ROW && cursor.noMoreRows();
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return cursor.isAfterRows();
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return (int) Math.min(cursor.row(), Integer.MAX_VALUE);
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return cursor.fetchSize();
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    cursor.setFetchSize(Checks.notNegative("fetch size", rows));
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    return Checks.unwrap(this, wanted);
  }

  @Override
  public boolean isWrapperFor(Class<?> wanted) {
    return wanted.isInstance(this);
  }

  /** Returns the cell of a column, and notes whether it is null. */
  private int cell(int column) throws SQLException {
    if (column < 1 || column > kinds.length) {
      checkOpen();
      throw Checks.noSuchColumn(column, kinds.length);
    }
    int cell = cursor.cell(column - 1);
    lastWasNull = cursor.cells().isNull(cell);
    return cell;
  }

  private <T> @Nullable T read(int column, Conversion<T> conversion) throws SQLException {
    Object value = cursor.cells().value(cell(column));
    if (value == null) {
      return null;
    }
    try {
      return conversion.convert(value, kinds[column - 1]);
    } catch (SQLException e) {
      throw SqlExceptions.inColumn(e, columns.get(column - 1).label());
    }
  }

  @Override
  public void checkOpen() throws SQLException {
    if (cursor.isClosed()) {
      throw SqlExceptions.closed("result");
    }
  }
}
