package io.kadb.type;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Prints REAL and DOUBLE as PostgreSQL does since version 12: the fewest digits that give the same
 * number, {@code 1e+15} outside of exponents -4 to 14 (REAL: -4 to 5).
 */
final class FloatText {
  /** The first exponents that are printed with {@code e}. */
  private static final int DOUBLE_EXPONENT = 15;

  private static final int FLOAT_EXPONENT = 6;

  /**
   * Between these a number with few digits can lie halfway between two that the type holds: below,
   * such a point has too many digits after the point, above, five to the power of the exponent has
   * more bits than the type.
   */
  private static final double FIRST_EVEN_DOUBLE = 0x1p53;

  private static final double LAST_TIED_DOUBLE = 1e41;
  private static final float FIRST_EVEN_FLOAT = 0x1p24f;
  private static final float LAST_TIED_FLOAT = 1e19f;

  /** Smaller numbers are printed with an exponent. */
  private static final double FIRST_PLAIN = 1e-4;

  /** Every decimal of 15 digits is another double. */
  private static final double END_OF_EXACT_DOUBLES = 1e15;

  /** Every decimal of 6 digits is another float. */
  private static final double END_OF_EXACT_FLOATS = 1e6;

  /** From here on such a decimal rounded to a double, then to a float, is rounded as if at once. */
  private static final float FIRST_SURE_FLOAT = 0x1p-7f;

  /** With more digits after the point, the search takes as long as {@link #append}. */
  private static final int MOST_SHORT_SCALE = 6;

  private FloatText() {}

  static void append(StringBuilder out, double value) {
    if (!special(out, value)) {
      // Java's own Double.toString gives the fewest digits only since 19.
      String java = NumberOutput.toString(value, true);
      double magnitude = Math.abs(value);
      if (magnitude < Double.MIN_NORMAL) {
        java = oneDigit(value, java);
      } else if (magnitude >= FIRST_EVEN_DOUBLE && magnitude < LAST_TIED_DOUBLE) {
        java = withoutTie(value, java);
      }
      layout(out, java, DOUBLE_EXPONENT);
    }
  }

  static void append(StringBuilder out, float value) {
    if (!special(out, value)) {
      String java = NumberOutput.toString(value, true);
      float magnitude = Math.abs(value);
      if (magnitude < Float.MIN_NORMAL) {
        java = oneDigit(value, java);
      } else if (magnitude >= FIRST_EVEN_FLOAT && magnitude < LAST_TIED_FLOAT) {
        java = withoutTie(value, java);
      }
      layout(out, java, FLOAT_EXPONENT);
    }
  }

  /**
   * Appends a number if it has few digits after the point, in a fraction of the time; returns
   * whether it is such a one. A decimal of at most 15 digits that gives the number is the only one
   * of its length, so the first that is found is the shortest.
   */
  static boolean appendShort(ByteText out, double value) {
    double magnitude = Math.abs(value);
    if (!(magnitude >= FIRST_PLAIN && magnitude < END_OF_EXACT_DOUBLES)) {
      return false;
    }
    double power = 1;
    for (int scale = 0; scale <= MOST_SHORT_SCALE; scale++) {
      double digits = Math.rint(magnitude * power);
      if (digits >= END_OF_EXACT_DOUBLES) {
        return false;
      }
      if (digits / power == magnitude) {
        out.decimal((long) (value < 0 ? -digits : digits), scale);
        return true;
      }
      power *= 10;
    }
    return false;
  }

  /** Appends a number of at most 6 digits in the same way. */
  static boolean appendShort(ByteText out, float value) {
    float magnitude = Math.abs(value);
    if (!(magnitude >= FIRST_SURE_FLOAT && magnitude < END_OF_EXACT_FLOATS)) {
      return false;
    }
    double power = 1;
    for (int scale = 0; scale <= MOST_SHORT_SCALE; scale++) {
      double digits = Math.rint(magnitude * power);
      if (digits >= END_OF_EXACT_FLOATS) {
        return false;
      }
      if ((float) (digits / power) == magnitude) {
        out.decimal((long) (value < 0 ? -digits : digits), scale);
        return true;
      }
      power *= 10;
    }
    return false;
  }

