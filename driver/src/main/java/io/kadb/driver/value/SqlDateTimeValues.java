package io.kadb.driver.value;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.GregorianCalendar;
import org.jspecify.annotations.Nullable;

/**
 * Values as {@code java.sql} dates and times.
 *
 * <p>Those classes hold an instant and show it in a calendar with a time zone: the default one, or
 * the one a getter names. A date or time without a zone becomes the instant that shows the same
 * year, month, day, hour, minute and second there; where the calendar has no such moment (a gap of
 * daylight saving, the days of October 1582 that were left out) it moves on as the calendar does. A
 * value with a zone keeps its instant.
 */
public final class SqlDateTimeValues {
  private SqlDateTimeValues() {}

  public static Date toDate(Object value, Kind kind) throws SQLException {
    return toDate(value, kind, null);
  }

  public static Date toDate(Object value, Kind kind, @Nullable Calendar calendar)
      throws SQLException {
    LocalDate date =
        kind == Kind.TIMESTAMPTZ
            ? DateTimeValues.toInstant(value, kind).atZone(zone(calendar)).toLocalDate()
            : DateTimeValues.toLocalDate(value, kind);
    return calendar == null ? Date.valueOf(date) : new Date(millis(date.atStartOfDay(), calendar));
  }

  public static Time toTime(Object value, Kind kind) throws SQLException {
    return toTime(value, kind, null);
  }

  public static Time toTime(Object value, Kind kind, @Nullable Calendar calendar)
      throws SQLException {
    LocalTime time =
        kind == Kind.TIMESTAMPTZ
            ? DateTimeValues.toInstant(value, kind).atZone(zone(calendar)).toLocalTime()
            : DateTimeValues.toLocalTime(value, kind);
    LocalDateTime onFirstDay = LocalDate.ofEpochDay(0).atTime(time);
    return new TimeWithFraction(
        calendar == null ? Timestamp.valueOf(onFirstDay).getTime() : millis(onFirstDay, calendar),
        time.getNano());
  }

  public static Timestamp toTimestamp(Object value, Kind kind) throws SQLException {
    return toTimestamp(value, kind, null);
  }

  public static Timestamp toTimestamp(Object value, Kind kind, @Nullable Calendar calendar)
      throws SQLException {
    if (kind == Kind.TIMESTAMPTZ) {
      Instant instant = DateTimeValues.toInstant(value, kind);
      return Timestamp.from(instant);
    }
    LocalDateTime wallTime = DateTimeValues.toLocalDateTime(value, kind);
    if (calendar == null) {
      return Timestamp.valueOf(wallTime);
    }
    Timestamp timestamp = new Timestamp(millis(wallTime, calendar));
    timestamp.setNanos(wallTime.getNano());
    return timestamp;
  }

  /** Returns the date that a {@code java.sql} date shows in a calendar, null for the default. */
  public static LocalDate localDate(java.util.Date date, @Nullable Calendar calendar) {
    return wallTime(date, calendar).toLocalDate();
  }

  /** Returns the time that a {@code java.sql} time shows in a calendar, null for the default. */
  public static LocalTime localTime(java.util.Date time, @Nullable Calendar calendar) {
    return wallTime(time, calendar).toLocalTime();
  }

  /** Returns the wall time that an instant shows in a calendar, null for the default. */
  public static LocalDateTime wallTime(java.util.Date instant, @Nullable Calendar calendar) {
    Calendar fields = calendar == null ? new GregorianCalendar() : (Calendar) calendar.clone();
    fields.setTimeInMillis(instant.getTime());
    int nanos =
        instant instanceof Timestamp
            ? ((Timestamp) instant).getNanos()
            : fields.get(Calendar.MILLISECOND) * 1_000_000;
    return LocalDateTime.of(
        fields.get(Calendar.YEAR),
        fields.get(Calendar.MONTH) + 1,
        fields.get(Calendar.DAY_OF_MONTH),
        fields.get(Calendar.HOUR_OF_DAY),
        fields.get(Calendar.MINUTE),
        fields.get(Calendar.SECOND),
        nanos);
  }

  /** Returns the instant of a {@code java.sql} or {@code java.util} date. */
  public static Instant instant(java.util.Date date) {
    return date instanceof Timestamp
        ? ((Timestamp) date).toInstant()
        : Instant.ofEpochMilli(date.getTime());
  }

  private static long millis(LocalDateTime wallTime, Calendar calendar) {
    Calendar fields = (Calendar) calendar.clone();
    fields.clear();
    fields.setLenient(true);
    fields.set(
        wallTime.getYear(),
        wallTime.getMonthValue() - 1,
        wallTime.getDayOfMonth(),
        wallTime.getHour(),
        wallTime.getMinute(),
        wallTime.getSecond());
    fields.set(Calendar.MILLISECOND, wallTime.getNano() / 1_000_000);
    return fields.getTimeInMillis();
  }

  private static ZoneId zone(@Nullable Calendar calendar) {
    return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
  }
}
