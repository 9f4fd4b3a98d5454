package io.kadb.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A result of the warehouse that gives dates and times as numbers: {@code getInt} of a DATE is days
 * since 1970-01-01, of a TIME milliseconds; {@code getLong} of a timestamp is milliseconds. What is
 * carried as text comes as PostgreSQL prints it, see {@link WarehouseTypes}. The classes of {@code
 * java.sql}, which depend on the default time zone and know no Gregorian calendar before 1582, are
 * not in the way. Bytes come as what the reader makes of them.
 */
final class WarehouseResult {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final ResultSet result;

  /**
   * The class that each column is asked for: of one that is carried as text {@code String}; null
   * for columns that are no dates, times or bytes.
   */
  private final @Nullable Class<?>[] classes;

  private final Function<byte[], Object> bytes;

  private WarehouseResult(
      ResultSet result, @Nullable Class<?>[] classes, Function<byte[], Object> bytes) {
    this.result = result;
    this.classes = classes;
    this.bytes = bytes;
  }

  /** Returns the result itself if it has no dates, times or bytes, otherwise one as described. */
  static ResultSet of(ResultSet result, Function<byte[], Object> bytes) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    @Nullable Class<?>[] classes = new Class<?>[columns.getColumnCount()];
    boolean any = false;
    for (int i = 0; i < classes.length; i++) {
      classes[i] = wanted(columns, i + 1);
      any |= classes[i] != null;
    }
    WarehouseResult numbers = new WarehouseResult(result, classes, bytes);
    return any
        ? (ResultSet)
            Proxy.newProxyInstance(
                WarehouseResult.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                (proxy, method, arguments) -> numbers.call(method, arguments))
        : result;
  }

  /** For a type's name the driver may ask the server, so it is asked only where it matters. */
  private static @Nullable Class<?> wanted(ResultSetMetaData columns, int column)
      throws SQLException {
    return switch (columns.getColumnType(column)) {
      case Types.DATE -> LocalDate.class;
      case Types.TIME ->
          WarehouseTypes.isText(columns.getColumnTypeName(column)) ? String.class : LocalTime.class;
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
          columns.getColumnTypeName(column).equals("timestamptz")
              ? OffsetDateTime.class
              : LocalDateTime.class;
      case Types.BINARY -> byte[].class;
      default -> null;
    };
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    boolean number = method.getName().equals("getInt") || method.getName().equals("getLong");
    if (number && arguments != null && arguments[0] instanceof Integer column) {
      Class<?> wanted = classes[column - 1];
      if (wanted != null && wanted != String.class) {
        long value = number(result.getObject(column, wanted));
        return method.getName().equals("getInt") ? (Object) Math.toIntExact(value) : (Object) value;
      }
    }
    boolean object = method.getName().equals("getObject") && method.getParameterCount() == 1;
    if (object && arguments != null && arguments[0] instanceof Integer column) {
      if (classes[column - 1] == String.class) {
        return result.getString(column);
      } else if (classes[column - 1] == byte[].class) {
        byte[] value = result.getBytes(column);
        return value == null ? null : bytes.apply(value);
      }
    }
    try {
      return method.invoke(result, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Returns days or milliseconds; 0 for NULL, as {@code getInt} does. */
  private static long number(@Nullable Object value) {
    if (value == null) {
      return 0;
    } else if (value instanceof LocalTime time) {
      return time.toNanoOfDay() / NANOS_PER_MILLI;
    }
    boolean infinite =
        value.equals(LocalDate.MAX)
            || value.equals(LocalDate.MIN)
            || value.equals(LocalDateTime.MAX)
            || value.equals(LocalDateTime.MIN)
            || value.equals(OffsetDateTime.MAX)
            || value.equals(OffsetDateTime.MIN);
    if (infinite) {
      throw WarehouseSource.infinite();
    } else if (value instanceof LocalDate date) {
      return date.toEpochDay();
    }
    Instant instant =
        value instanceof OffsetDateTime zoned
            ? zoned.toInstant()
            : ((LocalDateTime) value).toInstant(ZoneOffset.UTC);
    return instant.toEpochMilli();
  }
}
