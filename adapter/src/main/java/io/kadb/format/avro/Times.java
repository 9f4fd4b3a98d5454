package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Brings dates and times to the values of columns: checks their range, and rounds to the digits of
 * the column half away from zero, which for timestamps is 2000-01-01 as in PostgreSQL.
 */
final class Times {
  private static final int FIRST_DAY = (int) LocalDate.of(1, 1, 1).toEpochDay();
  private static final int LAST_DAY = (int) LocalDate.of(5_874_897, 12, 31).toEpochDay();
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long FIRST_MICROS = FIRST_DAY * MICROS_PER_DAY;
  private static final long YEAR_2000 = 10_957 * MICROS_PER_DAY;
  private static final int MILLIS_DIGITS = 3;

  private final ColumnType type;
  private final Unit unit;

  /** The microseconds of the last digit that the column keeps. */
  private final long step;

  private enum Unit {
    MILLIS,
    MICROS,
    NANOS
  }

  private Times(ColumnType type, Unit unit) {
    this.type = type;
    this.unit = unit;
    long micros = 1;
    for (int i = type.precision().orElse(ColumnType.MAX_FRACTION_DIGITS);
        i < ColumnType.MAX_FRACTION_DIGITS;
        i++) {
      micros *= 10;
    }
    this.step = micros;
  }

  /** Returns what reads times of the day, in milliseconds or microseconds. */
  static Times ofDay(ColumnType type, boolean millis) {
    return new Times(type, millis ? Unit.MILLIS : Unit.MICROS);
  }

  /** Returns what reads timestamps; where their schema gives no unit, the column's digits do. */
  static Times timestamps(ColumnType type, Meaning.Kind kind) {
    return new Times(
        type,
        switch (kind) {
          case TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MILLIS -> Unit.MILLIS;
          case TIMESTAMP_MICROS, LOCAL_TIMESTAMP_MICROS -> Unit.MICROS;
          case TIMESTAMP_NANOS, LOCAL_TIMESTAMP_NANOS -> Unit.NANOS;
          default ->
              type.precision().orElse(ColumnType.MAX_FRACTION_DIGITS) <= MILLIS_DIGITS
                  ? Unit.MILLIS
                  : Unit.MICROS;
        });
  }

  /** Returns days since 1970-01-01, checked. */
  static Integer date(int days) {
    if (days < FIRST_DAY || days > LAST_DAY) {
      throw outOfRange("int " + days + " days since 1970-01-01", ColumnType.DATE);
    }
    return days;
  }

  /** Returns microseconds since midnight. */
  Long time(long value) {
    long perDay = unit == Unit.MILLIS ? MICROS_PER_DAY / 1000 : MICROS_PER_DAY;
    if (value < 0 || value >= perDay) {
      throw outOfRange(shown(value), type);
    }
    long micros = rounded(unit == Unit.MILLIS ? value * 1000 : value);
    if (micros >= MICROS_PER_DAY) {
      throw outOfRange(shown(value), type);
    }
    return micros;
  }

  /** Returns microseconds since 1970-01-01. */
  Long timestamp(long value) {
    try {
      long micros =
          switch (unit) {
            case MILLIS -> Math.multiplyExact(value, 1000);
            case MICROS -> value;
            case NANOS -> Math.floorDiv(value, 1000) + (Math.floorMod(value, 1000) >= 500 ? 1 : 0);
          };
      long rounded =
          step == 1 ? micros : rounded(Math.subtractExact(micros, YEAR_2000)) + YEAR_2000;
      if (rounded >= FIRST_MICROS) {
        return rounded;
      }
    } catch (ArithmeticException e) {
      // Told below.
    }
    throw outOfRange(shown(value), type);
  }

  private long rounded(long micros) {
    if (step == 1) {
      return micros;
    }
    long half = step / 2;
    return Math.addExact(micros, micros >= 0 ? half : -half) / step * step;
  }

  private String shown(long value) {
    return value + " " + unit.name().toLowerCase(Locale.ROOT);
  }

  private static KadbException outOfRange(String found, ColumnType type) {
    return new KadbException(
            ErrorCode.DATETIME_OUT_OF_RANGE,
            "found " + found + ", wanted " + type.sql() + " in its range")
        .withHint("declare the column BIGINT or INTEGER to keep such values");
  }
}
