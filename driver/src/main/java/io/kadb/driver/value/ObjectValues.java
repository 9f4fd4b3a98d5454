package io.kadb.driver.value;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Values as objects: of the class that JDBC has for the column's type, or of a class asked for. */
public final class ObjectValues {
  private static final Map<Class<?>, Conversion<?>> BY_CLASS = new HashMap<>();

  static {
    register(Object.class, ObjectValues::toObject);
    register(String.class, TextValues::toText);
    register(Byte.class, NumberValues::toByte);
    register(Short.class, NumberValues::toShort);
    register(Integer.class, NumberValues::toInteger);
    register(Long.class, NumberValues::toLong);
    register(Float.class, NumberValues::toFloat);
    register(Double.class, NumberValues::toDouble);
    register(Number.class, NumberValues::toBigDecimal);
    register(BigDecimal.class, NumberValues::toBigDecimal);
    register(BigInteger.class, NumberValues::toBigInteger);
    register(Boolean.class, NumberValues::toBoolean);
    register(byte[].class, TextValues::toBytes);
    register(LocalDate.class, DateTimeValues::toLocalDate);
    register(LocalTime.class, DateTimeValues::toLocalTime);
    register(LocalDateTime.class, DateTimeValues::toLocalDateTime);
    register(OffsetDateTime.class, DateTimeValues::toOffsetDateTime);
    register(Instant.class, DateTimeValues::toInstant);
    register(Date.class, SqlDateTimeValues::toDate);
    register(Time.class, SqlDateTimeValues::toTime);
    register(Timestamp.class, SqlDateTimeValues::toTimestamp);
    register(java.util.Date.class, SqlDateTimeValues::toTimestamp);
    register(UUID.class, ObjectValues::toUuid);
  }

  private ObjectValues() {}

  private static <T> void register(Class<T> type, Conversion<? extends T> conversion) {
    BY_CLASS.put(type, conversion);
  }

  /** Returns the conversion into a class. */
  public static <T> Conversion<? extends T> conversion(Class<T> wanted) throws SQLException {
    Conversion<?> found = BY_CLASS.get(wanted);
    if (found == null) {
      throw SqlExceptions.of(
          "kadb does not convert values into " + wanted.getName(), States.UNSUPPORTED);
    }
    // register() put it there for this very class.
    @SuppressWarnings("unchecked")
    Conversion<? extends T> conversion = (Conversion<? extends T>) found;
    return conversion;
  }

  /** Returns a value as the class that the column's metadata names. */
  public static Object toObject(Object value, Kind kind) throws SQLException {
    switch (kind) {
      case SMALLINT:
      case INTEGER:
        return NumberValues.toInteger(value, kind);
      case BIGINT:
      case OID:
        return NumberValues.toLong(value, kind);
      case REAL:
        return NumberValues.toFloat(value, kind);
      case DOUBLE:
        return NumberValues.toDouble(value, kind);
      case NUMERIC:
        return NumberValues.toBigDecimal(value, kind);
      case BOOLEAN:
        return NumberValues.toBoolean(value, kind);
      case DATE:
        return SqlDateTimeValues.toDate(value, kind);
      case TIME:
        return SqlDateTimeValues.toTime(value, kind);
      case TIMESTAMP:
      case TIMESTAMPTZ:
        return SqlDateTimeValues.toTimestamp(value, kind);
      case BYTEA:
        return TextValues.toBytes(value, kind);
      default:
        return TextValues.toText(value, kind);
    }
  }

  private static UUID toUuid(Object value, Kind kind) throws SQLException {
    if (kind != Kind.UUID && !kind.isText()) {
      throw Conversion.mismatch(kind, "a UUID");
    }
    try {
      return UUID.fromString(((String) value).trim());
    } catch (IllegalArgumentException e) {
      throw Conversion.badText(value, "a UUID");
    }
  }
}
