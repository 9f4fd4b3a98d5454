package io.kadb.driver.value;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times as PostgreSQL prints them: {@code 2024-02-29 12:34:56.789012+00}, with
 * {@code BC} after years before 1; a {@code T} between date and time, a shorter fraction, missing
 * seconds and any offset are taken as well. Reads one text, from left to right.
 */
final class IsoText {
  private static final int NANO_DIGITS = 9;

  private final String text;
  private final String wanted;
  private int at;

  private IsoText(String text, String wanted) {
    this.text = text.trim();
    this.wanted = wanted;
  }

  /** A date and what follows it; without a time midnight, without an offset null. */
  static final class Moment {
    final LocalDateTime wallTime;
    final @Nullable ZoneOffset offset;

    Moment(LocalDateTime wallTime, @Nullable ZoneOffset offset) {
      this.wallTime = wallTime;
      this.offset = offset;
    }

    /** Returns the wall time in UTC, which a moment without an offset is in already. */
    LocalDateTime inUtc() {
      return offset == null ? wallTime : wallTime.minusSeconds(offset.getTotalSeconds());
    }
  }

  /** Reads a date that a time may follow. */
  static Moment moment(String text, String wanted) throws SQLException {
    return new IsoText(text, wanted).guarded(true);
  }

  /** Reads a time of day; a date before it and an offset after it are left out. */
  static LocalTime time(String text) throws SQLException {
    boolean withDate = text.indexOf('-') > 0 && text.indexOf('-') < text.indexOf(':');
    return new IsoText(text, "a time").guarded(withDate).wallTime.toLocalTime();
  }

  private Moment guarded(boolean withDate) throws SQLException {
    try {
      Moment read = withDate ? readMoment() : readTimeOfDay();
      if (at < text.length()) {
        throw malformed();
      }
      return read;
    } catch (DateTimeException e) {
      throw SqlExceptions.of(
          SqlExceptions.shown(text) + " is out of range for " + wanted,
          States.DATETIME_OUT_OF_RANGE,
          e);
    }
  }

  private Moment readTimeOfDay() throws SQLException {
    LocalTime time = readTime();
    return new Moment(LocalDate.ofEpochDay(0).atTime(time), readOffset());
  }

  private Moment readMoment() throws SQLException {
    int year = number(1, 9);
    expect('-');
    int month = number(1, 2);
    expect('-');
    int day = number(1, 2);
    LocalTime time = LocalTime.MIDNIGHT;
    ZoneOffset offset = null;
    boolean timeFollows =
        at + 1 < text.length()
            && (text.charAt(at) == ' ' || text.charAt(at) == 'T')
            && Character.isDigit(text.charAt(at + 1));
    if (timeFollows) {
      at++;
      time = readTime();
      offset = readOffset();
    }
    if (text.startsWith(" BC", at)) {
      at += 3;
      year = 1 - year;
    }
    return new Moment(LocalDate.of(year, month, day).atTime(time), offset);
  }

  private LocalTime readTime() throws SQLException {
    int hour = number(1, 2);
    expect(':');
    int minute = number(2, 2);
    int second = 0;
    int nanos = 0;
    if (next() == ':') {
      at++;
      second = number(2, 2);
      if (next() == '.') {
        at++;
        int from = at;
        nanos = number(1, NANO_DIGITS);
        for (int digits = at - from; digits < NANO_DIGITS; digits++) {
          nanos *= 10;
        }
      }
    }
    return LocalTime.of(hour, minute, second, nanos);
  }

  private @Nullable ZoneOffset readOffset() throws SQLException {
    char sign = next();
    if (sign == 'Z') {
      at++;
      return ZoneOffset.UTC;
    }
    if (sign != '+' && sign != '-') {
      return null;
    }
    at++;
    int seconds = number(2, 2) * 3600;
    for (int unit = 60; unit > 0 && (next() == ':' || Character.isDigit(next())); unit /= 60) {
      at += next() == ':' ? 1 : 0;
      seconds += number(2, 2) * unit;
    }
    return ZoneOffset.ofTotalSeconds(sign == '-' ? -seconds : seconds);
  }

  private int number(int least, int most) throws SQLException {
    int from = at;
    int number = 0;
    while (at < text.length() && at - from < most && Character.isDigit(text.charAt(at))) {
      number = number * 10 + Character.digit(text.charAt(at), 10);
      at++;
    }
    if (at - from < least) {
      throw malformed();
    }
    return number;
  }

  private void expect(char wantedNext) throws SQLException {
    if (next() != wantedNext) {
      throw malformed();
    }
    at++;
  }

  /** Returns the next character; at the end one that nothing is. */
  private char next() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private SQLException malformed() {
    return SqlExceptions.of(SqlExceptions.shown(text) + " is not " + wanted, States.BAD_DATETIME);
  }
}
