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
    int from = java.charAt(0) == '-' ? 1 : 0;
    int e = java.indexOf('E');
    String number = java.substring(from, e < 0 ? java.length() : e);
    int exponent = e < 0 ? 0 : Integer.parseInt(java.substring(e + 1));
    int point = number.indexOf('.');
    String digits = number.substring(0, point) + number.substring(point + 1);
    int first = 0;
    while (digits.charAt(first) == '0') {
      first++;
    }
    int last = digits.length();
    while (digits.charAt(last - 1) == '0') {
      last--;
    }
    exponent += point - 1 - first;
    if (from == 1) {
      out.append('-');
    }
    lay(out, digits.substring(first, last), exponent, firstWithExponent);
  }

  private static void lay(StringBuilder out, String digits, int exponent, int firstWithExponent) {
    if (exponent < -4 || exponent >= firstWithExponent) {
      out.append(digits.charAt(0));
      if (digits.length() > 1) {
        out.append('.').append(digits, 1, digits.length());
      }
      out.append(exponent < 0 ? "e-" : "e+").append(Math.abs(exponent) < 10 ? "0" : "");
      out.append(Math.abs(exponent));
    } else if (exponent < 0) {
      out.append("0.").append("0".repeat(-exponent - 1)).append(digits);
    } else if (digits.length() <= exponent + 1) {
      out.append(digits).append("0".repeat(exponent + 1 - digits.length()));
    } else {
      out.append(digits, 0, exponent + 1).append('.');
      out.append(digits, exponent + 1, digits.length());
    }
  }
}
