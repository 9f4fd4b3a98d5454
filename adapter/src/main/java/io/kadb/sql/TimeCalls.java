package io.kadb.sql;

import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import io.kadb.type.TextOutput;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the engine's generated code calls for {@link TimeFunction}. The class is public because that
 * code lies in no package; it is not meant for anybody else.
 */
public final class TimeCalls {
  private static final long MICROS = 1000;
  private static final int DIGITS = 6;
  private static final Map<String, ColumnType> TYPES = new ConcurrentHashMap<>();

  private TimeCalls() {}

  public static long ofTimestamp(long millis) {
    return millis * MICROS;
  }

  public static long ofTime(int millis) {
    return millis * MICROS;
  }

  public static long toTimestamp(long micros) {
    return Math.floorDiv(micros, MICROS);
  }

  public static int toTime(long micros) {
    return (int) (micros / MICROS);
  }

  /** Rounds half up to a number of digits, 0 to 6. */
  public static long round(long micros, int digits) {
    long unit = (long) Math.pow(10, DIGITS - digits);
    return Math.floorDiv(micros + unit / 2, unit) * unit;
  }

  public static String text(long micros, String type) {
    return TextOutput.of(type(type)).text(micros);
  }

  public static long parse(String text, String type) {
    return (long) TextInput.of(type(type)).read(text);
  }

  private static ColumnType type(String sql) {
    return TYPES.computeIfAbsent(sql, ColumnType::parse);
  }
}
