package io.kadb.driver.value;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Values as dates and times of {@code java.time}: proleptic Gregorian, to the microsecond, no time
 * zone but UTC, which is the time zone of every session.
 */
public final class DateTimeValues {
  private DateTimeValues() {}

  public static LocalDate toLocalDate(Object value, Kind kind) throws SQLException {
    if (kind == Kind.DATE || kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMPTZ || kind.isText()) {
      IsoText.Moment moment = IsoText.moment((String) value, "a date");
      return (kind == Kind.TIMESTAMPTZ ? moment.inUtc() : moment.wallTime).toLocalDate();
    }
    throw Conversion.mismatch(kind, "a date");
  }

  public static LocalTime toLocalTime(Object value, Kind kind) throws SQLException {
    if (kind == Kind.TIME || kind.isText()) {
      return IsoText.time((String) value);
    }
    if (kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMPTZ) {
      return IsoText.moment((String) value, "a time").inUtc().toLocalTime();
    }
    throw Conversion.mismatch(kind, "a time");
  }

  public static LocalDateTime toLocalDateTime(Object value, Kind kind) throws SQLException {
    switch (kind) {
      case TIME:
        return LocalDate.ofEpochDay(0).atTime(IsoText.time((String) value));
      case TIMESTAMPTZ:
        return IsoText.moment((String) value, "a timestamp").inUtc();
      default:
        if (kind == Kind.DATE || kind == Kind.TIMESTAMP || kind.isText()) {
          return IsoText.moment((String) value, "a timestamp").wallTime;
        }
        throw Conversion.mismatch(kind, "a timestamp");
    }
  }

  public static Instant toInstant(Object value, Kind kind) throws SQLException {
    LocalDateTime utc =
        kind.isText()
            ? IsoText.moment((String) value, "a timestamp").inUtc()
            : toLocalDateTime(value, kind);
    return utc.toInstant(ZoneOffset.UTC);
  }

  public static OffsetDateTime toOffsetDateTime(Object value, Kind kind) throws SQLException {
    return toInstant(value, kind).atOffset(ZoneOffset.UTC);
  }
}