  /**
   * Returns the text unless it lies exactly between the number and the next one, where PostgreSQL
   * prints more digits rather than to rely on how ties are rounded.
   */
  private static String withoutTie(double value, String java) {
    return withoutTie(
        java,
        new BigDecimal(value),
        new BigDecimal(Math.nextUp(value)),
        new BigDecimal(Math.nextDown(value)));
  }

  private static String withoutTie(float value, String java) {
    return withoutTie(
        java,
        new BigDecimal(value),
        new BigDecimal(Math.nextUp(value)),
        new BigDecimal(Math.nextDown(value)));
  }

  private static String withoutTie(
      String java, BigDecimal exact, BigDecimal above, BigDecimal below) {
    BigDecimal upper = exact.add(above).divide(BigDecimal.valueOf(2));
    BigDecimal lower = exact.add(below).divide(BigDecimal.valueOf(2));
    BigDecimal printed = new BigDecimal(java);
    if (printed.compareTo(upper) != 0 && printed.compareTo(lower) != 0) {
      return java;
    }
    int digits = 0;
    do {
      printed = exact.round(new MathContext(++digits));
    } while (printed.compareTo(upper) >= 0 || printed.compareTo(lower) <= 0);
    String all = printed.unscaledValue().abs().toString();
    int exponent = all.length() - 1 - printed.scale();
    return (exact.signum() < 0 ? "-" : "")
        + all.charAt(0)
        + "."
        + (all.length() > 1 ? all.substring(1) : "0")
        + "E"
        + exponent;
  }

  /**
   * Returns Java's text with one digit where that is enough; Java gives two at least, which makes a
   * difference for the smallest numbers only ({@code 4.9E-324}, which is {@code 5E-324} too).
   */
  private static String oneDigit(double value, String java) {
    String one = new BigDecimal(java).round(new MathContext(1)).toString();
    return Double.parseDouble(one) == value ? scientific(one) : java;
  }

  private static String oneDigit(float value, String java) {
    String one = new BigDecimal(java).round(new MathContext(1)).toString();
    return Float.parseFloat(one) == value ? scientific(one) : java;
  }

  /** Returns {@code 5E-324} with a point, as the layout expects it. */
  private static String scientific(String oneDigit) {
    return oneDigit.replace("E", ".0E");
  }

  private static boolean special(StringBuilder out, double value) {
    if (Double.isNaN(value)) {
      out.append("NaN");
    } else if (Double.isInfinite(value)) {
      out.append(value < 0 ? "-Infinity" : "Infinity");
    } else if (value == 0) {
      out.append(1 / value < 0 ? "-0" : "0");
    } else {
      return false;
    }
    return true;
  }

  /** Lays out the digits and the exponent of Java's text the way C's {@code %g} does. */
  private static void layout(StringBuilder out, String java, int firstWithExponent) {
    int e = java.indexOf('E');
    int point = java.indexOf('.');
    int first = java.charAt(0) == '-' ? 1 : 0;
    int exponent =
        point - first - 1 + (e < 0 ? 0 : Integer.parseInt(java, e + 1, java.length(), 10));
    if (first == 1) {
      out.append('-');
    }
    while (java.charAt(first) == '0' || first == point) {
      exponent -= first == point ? 0 : 1;
      first++;
    }
    int end = e < 0 ? java.length() : e;
    while (java.charAt(end - 1) == '0' || end - 1 == point) {
      end--;
    }
    int start = out.length();
    if (first < point && point < end) {
      out.append(java, first, point).append(java, point + 1, end);
    } else {
      out.append(java, first, end);
    }
    lay(out, start, exponent, firstWithExponent);
  }

  /** Puts a point, zeros or an exponent to the digits that stand at the end. */
  private static void lay(StringBuilder out, int start, int exponent, int firstWithExponent) {
    int digits = out.length() - start;
    if (exponent < -4 || exponent >= firstWithExponent) {
      if (digits > 1) {
        out.insert(start + 1, '.');
      }
      out.append(exponent < 0 ? "e-" : "e+").append(Math.abs(exponent) < 10 ? "0" : "");
      out.append(Math.abs(exponent));
    } else if (exponent < 0) {
      out.insert(start, "0.000", 0, 1 - exponent);
    } else if (digits <= exponent + 1) {
      for (int zeros = exponent + 1 - digits; zeros > 0; zeros--) {
        out.append('0');
      }
    } else {
      out.insert(start + exponent + 1, '.');
    }
  }
}
