package io.kadb.type;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Input of REAL and DOUBLE: what C's {@code strtod} takes, and {@code NaN} and {@code Infinity} in
 * any case. A number too large, or so small that it would become zero, is an error.
 */
final class FloatInput implements TextInput {
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(?:"
              + "(?<hex>0[xX](?:[0-9a-fA-F]++\\.?[0-9a-fA-F]*+|\\.[0-9a-fA-F]++)"
              + "(?<binary>[pP][+-]?[0-9]++)?+)"
              + "|(?:[0-9]++\\.?[0-9]*+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?+"
              + "|(?<nan>[nN][aA][nN](?:\\([0-9A-Za-z_]*+\\))?+)"
              + "|(?<infinity>[iI][nN][fF](?:[iI][nN][iI][tT][yY])?+))");

  /** Powers of ten that a double holds exactly. */
  private static final double[] TEN_TO = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** With so many digits the unscaled value is below 2^53. */
  private static final int EXACT_DIGITS = 15;

  /** The same for a float: below 2^24, and 10^10 is the last power of ten a float holds exactly. */
  private static final int EXACT_FLOAT_DIGITS = 7;

  private final ColumnType type;
  private final boolean single;

  FloatInput(ColumnType type) {
    this.type = type;
    this.single = type.kind() == TypeKind.REAL;
  }

  /**
   * Reads digits with at most one point. Both the digits and the power of ten are exact in the
   * type's arithmetic, so that the one division rounds correctly (Clinger 1990).
   */
  @Override
  public Object read(byte[] utf8, int from, int to) {
    boolean negative = from < to && utf8[from] == '-';
    int i = negative ? from + 1 : from;
    int digits = 0;
    int afterPoint = 0;
    boolean point = false;
    long unscaled = 0;
    for (; i < to; i++) {
      int digit = utf8[i] - '0';
      if (digit >= 0 && digit <= 9) {
        unscaled = unscaled * 10 + digit;
        digits++;
        afterPoint += point ? 1 : 0;
      } else if (utf8[i] == '.' && !point) {
        point = true;
      } else {
        return TextInput.super.read(utf8, from, to);
      }
    }
    if (digits == 0 || digits > (single ? EXACT_FLOAT_DIGITS : EXACT_DIGITS)) {
      return TextInput.super.read(utf8, from, to);
    }
    if (single) {
      float value = (float) unscaled / (float) TEN_TO[afterPoint];
      return negative ? -value : value;
    }
    double value = unscaled / TEN_TO[afterPoint];
    return negative ? -value : value;
  }

  /**
   * A number at some place of a text, as C's {@code strtod} takes it.
   *
   * @param value its value
   * @param end the place after it
   * @param lossy whether it is too large, or so small that it lost digits
   */
  record Prefix(double value, int end, boolean lossy) {}

  /** Returns the number at a place of a text, or null if there is none. */
  static @Nullable Prefix prefix(String text, int from) {
    Matcher number = NUMBER.matcher(text).region(from, text.length());
    if (!number.lookingAt()) {
      return null;
    }
    double value = special(number, number.group());
    if (value != 0) {
      return new Prefix(value, number.end(), false);
    }
    value = Double.parseDouble(java(number));
    boolean zero = isZero(number.group(), number.group("hex") != null);
    boolean tiny = Math.abs(value) < Double.MIN_NORMAL && !zero;
    return new Prefix(value, number.end(), Double.isInfinite(value) || tiny);
  }

  @Override
  public Object read(String text) {
    int from = Ascii.skipSpaces(text, 0);
    Matcher number = NUMBER.matcher(text).region(from, text.length());
    if (!number.lookingAt()) {
      throw Refusal.badText(type, text);
    }
    Object value = value(text, number);
    if (Ascii.skipSpaces(text, number.end()) != text.length()) {
      throw Refusal.badText(type, text);
    }
    return value;
  }

  private Object value(String text, Matcher number) {
    String found = number.group();
    double special = special(number, found);
    if (special != 0) {
      return boxed(special);
    }
    boolean hex = number.group("hex") != null;
    String java = java(number);
    Object value = single ? (Object) Float.parseFloat(java) : (Object) Double.parseDouble(java);
    double checked = ((Number) value).doubleValue();
    if (Double.isInfinite(checked) || (checked == 0 && !isZero(found, hex))) {
      throw Refusal.numberOutOfRange(type, text);
    }
    return value;
  }

  /** Returns NaN or infinity, or 0 if the number is finite. */
  private static double special(Matcher number, String found) {
    if (number.group("nan") != null) {
      return Double.NaN;
    }
    if (number.group("infinity") == null) {
      return 0;
    }
    return found.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Returns the number as Java reads it. */
  private static String java(Matcher number) {
    boolean exponentMissing = number.group("hex") != null && number.group("binary") == null;
    return exponentMissing ? number.group() + "p0" : number.group();
  }

  private Object boxed(double value) {
    return single ? (Object) (float) value : (Object) value;
  }

  /** Returns whether all digits before the exponent are zero. */
  private static boolean isZero(String number, boolean hex) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      boolean exponent = hex ? c == 'p' || c == 'P' : c == 'e' || c == 'E';
      if (exponent) {
        return true;
      }
      boolean digit = hex ? Ascii.digit(c) < 16 : Ascii.isDigit(c);
      if (digit && c != '0') {
        return false;
      }
    }
    return true;
  }
}
