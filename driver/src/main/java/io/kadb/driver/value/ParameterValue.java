package io.kadb.driver.value;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.SQLException;
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
 * The value of a parameter. It travels as a Boolean, Long, Double, or as text that PostgreSQL would
 * read. Dates and times of {@code java.sql} lose their time zone here: they mean what they show in
 * a calendar, except for a parameter with a time zone, which gets their instant. Immutable.
 */
public final class ParameterValue {
  private final @Nullable Object value;
  private final @Nullable Calendar calendar;

  /**
   * A value.
   *
   * @param value what the program gave
   * @param calendar the calendar it gave with it; null for the default
   */
  public ParameterValue(@Nullable Object value, @Nullable Calendar calendar) {
    this.value = value;
    this.calendar = calendar;
  }

  public static ParameterValue of(@Nullable Object value) {
    return new ParameterValue(value, null);
  }

  /**
   * Returns a value that {@code setObject} gave with a type.
   *
   * @param code the code of {@link Types} that the program wants it sent as
   * @param scale the digits after the point, for decimal numbers
   */
  public static ParameterValue of(@Nullable Object value, int code, @Nullable Integer scale) {
    boolean decimal = code == Types.NUMERIC || code == Types.DECIMAL;
    if (decimal && scale != null && value instanceof Number) {
      return of(new BigDecimal(value.toString()).setScale(scale, RoundingMode.HALF_UP));
    }
    boolean text = code == Types.VARCHAR || code == Types.CHAR || code == Types.LONGVARCHAR;
    boolean plain = value instanceof Number || value instanceof Boolean;
    return of(text && plain ? value.toString() : value);
  }

  /** Returns what travels to a parameter of a kind: a Boolean, Long, Double, String, or null. */
  public @Nullable Object as(Kind kind) throws SQLException {
    if (value == null || value instanceof Boolean) {
      return value;
    }
    if (value instanceof byte[]) {
      return TextValues.hex((byte[]) value);
    }
    if (value instanceof Number) {
      return number((Number) value, kind);
    }
    if (value instanceof CharSequence || value instanceof UUID || value instanceof Character) {
      return value.toString();
    }
    return dateTime(value, kind);
  }

  private static Object number(Number number, Kind kind) throws SQLException {
    if (number instanceof Long || number instanceof Integer) {
      return number.longValue();
    }
    if (number instanceof Short || number instanceof Byte) {
      return number.longValue();
    }
    boolean floating = kind == Kind.REAL || kind == Kind.DOUBLE;
    if (number instanceof Double || number instanceof Float) {
      double exact = number.doubleValue();
      boolean finite = !Double.isNaN(exact) && !Double.isInfinite(exact);
      // A float in any other type means the digits that it shows.
      return finite && (floating || number instanceof Double) ? (Object) exact : number.toString();
    }
    if (!(number instanceof BigDecimal) && !(number instanceof BigInteger)) {
      throw unknownClass(number);
    }
    BigDecimal decimal = new BigDecimal(number.toString());
    boolean integer = kind == Kind.SMALLINT || kind == Kind.INTEGER || kind == Kind.BIGINT;
    if (integer && decimal.precision() - decimal.scale() < 19) {
      return decimal.longValue();
    }
    return floating ? (Object) decimal.doubleValue() : decimal.toString();
  }

  private Object dateTime(Object given, Kind kind) throws SQLException {
    if (given instanceof LocalDate
        || given instanceof LocalTime
        || given instanceof LocalDateTime
        || given instanceof OffsetDateTime) {
      return given.toString();
    }
    if (given instanceof Instant) {
      return ((Instant) given).atOffset(ZoneOffset.UTC).toString();
    }
    if (given instanceof ZonedDateTime) {
      return ((ZonedDateTime) given).toOffsetDateTime().toString();
    }
    if (given instanceof Calendar) {
      Calendar moment = (Calendar) given;
      return new ParameterValue(moment.getTime(), moment).dateTime(moment.getTime(), kind);
    }
    if (given instanceof java.sql.Date) {
      return SqlDateTimeValues.localDate((java.sql.Date) given, calendar).toString();
    }
    if (given instanceof Time) {
      return SqlDateTimeValues.localTime((Time) given, calendar).toString();
    }
    if (given instanceof java.util.Date) {
      java.util.Date moment = (java.util.Date) given;
      return kind == Kind.TIMESTAMPTZ
          ? SqlDateTimeValues.instant(moment).atOffset(ZoneOffset.UTC).toString()
          : SqlDateTimeValues.wallTime(moment, calendar).toString();
    }
    throw unknownClass(given);
  }

  private static SQLException unknownClass(Object given) {
    return SqlExceptions.of(
        "kadb does not take parameters of class " + given.getClass().getName(), States.UNSUPPORTED);
  }
}
