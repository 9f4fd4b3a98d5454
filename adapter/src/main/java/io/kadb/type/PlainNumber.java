package io.kadb.type;

/** Recognises numbers that are written as they would be printed, for {@link PlainText}. */
final class PlainNumber {
  /** So many digits are within all limits of NUMERIC. */
  private static final int DECIMAL_DIGITS = 100;

  /** Smaller numbers, with more zeros after the point, are printed with an exponent. */
  private static final int MOST_FIRST_ZEROS = 3;

  private PlainNumber() {}

  /** A whole number with so many digits at most; {@code 007} and {@code -0} are not plain. */
  static int whole(byte[] utf8, int from, int to, int mostDigits) {
    int first = afterSign(utf8, from, to);
    int end = digitsEnd(utf8, first, to);
    boolean plain = end == to && isWhole(utf8, first, end) && end - first <= mostDigits;
    return plain && !(first > from && utf8[first] == '0') ? to : PlainText.NOT_PLAIN;
  }

  /** A number of NUMERIC without limits. */
  static int decimal(byte[] utf8, int from, int to) {
    int first = afterSign(utf8, from, to);
    int point = digitsEnd(utf8, first, to);
    if (to - from > DECIMAL_DIGITS || !isWhole(utf8, first, point)) {
      return PlainText.NOT_PLAIN;
    }
    boolean plain = point == to || isFraction(utf8, point, to);
    return plain && !(first > from && isZero(utf8, first, to)) ? to : PlainText.NOT_PLAIN;
  }

  /** A number of NUMERIC with all the digits after the point that its type says. */
  static int decimal(byte[] utf8, int from, int to, int wholeDigits, int scale) {
    int first = afterSign(utf8, from, to);
    int point = digitsEnd(utf8, first, to);
    int digits = point - first;
    boolean fits =
        wholeDigits >= 0 && (digits <= wholeDigits || (digits == 1 && utf8[first] == '0'));
    boolean exact = scale == 0 ? point == to : scale > 0 && to - point - 1 == scale;
    return fits && exact ? decimal(utf8, from, to) : PlainText.NOT_PLAIN;
  }

  /**
   * A number of REAL or DOUBLE with no more digits than the type tells apart: then no shorter text
   * gives the same number.
   */
  static int floating(byte[] utf8, int from, int to, int mostDigits) {
    int first = afterSign(utf8, from, to);
    int point = digitsEnd(utf8, first, to);
    if (to - first > mostDigits + 1 || !isWhole(utf8, first, point)) {
      return PlainText.NOT_PLAIN;
    }
    if (point == to) {
      return to - first <= mostDigits && utf8[first] != '0' ? to : PlainText.NOT_PLAIN;
    }
    if (!isFraction(utf8, point, to) || isZero(utf8, first, to)) {
      return PlainText.NOT_PLAIN;
    }
    boolean tiny = utf8[first] == '0' && isZero(utf8, point, point + 1 + MOST_FIRST_ZEROS + 1, to);
    return tiny ? PlainText.NOT_PLAIN : withoutZeros(utf8, point, to);
  }

  /** Returns where a fraction ends without the zeros at its end, and without its point if alone. */
  static int withoutZeros(byte[] utf8, int point, int to) {
    int end = to;
    while (end > point && utf8[end - 1] == '0') {
      end--;
    }
    return end == point + 1 ? point : end;
  }

  private static int afterSign(byte[] utf8, int from, int to) {
    return from < to && utf8[from] == '-' ? from + 1 : from;
  }

  private static int digitsEnd(byte[] utf8, int from, int to) {
    int i = from;
    while (i < to && utf8[i] >= '0' && utf8[i] <= '9') {
      i++;
    }
    return i;
  }

  /** Returns whether digits are at least one, the first not a zero unless it is the only one. */
  private static boolean isWhole(byte[] utf8, int from, int to) {
    return to - from == 1 || (to > from && utf8[from] != '0');
  }

  /** Returns whether there is a point and nothing but digits, at least one, behind it. */
  private static boolean isFraction(byte[] utf8, int point, int to) {
    return utf8[point] == '.' && point + 1 < to && digitsEnd(utf8, point + 1, to) == to;
  }

  private static boolean isZero(byte[] utf8, int from, int to) {
    for (int i = from; i < to; i++) {
      if (utf8[i] != '0' && utf8[i] != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(byte[] utf8, int from, int to, int limit) {
    return to <= limit && isZero(utf8, from, to);
  }
}
