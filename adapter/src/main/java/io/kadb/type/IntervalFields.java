package io.kadb.type;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;

/**
 * Adds up what a text says of an interval, unit by unit. A fraction of a unit becomes smaller units
 * as in PostgreSQL: of a year months, of a month days (30 to a month), of anything less
 * microseconds. Arithmetic is in double as there, so that the last digit agrees.
 */
final class IntervalFields {
  /** What units are counted in. */
  private enum Level {
    MICROS,
    DAYS,
    MONTHS,
    YEARS
  }

  /** The units, from small to large. */
  enum Unit {
    MICROSECOND(Level.MICROS, 1),
    MILLISECOND(Level.MICROS, 1_000),
    SECOND(Level.MICROS, 1_000_000),
    MINUTE(Level.MICROS, 60_000_000L),
    HOUR(Level.MICROS, 3_600_000_000L),
    DAY(Level.DAYS, 1),
    WEEK(Level.DAYS, 7),
    MONTH(Level.MONTHS, 1),
    YEAR(Level.YEARS, 1),
    DECADE(Level.YEARS, 10),
    CENTURY(Level.YEARS, 100),
    MILLENNIUM(Level.YEARS, 1_000);

    private final Level level;

    /** How many microseconds, days, months or years one is. */
    private final long factor;

    Unit(Level level, long factor) {
      this.level = level;
      this.factor = factor;
    }
  }

  private static final int DAYS_PER_MONTH = 30;
  private static final int MONTHS_PER_YEAR = 12;

  private final ColumnType type;
  private final String source;
  private int years;
  private int months;
  private int days;
  private long micros;

  IntervalFields(ColumnType type, String source) {
    this.type = type;
    this.source = source;
  }

  /**
   * Adds a number of units.
   *
   * @param whole the number without its fraction
   * @param fraction the fraction, of the same sign
   */
  void add(Unit unit, long whole, double fraction) {
    try {
      switch (unit.level) {
        case MICROS -> {
          micros = Math.addExact(micros, Math.multiplyExact(whole, unit.factor));
          addMicros(fraction * unit.factor);
        }
        case DAYS -> {
          int counted = Math.multiplyExact(Math.toIntExact(whole), (int) unit.factor);
          days = Math.addExact(days, counted);
          addDays(fraction * unit.factor);
        }
        case MONTHS -> {
          months = Math.addExact(months, Math.toIntExact(whole));
          addDays(fraction * DAYS_PER_MONTH);
        }
        default -> {
          int counted = Math.multiplyExact(Math.toIntExact(whole), (int) unit.factor);
          years = Math.addExact(years, counted);
          int more = (int) Math.rint(fraction * unit.factor * MONTHS_PER_YEAR);
          months = Math.addExact(months, more);
        }
      }
    } catch (ArithmeticException e) {
      throw fieldOutOfRange();
    }
  }

  /** Adds years and months that were written as one: {@code 1-2}. */
  void addYearsAndMonths(long moreYears, long moreMonths) {
    try {
      long all = Math.addExact(Math.multiplyExact(moreYears, MONTHS_PER_YEAR), moreMonths);
      months = Math.addExact(months, Math.toIntExact(all));
    } catch (ArithmeticException e) {
      throw fieldOutOfRange();
    }
  }

  private void addDays(double fractional) {
    int whole = (int) fractional;
    days = Math.addExact(days, whole);
    addMicros((fractional - whole) * DateTimeFields.MICROS_PER_DAY);
  }

  /** Adds microseconds; half of one is cut off. */
  private void addMicros(double fractional) {
    long whole = (long) fractional;
    double rest = fractional - whole;
    long rounded = rest > 0.5 ? whole + 1 : rest < -0.5 ? whole - 1 : whole;
    micros = Math.addExact(micros, rounded);
  }

  /** Sets the microseconds, whatever they were: a time with colons comes before smaller units. */
  void setMicros(long newMicros) {
    micros = newMicros;
  }

  /** Turns the microseconds around. */
  void negateMicros() {
    micros = -micros;
  }

  /** Turns everything around, as {@code ago} wants it. */
  void negate() {
    try {
      years = Math.negateExact(years);
      months = Math.negateExact(months);
      days = Math.negateExact(days);
      micros = Math.negateExact(micros);
    } catch (ArithmeticException e) {
      throw fieldOutOfRange();
    }
  }

  /** Returns the interval, its seconds rounded to the type's digits. */
  Interval interval() {
    try {
      return new Interval(
          Math.toIntExact((long) years * MONTHS_PER_YEAR + months),
          days,
          FractionOfSecond.of(type).rounded(micros));
    } catch (ArithmeticException e) {
      throw Refusal.datetimeOutOfRange(type, source);
    }
  }

  KadbException malformed() {
    return Refusal.badDatetime(type, source);
  }

  /** Returns the error for a number that is too large for its unit. */
  KadbException fieldOutOfRange() {
    return Refusal.of(
        ErrorCode.INTERVAL_FIELD_OVERFLOW, source, type.sql() + " with numbers in range");
  }
}
