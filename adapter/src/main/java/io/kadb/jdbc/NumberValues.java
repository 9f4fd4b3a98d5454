package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import io.kadb.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Values as numbers and booleans. Fractions are cut off where an integer is wanted; a value outside
 * the range of what is wanted is an error.
 */
final class NumberValues {
  private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private NumberValues() {}

  static Byte toByte(Object value, ColumnType type) {
    return (byte) integer(value, type, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
  }

  static Short toShort(Object value, ColumnType type) {
    return (short) integer(value, type, Short.MIN_VALUE, Short.MAX_VALUE, "short");
  }

  static Integer toInteger(Object value, ColumnType type) {
    return switch (type.kind()) {
      case INTEGER -> (Integer) value;
      default -> (int) integer(value, type, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    };
  }

  static Long toLong(Object value, ColumnType type) {
    return switch (type.kind()) {
      case BIGINT, OID -> (Long) value;
      default -> integer(value, type, Long.MIN_VALUE, Long.MAX_VALUE, "long");
    };
  }

  static Float toFloat(Object value, ColumnType type) {
    double number = toDouble(value, type);
    float result = type.kind() == TypeKind.REAL ? (Float) value : (float) number;
    if (Float.isInfinite(result) && !Double.isInfinite(number)) {
      throw Conversion.outOfRange(value, "float");
    }
    return result;
  }

  static Double toDouble(Object value, ColumnType type) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT, OID, REAL, DOUBLE -> ((Number) value).doubleValue();
      case NUMERIC -> finite((BigDecimal) value);
      case BOOLEAN -> (Boolean) value ? 1.0 : 0.0;
      case TEXT, VARCHAR, CHAR, OTHER -> parsedDouble((String) value);
      default -> throw Conversion.mismatch(type, "a number");
    };
  }

  static BigDecimal toBigDecimal(Object value, ColumnType type) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT, OID -> BigDecimal.valueOf(((Number) value).longValue());
      case REAL, DOUBLE -> decimal((Number) value);
      case NUMERIC -> (BigDecimal) value;
      case BOOLEAN -> (Boolean) value ? BigDecimal.ONE : BigDecimal.ZERO;
      case TEXT, VARCHAR, CHAR, OTHER -> parsedDecimal((String) value);
      default -> throw Conversion.mismatch(type, "a number");
    };
  }

  static BigInteger toBigInteger(Object value, ColumnType type) {
    return toBigDecimal(value, type).toBigInteger();
  }

  static Boolean toBoolean(Object value, ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> (Boolean) value;
      case SMALLINT, INTEGER, BIGINT, OID, REAL, DOUBLE, NUMERIC -> {
        BigDecimal number = toBigDecimal(value, type);
        yield zeroOrOne(number.signum() == 0, number.compareTo(BigDecimal.ONE) == 0, value);
      }
      case TEXT, VARCHAR, CHAR, OTHER -> parsedBoolean((String) value);
      default -> throw Conversion.mismatch(type, "a boolean");
    };
  }

  private static long integer(Object value, ColumnType type, long min, long max, String wanted) {
    long number =
        switch (type.kind()) {
          case SMALLINT, INTEGER, BIGINT, OID -> ((Number) value).longValue();
          default -> wholePart(toBigDecimal(value, type), wanted);
        };
    if (number < min || number > max) {
      throw Conversion.outOfRange(value, wanted);
    }
    return number;
  }

  private static long wholePart(BigDecimal number, String wanted) {
    // 1e1000000000 must not be written out in digits in order to see that it is too large.
    if (number.compareTo(LONG_MIN) < 0 || number.compareTo(LONG_MAX) > 0) {
      BigDecimal whole =
          number.precision() - (long) number.scale() > 20
              ? number
              : number.setScale(0, RoundingMode.DOWN);
      if (whole.compareTo(LONG_MIN) < 0 || whole.compareTo(LONG_MAX) > 0) {
        throw Conversion.outOfRange(number, wanted);
      }
    }
    return number.longValue();
  }

  private static double finite(BigDecimal value) {
    double number = value.doubleValue();
    if (Double.isInfinite(number)) {
      throw Conversion.outOfRange(value, "double");
    }
    return number;
  }

  private static BigDecimal decimal(Number value) {
    if (!Double.isFinite(value.doubleValue())) {
      throw Conversion.outOfRange(value, "a decimal number");
    }
    return new BigDecimal(value.toString());
  }

  private static double parsedDouble(String text) {
    String trimmed = text.strip();
    return switch (trimmed.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity", "inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> finite(parsedDecimal(trimmed));
    };
  }

  private static BigDecimal parsedDecimal(String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw new KadbException(
          ErrorCode.BAD_TEXT, KadbException.shown(text) + " is not a number", e);
    }
  }

  private static boolean parsedBoolean(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "t", "true", "y", "yes", "on", "1" -> true;
      case "f", "false", "n", "no", "off", "0" -> false;
      default ->
          throw new KadbException(
              ErrorCode.BAD_TEXT, KadbException.shown(text) + " is not a boolean");
    };
  }

  private static boolean zeroOrOne(boolean zero, boolean one, Object value) {
    if (!zero && !one) {
      throw Conversion.outOfRange(value, "boolean");
    }
    return one;
  }
}
