package io.kadb.driver.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Values as numbers and booleans. Fractions are cut off where an integer is wanted; a value outside
 * the range of what is wanted is an error.
 */
public final class NumberValues {
  private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  /** Digits before the point of a number that is certainly no long. */
  private static final int LONG_DIGITS = 20;

  private NumberValues() {}

  public static Byte toByte(Object value, Kind kind) throws SQLException {
    return (byte) integer(value, kind, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
  }

  public static Short toShort(Object value, Kind kind) throws SQLException {
    return (short) integer(value, kind, Short.MIN_VALUE, Short.MAX_VALUE, "short");
  }

  public static Integer toInteger(Object value, Kind kind) throws SQLException {
    return value instanceof Integer
        ? (Integer) value
        : (Integer) (int) integer(value, kind, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
  }

  public static Long toLong(Object value, Kind kind) throws SQLException {
    return integer(value, kind, Long.MIN_VALUE, Long.MAX_VALUE, "long");
  }

  public static Float toFloat(Object value, Kind kind) throws SQLException {
    double number = toDouble(value, kind);
    // The text of a REAL is read as such: by way of double it would be rounded twice.
    float result =
        kind == Kind.REAL && value instanceof String && Double.isFinite(number)
            ? Float.parseFloat((String) value)
            : (float) number;
    if (Float.isInfinite(result) && !Double.isInfinite(number)) {
      throw Conversion.outOfRange(value, "float");
    }
    return result;
  }

  public static Double toDouble(Object value, Kind kind) throws SQLException {
    if (value instanceof Boolean) {
      return (Boolean) value ? 1.0 : 0.0;
    }
    if (value instanceof Number) {
      return ((Number) value).doubleValue();
    }
    switch (kind) {
      case REAL:
        return widened((String) value);
      case DOUBLE:
        return parsedDouble((String) value);
      default:
        requireNumber(kind);
        return parsedDouble((String) value);
    }
  }

  public static BigDecimal toBigDecimal(Object value, Kind kind) throws SQLException {
    if (value instanceof Boolean) {
      return (Boolean) value ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    if (kind == Kind.REAL || kind == Kind.DOUBLE) {
      return shortestDecimal(value, kind);
    }
    if (value instanceof Integer || value instanceof Long) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    requireNumber(kind);
    return parsedDecimal(value.toString());
  }

  public static BigInteger toBigInteger(Object value, Kind kind) throws SQLException {
    return toBigDecimal(value, kind).toBigInteger();
  }

  public static Boolean toBoolean(Object value, Kind kind) throws SQLException {
    if (value instanceof Boolean) {
      return (Boolean) value;
    }
    if (kind.isText()) {
      return parsedBoolean((String) value);
    }
    if (!isNumber(kind)) {
      throw Conversion.mismatch(kind, "a boolean");
    }
    BigDecimal number = toBigDecimal(value, kind);
    boolean one = number.compareTo(BigDecimal.ONE) == 0;
    if (number.signum() != 0 && !one) {
      throw Conversion.outOfRange(value, "boolean");
    }
    return one;
  }

  private static long integer(Object value, Kind kind, long min, long max, String wanted)
      throws SQLException {
    long number =
        value instanceof Integer || value instanceof Long
            ? ((Number) value).longValue()
            : wholePart(toBigDecimal(value, kind), wanted);
    if (number < min || number > max) {
      throw Conversion.outOfRange(value, wanted);
    }
    return number;
  }

  private static long wholePart(BigDecimal number, String wanted) throws SQLException {
    // 1e1000000000 must not be written out in digits in order to see that it is too large.
    boolean tooLong = number.precision() - (long) number.scale() > LONG_DIGITS;
    BigDecimal whole = tooLong ? number : number.setScale(0, RoundingMode.DOWN);
    if (whole.compareTo(LONG_MIN) < 0 || whole.compareTo(LONG_MAX) > 0) {
      throw Conversion.outOfRange(number, wanted);
    }
    return whole.longValue();
  }

  /** Returns a REAL as the double that is exactly the same number. */
  private static double widened(String text) throws SQLException {
    double number = parsedDouble(text);
    return Double.isFinite(number) ? Float.parseFloat(text) : number;
  }

  private static BigDecimal shortestDecimal(Object value, Kind kind) throws SQLException {
    double number = toDouble(value, kind);
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw Conversion.outOfRange(value, "a decimal number");
    }
    return new BigDecimal(
        kind == Kind.REAL ? Float.toString((float) number) : Double.toString(number));
  }

  private static double parsedDouble(String text) throws SQLException {
    String trimmed = text.trim();
    switch (trimmed.toLowerCase(Locale.ROOT)) {
      case "nan":
        return Double.NaN;
      case "infinity":
      case "inf":
        return Double.POSITIVE_INFINITY;
      case "-infinity":
      case "-inf":
        return Double.NEGATIVE_INFINITY;
      default:
        return finite(trimmed);
    }
  }

  private static double finite(String text) throws SQLException {
    char last = text.isEmpty() ? 'd' : text.charAt(text.length() - 1);
    double number;
    try {
      // Java would also read 1d, 1f and 0x1p3.
      if (!Character.isDigit(last) && last != '.' || text.indexOf('x') >= 0) {
        throw new NumberFormatException();
      }
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw Conversion.badText(text, "a number");
    }
    if (Double.isInfinite(number)) {
      throw Conversion.outOfRange(text, "double");
    }
    return number;
  }

  private static BigDecimal parsedDecimal(String text) throws SQLException {
    try {
      return new BigDecimal(text.trim());
    } catch (NumberFormatException e) {
      throw Conversion.badText(text, "a number");
    }
  }

  private static boolean parsedBoolean(String text) throws SQLException {
    switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "t":
      case "true":
      case "y":
      case "yes":
      case "on":
      case "1":
        return true;
      case "f":
      case "false":
      case "n":
      case "no":
      case "off":
      case "0":
        return false;
      default:
        throw Conversion.badText(text, "a boolean");
    }
  }

  private static boolean isNumber(Kind kind) {
    switch (kind) {
      case SMALLINT:
      case INTEGER:
      case BIGINT:
      case OID:
      case REAL:
      case DOUBLE:
      case NUMERIC:
        return true;
      default:
        return false;
    }
  }

  private static void requireNumber(Kind kind) throws SQLException {
    if (!isNumber(kind) && !kind.isText() && kind != Kind.BOOLEAN) {
      throw Conversion.mismatch(kind, "a number");
    }
  }
}
