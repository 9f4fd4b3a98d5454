package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.store.WarehouseSource;
import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import io.kadb.type.TextOutput;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long DAY = 24 * 60 * MINUTE;

  /** PostgreSQL counts from 2000-01-01, and rounding away from zero is away from there. */
  private static final long YEAR_2000 = 10_957 * DAY;

  /** What stands for digits below a millisecond in a pattern. */
  private static final Pattern FRACTION = Pattern.compile("US|FF([456])", Pattern.CASE_INSENSITIVE);

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

  /** Rounds a timestamp to a number of digits, 0 to 6, half away from the year 2000. */
  public static long round(long micros, int digits) {
    long unit = unit(digits);
    long distance = finite(micros) - YEAR_2000;
    return (distance + (distance < 0 ? -unit : unit) / 2) / unit * unit + YEAR_2000;
  }

  /**
   * Rounds a time of a day to a number of digits, half up.
   *
   * @throws KadbException 22008 if that gives 24:00
   */
  public static long roundTime(long micros, int digits) {
    long unit = unit(digits);
    long rounded = (micros + unit / 2) / unit * unit;
    if (rounded >= DAY) {
      throw new KadbException(
          ErrorCode.DATETIME_OUT_OF_RANGE,
          "found " + text(micros, "time") + ", which " + digits + " digits round to 24:00:00");
    }
    return rounded;
  }

  private static long unit(int digits) {
    return (long) Math.pow(10, DIGITS - digits);
  }

  public static long ofDay(long micros) {
    return Math.floorMod(finite(micros), DAY);
  }

  public static long microseconds(long micros) {
    return Math.floorMod(finite(micros), MINUTE);
  }

  /** Replaces {@code US} and {@code FF4} to {@code FF6} by digits. */
  public static String pattern(long micros, String pattern) {
    Matcher matcher = FRACTION.matcher(pattern);
    String digits = String.format("%06d", Math.floorMod(finite(micros), SECOND));
    return matcher.replaceAll(
        found ->
            found.group(1) == null
                ? digits
                : digits.substring(0, Integer.parseInt(found.group(1))));
  }

  public static long withMicrosOf(long millis, long micros) {
    return millis + Math.floorMod(micros, MICROS);
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
