package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import io.kadb.type.TextOutput;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.avatica.util.ByteString;

/**
 * What the engine's generated code calls for {@link TextCastFunction}. The class is public because
 * that code lies in no package; it is not meant for anybody else.
 */
public final class TextCastCalls {
  private static final TextInput BOOLEAN = TextInput.of(ColumnType.BOOLEAN);
  private static final TextInput SMALLINT = TextInput.of(ColumnType.SMALLINT);
  private static final TextInput INTEGER = TextInput.of(ColumnType.INTEGER);
  private static final TextInput BIGINT = TextInput.of(ColumnType.BIGINT);
  private static final TextInput REAL = TextInput.of(ColumnType.REAL);
  private static final TextInput DOUBLE = TextInput.of(ColumnType.DOUBLE);
  private static final TextInput DATE = TextInput.of(ColumnType.DATE);
  private static final TextInput BYTEA = TextInput.of(ColumnType.BYTEA);
  private static final TextInput UUID_TEXT = TextInput.of(ColumnType.UUID);
  private static final TextInput JSON = TextInput.of(ColumnType.JSON);
  private static final TextInput JSONB = TextInput.of(ColumnType.JSONB);
  private static final TextInput INTERVAL = TextInput.of(ColumnType.INTERVAL);
  private static final TextOutput OF_BYTEA = TextOutput.of(ColumnType.BYTEA);
  private static final TextOutput OF_REAL = TextOutput.of(ColumnType.REAL);
  private static final TextOutput OF_DOUBLE = TextOutput.of(ColumnType.DOUBLE);

  /** Significant digits of a quotient, at least. */
  private static final int QUOTIENT_DIGITS = 16;

  /** PostgreSQL computes to the base of 10000. */
  private static final int DIGITS_OF_A_DIGIT = 4;

  /** Two to the power of 63, the least number above those of BIGINT. */
  private static final double ABOVE_BIGINT = 0x1p63;

  private static final Map<String, TextInput> NUMERIC = new ConcurrentHashMap<>();

  private TextCastCalls() {}

  public static String ofBoolean(boolean value) {
    return value ? "true" : "false";
  }

  public static boolean toBoolean(String text) {
    return (boolean) BOOLEAN.read(text);
  }

  public static short toSmallint(String text) {
    return (short) SMALLINT.read(text);
  }

  public static int toInteger(String text) {
    return (int) INTEGER.read(text);
  }

  public static long toBigint(String text) {
    return (long) BIGINT.read(text);
  }

  public static float toReal(String text) {
    return (float) REAL.read(text);
  }

  public static double toDouble(String text) {
    return (double) DOUBLE.read(text);
  }

  /** Reads a NUMERIC of precision and scale as the type says. */
  public static BigDecimal toNumeric(String text, String type) {
    return (BigDecimal)
        NUMERIC.computeIfAbsent(type, sql -> TextInput.of(ColumnType.parse(sql))).read(text);
  }

  public static int toDate(String text) {
    return (int) DATE.read(text);
  }

  public static ByteString toBytea(String text) {
    return new ByteString((byte[]) BYTEA.read(text));
  }

  public static UUID toUuid(String text) {
    return UUID.fromString((String) UUID_TEXT.read(text));
  }

  public static String checkedJson(String text) {
    return (String) JSON.read(text);
  }

  public static String checkedJsonb(String text) {
    return (String) JSONB.read(text);
  }

  public static String checkedInterval(String text) {
    return (String) INTERVAL.read(text);
  }

  public static String ofBytea(ByteString bytes) {
    return OF_BYTEA.text(bytes.getBytes());
  }

  /** As many characters as bytes, to be counted. */
  public static String characters(ByteString bytes) {
    return new String(bytes.getBytes(), StandardCharsets.ISO_8859_1);
  }

  public static String ofReal(float value) {
    return OF_REAL.text(value);
  }

  public static String ofDouble(double value) {
    return OF_DOUBLE.text(value);
  }

  /** The text of a NUMERIC, without the zeros that stand for a scale it does not have. */
  public static String ofNumeric(BigDecimal value) {
    return EngineValues.plain(value).toPlainString();
  }

  /** Rounds half away from zero to one of the types of whole numbers. */
  public static long roundNumeric(BigDecimal value, String type) {
    try {
      return inRange(value.setScale(0, RoundingMode.HALF_UP).longValueExact(), type);
    } catch (ArithmeticException e) {
      throw outOfRange(ofNumeric(value), type);
    }
  }

  /** Rounds half to even to one of the types of whole numbers. */
  public static long roundDouble(double value, String type) {
    double rounded = Math.rint(value);
    if (!(rounded >= -ABOVE_BIGINT && rounded < ABOVE_BIGINT)) {
      throw outOfRange(ofDouble(value), type);
    }
    return inRange((long) rounded, type);
  }

  /** Divides with as many digits after the point as PostgreSQL gives. */
  public static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
    if (divisor.signum() == 0) {
      throw new KadbException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
    }
    BigDecimal one = EngineValues.plain(dividend);
    BigDecimal other = EngineValues.plain(divisor);
    int weight = weight(one) - weight(other);
    if (firstDigit(one) <= firstDigit(other)) {
      weight--;
    }
    int scale = QUOTIENT_DIGITS - weight * DIGITS_OF_A_DIGIT;
    scale = Math.max(Math.max(scale, 0), Math.max(one.scale(), other.scale()));
    return one.divide(
        other, Math.min(scale, EngineTypeSystem.MAX_NUMERIC_DIGITS), RoundingMode.HALF_UP);
  }

  /** The exponent of a number's first digit to the base of 10000. */
  private static int weight(BigDecimal value) {
    return value.signum() == 0
        ? 0
        : Math.floorDiv(value.precision() - value.scale() - 1, DIGITS_OF_A_DIGIT);
  }

  private static int firstDigit(BigDecimal value) {
    return value.abs().movePointLeft(weight(value) * DIGITS_OF_A_DIGIT).intValue();
  }

  private static long inRange(long value, String type) {
    boolean fits =
        switch (type) {
          case "smallint" -> value == (short) value;
          case "integer" -> value == (int) value;
          default -> true;
        };
    if (!fits) {
      throw outOfRange(Long.toString(value), type);
    }
    return value;
  }

  private static KadbException outOfRange(String found, String type) {
    return new KadbException(
        ErrorCode.NUMBER_OUT_OF_RANGE,
        "found " + KadbException.shown(found) + ", wanted " + type + " in its range");
  }
}
