package io.kadb.type;

import io.kadb.type.IntervalFields.Unit;

/**
 * Reads an ISO 8601 interval: {@code P1Y2M3W4DT5H6M7.8S}, each number with a sign or fraction of
 * its own, or one of the alternative forms {@code P0001-02-03T04:05:06} and {@code
 * P00010203T040506}, which may end early.
 */
final class IsoInterval {
  private static final double MOST = 1.0e15;
  private static final int DATE_DIGITS = 8;
  private static final int TIME_DIGITS = 6;

  private final String text;
  private final IntervalFields fields;
  private int at;

  /** Whether a number with its unit stands before, since the P or the T. */
  private boolean unitsBefore;

  /** The number read last, its fraction, and how many digits it began with. */
  private long whole;

  private double fraction;
  private int digits;

  IsoInterval(String text, IntervalFields fields) {
    this.text = text;
    this.fields = fields;
  }

  void read() {
    if (text.length() < 2 || text.charAt(0) != 'P') {
      throw fields.malformed();
    }
    at = 1;
    boolean time = false;
    while (at < text.length()) {
      if (peek() == 'T') {
        time = true;
        unitsBefore = false;
        at++;
        continue;
      }
      number();
      boolean alternative = time ? timePart() : datePart();
      unitsBefore = !alternative;
      time |= alternative;
    }
  }

  /** Takes a number of a date with its unit; returns whether it was all of a date instead. */
  private boolean datePart() {
    char unit = peek();
    switch (unit) {
      case 'Y' -> add(Unit.YEAR);
      case 'M' -> add(Unit.MONTH);
      case 'W' -> add(Unit.WEEK);
      case 'D' -> add(Unit.DAY);
      case 'T', '-', '\0' -> {
        alternativeDate(unit);
        return true;
      }
      default -> throw fields.malformed();
    }
    at++;
    return false;
  }

  private void alternativeDate(char next) {
    if (unitsBefore) {
      throw fields.malformed();
    }
    if (next != '-' && digits == DATE_DIGITS) {
      fields.add(Unit.YEAR, whole / 10_000, 0);
      fields.add(Unit.MONTH, whole / 100 % 100, 0);
      fields.add(Unit.DAY, whole % 100, fraction);
    } else {
      add(Unit.YEAR);
      if (peek() == '-') {
        at++;
        number();
        add(Unit.MONTH);
      }
      if (peek() == '-') {
        at++;
        number();
        add(Unit.DAY);
      }
    }
    if (peek() == 'T') {
      at++;
    } else if (at < text.length()) {
      throw fields.malformed();
    }
  }

  /** Takes a number of a time with its unit; returns whether it was all of a time instead. */
  private boolean timePart() {
    char unit = peek();
    switch (unit) {
      case 'H' -> add(Unit.HOUR);
      case 'M' -> add(Unit.MINUTE);
      case 'S' -> add(Unit.SECOND);
      case ':', '\0' -> {
        alternativeTime(unit);
        return true;
      }
      default -> throw fields.malformed();
    }
    at++;
    return false;
  }

  private void alternativeTime(char next) {
    if (unitsBefore) {
      throw fields.malformed();
    }
    if (next != ':' && digits == TIME_DIGITS) {
      fields.add(Unit.HOUR, whole / 10_000, 0);
      fields.add(Unit.MINUTE, whole / 100 % 100, 0);
      fields.add(Unit.SECOND, whole % 100, 0);
      // PostgreSQL takes the fraction here for one of a microsecond.
      fields.add(Unit.MICROSECOND, 0, fraction);
    } else {
      add(Unit.HOUR);
      if (peek() == ':') {
        at++;
        number();
        add(Unit.MINUTE);
      }
      if (peek() == ':') {
        at++;
        number();
        add(Unit.SECOND);
      }
    }
    if (at < text.length()) {
      throw fields.malformed();
    }
  }

  private void add(Unit unit) {
    fields.add(unit, whole, fraction);
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  /** Reads a number as C's {@code strtod} does, where it begins with a digit, minus or point. */
  private void number() {
    char first = peek();
    if (!Ascii.isDigit(first) && first != '-' && first != '.') {
      throw fields.malformed();
    }
    FloatInput.Prefix number = FloatInput.prefix(text, at);
    if (number == null || number.lossy()) {
      throw fields.malformed();
    }
    double value = number.value();
    if (!(Math.abs(value) <= MOST)) {
      throw fields.fieldOutOfRange();
    }
    int from = first == '-' ? at + 1 : at;
    digits = 0;
    while (from + digits < text.length() && Ascii.isDigit(text.charAt(from + digits))) {
      digits++;
    }
    whole = (long) value;
    fraction = value - whole;
    at = number.end();
  }
}
