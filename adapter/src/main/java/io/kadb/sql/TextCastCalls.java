package io.kadb.sql;

import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
}
