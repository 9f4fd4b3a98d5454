package io.kadb.jdbc;

import io.kadb.type.ColumnType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Values as dates and times of {@code java.time}: proleptic Gregorian, to the microsecond, no time
 * zone but UTC, which is the time zone of every session.
 */
final class DateTimeValues {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private DateTimeValues() {}

  static LocalDate toLocalDate(Object value, ColumnType type) {
    return switch (type.kind()) {
      case DATE -> LocalDate.ofEpochDay((Integer) value);
      case TIMESTAMP, TIMESTAMPTZ -> wallTime((Long) value).toLocalDate();
      case TEXT, VARCHAR, CHAR, OTHER -> TextValues.parseDate((String) value);
      default -> throw Conversion.mismatch(type, "a date");
    };
  }

  static LocalTime toLocalTime(Object value, ColumnType type) {
    return switch (type.kind()) {
      case TIME -> LocalTime.ofNanoOfDay((Long) value * NANOS_PER_MICRO);
      case TIMESTAMP, TIMESTAMPTZ -> wallTime((Long) value).toLocalTime();
      case TEXT, VARCHAR, CHAR, OTHER -> TextValues.parseTime((String) value);
      default -> throw Conversion.mismatch(type, "a time");
    };
  }

  static LocalDateTime toLocalDateTime(Object value, ColumnType type) {
    return switch (type.kind()) {
      case DATE -> toLocalDate(value, type).atStartOfDay();
      case TIME -> LocalDate.EPOCH.atTime(toLocalTime(value, type));
      case TIMESTAMP, TIMESTAMPTZ -> wallTime((Long) value);
      case TEXT, VARCHAR, CHAR, OTHER -> TextValues.parseTimestamp((String) value);
      default -> throw Conversion.mismatch(type, "a timestamp");
    };
  }

  static Instant toInstant(Object value, ColumnType type) {
    return switch (type.kind()) {
      case TEXT, VARCHAR, CHAR, OTHER ->
          TextValues.parseTimestampTz((String) value).toInstant(ZoneOffset.UTC);
      default -> toLocalDateTime(value, type).toInstant(ZoneOffset.UTC);
    };
  }

  static OffsetDateTime toOffsetDateTime(Object value, ColumnType type) {
    return toInstant(value, type).atOffset(ZoneOffset.UTC);
  }

  /** Returns the wall time that lies so many microseconds after 1970-01-01 00:00. */
  static LocalDateTime wallTime(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        (int) (Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO),
        ZoneOffset.UTC);
  }

  /** Returns the microseconds from midnight to a time; a finer fraction is cut off. */
  static long micros(LocalTime time) {
    return ChronoUnit.MICROS.between(LocalTime.MIDNIGHT, time);
  }
}
