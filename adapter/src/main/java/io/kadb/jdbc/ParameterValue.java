package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import io.kadb.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Time;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The value of a parameter as the engine takes it: a String, Number, Boolean, byte[], or one of
 * {@code java.time}. Dates and times of {@code java.sql} lose their time zone here: they mean what
 * they show in a calendar, except for a parameter with a time zone, which gets their instant.
 *
 * @param value what the client gave
 * @param calendar the calendar it gave with it; null for the default
 */
record ParameterValue(@Nullable Object value, @Nullable Calendar calendar) {
  static ParameterValue of(@Nullable Object value) {
    return new ParameterValue(value, null);
  }

  /**
   * Returns a value that {@code setObject} gave with a type.
   *
   * @param code the code of {@link Types} that the client wants it sent as
   * @param scale the digits after the point, for decimal numbers
   */
  static ParameterValue of(@Nullable Object value, int code, @Nullable Integer scale) {
    boolean decimal = code == Types.NUMERIC || code == Types.DECIMAL;
    if (decimal && scale != null && value instanceof Number number) {
      BigDecimal exact = new BigDecimal(number.toString());
      return of(exact.setScale(scale, RoundingMode.HALF_UP));
    }
    boolean text = code == Types.VARCHAR || code == Types.CHAR || code == Types.LONGVARCHAR;
    boolean plain = value instanceof Number || value instanceof Boolean;
    return of(text && plain ? value.toString() : value);
  }

  /** Returns the value for a parameter of a type. */
  @Nullable Object as(ColumnType type) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof LocalDate
        || value instanceof LocalTime
        || value instanceof LocalDateTime
        || value instanceof OffsetDateTime) {
      return value;
    }
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (value instanceof Number) {
      return value;
    }
    if (value instanceof UUID || value instanceof Character) {
      return value.toString();
    }
    return dateTime(value, type);
  }

  private Object dateTime(Object given, ColumnType type) {
    if (given instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    if (given instanceof ZonedDateTime zoned) {
      return zoned.toOffsetDateTime();
    }
    if (given instanceof Calendar moment) {
      return new ParameterValue(moment.getTime(), moment).dateTime(moment.getTime(), type);
    }
    if (given instanceof java.sql.Date date) {
      return SqlDateTimeValues.localDate(date, calendar);
    }
    if (given instanceof Time time) {
      return SqlDateTimeValues.localTime(time, calendar);
    }
    if (given instanceof java.util.Date moment) {
      return type.kind() == TypeKind.TIMESTAMPTZ
          ? SqlDateTimeValues.instant(moment).atOffset(ZoneOffset.UTC)
          : SqlDateTimeValues.wallTime(moment, calendar);
    }
    throw new KadbException(
        ErrorCode.UNSUPPORTED,
        "kadb does not take parameters of class " + given.getClass().getName());
  }
}
