package io.kadb.type;

import io.kadb.error.KadbException;

/**
 * Adds up what a text says of an interval, unit by unit. A fraction of a unit becomes smaller units
 * as in PostgreSQL: of a year months, of a month days (30 to a month), of anything less
 * microseconds. Arithmetic is in double as there, so that the last digit agrees.
 */
final class IntervalFields {
  /** The units, from small to large. */
  enum Unit {
    MICROSECOND(0, 1),
    MILLISECOND(0, 1_000),
    SECOND(0, 1_000_000),
    MINUTE(0, 60_000_000L),
    HOUR(0, 3_600_000_000L),
    DAY(1, 1),
    WEEK(1, 7),
    MONTH(2, 1),
    YEAR(2, 12),
    DECADE(2, 120),
    CENTURY(2, 1_200),
    MILLENNIUM(2, 12_000);

    private static final int DAYS_PER_MONTH = 30;

    /** 0: counted in microseconds, 1: in days, 2: in months. */
    private final int level;

    private final long factor;

    Unit(int level, long factor) {
      this.level = level;
      this.factor = factor;
    }
  }

  private final ColumnType type;
  private final String source;
  private long months;
  private long days;
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
      long scaled = Math.multiplyExact(whole, unit.factor);
      switch (unit.level) {
        case 0 -> {
          micros = Math.addExact(micros, scaled);
          addMicros(fraction * unit.factor);
        }
        case 1 -> {
          days = Math.addExact(days, scaled);
          addDays(fraction * unit.factor);
        }
        default -> {
          months = Math.addExact(months, scaled);
          if (unit == Unit.MONTH) {
            addDays(fraction * Unit.DAYS_PER_MONTH);
          } else {
            months = Math.addExact(months, (long) Math.rint(fraction * unit.factor));
          }
        }
      }
    } catch (ArithmeticException e) {
      throw outOfRange();
    }
  }

  private void addDays(double fractional) {
    long whole = (long) fractional;
    days = Math.addExact(days, whole);
    addMicros((fractional - whole) * DateTimeFields.MICROS_PER_DAY);
  }

  private void addMicros(double fractional) {
    long whole = (long) fractional;
    double rest = fractional - whole;
    long rounded = rest > 0.5 ? whole + 1 : rest < -0.5 ? whole - 1 : whole;
    micros = Math.addExact(micros, rounded);
  }

  /** Turns everything around, as {@code ago} wants it. */
  void negate() {
    months = -months;
    days = -days;
    micros = -micros;
  }

  /** Returns the interval, its seconds rounded to the type's digits. */
  Interval interval() {
    try {
      return new Interval(
          Math.toIntExact(months),
          Math.toIntExact(days),
          FractionOfSecond.of(type).rounded(micros));
    } catch (ArithmeticException e) {
      throw outOfRange();
    }
  }

  KadbException malformed() {
    return Refusal.badDatetime(type, source);
  }

  KadbException outOfRange() {
    return Refusal.datetimeOutOfRange(type, source);
  }
}
