package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
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
final class ObjectValues {
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
  static <T> Conversion<? extends T> conversion(Class<T> wanted) {
    Conversion<?> found = BY_CLASS.get(wanted);
    if (found == null) {
      throw new KadbException(
          ErrorCode.UNSUPPORTED, "kadb does not convert values into " + wanted.getName());
    }
    // register() put it there for this very class.
    @SuppressWarnings("unchecked")
    Conversion<? extends T> conversion = (Conversion<? extends T>) found;
    return conversion;
  }

  /** Returns a value as the class that {@link JdbcType#className} names. */
  static Object toObject(Object value, ColumnType type) {
    return switch (type.kind()) {
      case SMALLINT -> ((Short) value).intValue();
      case DATE -> SqlDateTimeValues.toDate(value, type);
      case TIME -> SqlDateTimeValues.toTime(value, type);
      case TIMESTAMP, TIMESTAMPTZ -> SqlDateTimeValues.toTimestamp(value, type);
      case BYTEA -> TextValues.toBytes(value, type);
      default -> value;
    };
  }

  private static UUID toUuid(Object value, ColumnType type) {
    return switch (type.kind()) {
      case UUID, TEXT, VARCHAR, CHAR, OTHER -> {
        try {
          yield UUID.fromString(((String) value).strip());
        } catch (IllegalArgumentException e) {
          throw new KadbException(
              ErrorCode.BAD_TEXT, KadbException.shown((String) value) + " is not a UUID", e);
        }
      }
      default -> throw Conversion.mismatch(type, "a UUID");
    };
  }
}
