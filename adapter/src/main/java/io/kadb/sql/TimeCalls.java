package io.kadb.sql;

import io.kadb.error.KadbException;
import io.kadb.store.WarehouseSource;
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
  /** What stands for the infinite times of the warehouse: they compare, but cannot be shown. */
  static final long INFINITY = Long.MAX_VALUE;

  static final long MINUS_INFINITY = Long.MIN_VALUE;

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

  public static int ofDays(int days) {
    return days;
  }

  public static long toTimestamp(long micros) {
    return Math.floorDiv(finite(micros), MICROS);
  }

  public static int toTime(long micros) {
    return (int) (micros / MICROS);
  }

  /** Rounds half up to a number of digits, 0 to 6. */
  public static long round(long micros, int digits) {
    long unit = (long) Math.pow(10, DIGITS - digits);
    return Math.floorDiv(finite(micros) + unit / 2, unit) * unit;
  }

  public static String text(long micros, String type) {
    return TextOutput.of(type(type)).text(finite(micros));
  }

  public static long parse(String text, String type) {
    return (long) TextInput.of(type(type)).read(text);
  }

  /**
   * Returns microseconds if they are a time.
   *
   * @throws KadbException 22008 if they stand for an infinite one
   */
  static long finite(long micros) {
    if (micros == INFINITY || micros == MINUS_INFINITY) {
      throw WarehouseSource.infinite();
    }
    return micros;
  }

  private static ColumnType type(String sql) {
    return TYPES.computeIfAbsent(sql, ColumnType::parse);
  }
}
