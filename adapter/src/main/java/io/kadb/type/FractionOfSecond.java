package io.kadb.type;

/**
 * Rounds microseconds to the digits of a fraction of a second that a type says, half away from
 * zero.
 *
 * @param unitMicros the microseconds of the last digit kept
 */
record FractionOfSecond(long unitMicros) {
  static FractionOfSecond of(ColumnType type) {
    int digits = type.precision().orElse(ColumnType.MAX_FRACTION_DIGITS);
    long unit = 1;
    for (int i = digits; i < ColumnType.MAX_FRACTION_DIGITS; i++) {
      unit *= 10;
    }
    return new FractionOfSecond(unit);
  }

  /**
   * Returns the microseconds rounded.
   *
   * @throws ArithmeticException if they are within half a unit of the limits of a long
   */
  long rounded(long micros) {
    if (unitMicros == 1) {
      return micros;
    }
    long half = unitMicros / 2;
    return Math.addExact(micros, micros >= 0 ? half : -half) / unitMicros * unitMicros;
  }
}
