package io.kadb.sql;

import io.kadb.type.ColumnType;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The conversion between the values of a row and the engine's own: times in milliseconds, bytes in
 * a {@link ByteString}.
 */
final class EngineValues {
  /** Microseconds of a millisecond. */
  static final long MICROS = 1000;

  private EngineValues() {}

  /** Returns what turns a row's value of this type into the engine's; nothing for null values. */
  static UnaryOperator<Object> toEngine(ColumnType type) {
    return switch (type.kind()) {
      case BYTEA -> value -> new ByteString((byte[]) value);
      case TIME -> value -> (int) ((long) value / MICROS);
      case TIMESTAMP, TIMESTAMPTZ -> value -> Math.floorDiv((long) value, MICROS);
      default -> UnaryOperator.identity();
    };
  }

  /** Returns whether the engine's values of this type are not the same as a row's. */
  static boolean differ(ColumnType type) {
    return switch (type.kind()) {
      case BYTEA, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
      default -> false;
    };
  }

  /** Returns whether the engine cannot keep this value to the last digit. */
  static boolean loses(ColumnType type, Object value) {
    return switch (type.kind()) {
      case TIME, TIMESTAMP, TIMESTAMPTZ -> (long) value % MICROS != 0;
      default -> false;
    };
  }

  /** Returns whether a type's values are times. */
  static boolean isTime(ColumnType type) {
    return switch (type.kind()) {
      case TIME, TIMESTAMP, TIMESTAMPTZ -> true;
      default -> false;
    };
  }

  /**
   * Returns an engine's value as the class that the column's kind says.
   *
   * @param exactTimes whether the engine's times are microseconds
   */
  static @Nullable Object toClient(@Nullable Object value, ColumnType type, boolean exactTimes) {
    if (value == null) {
      return null;
    } else if (exactTimes && isTime(type)) {
      long micros = TimeCalls.finite(((Number) value).longValue());
      return value instanceof Long ? value : (Object) micros;
    }
    // What is of the right class already stays the same object: this runs for every value.
    return switch (type.kind()) {
      case SMALLINT -> value instanceof Short ? value : (Object) ((Number) value).shortValue();
      case INTEGER, DATE -> value instanceof Integer ? value : (Object) ((Number) value).intValue();
      case BIGINT, OID -> value instanceof Long ? value : (Object) ((Number) value).longValue();
      case REAL -> value instanceof Float ? value : (Object) ((Number) value).floatValue();
      case DOUBLE -> value instanceof Double ? value : (Object) ((Number) value).doubleValue();
      case NUMERIC -> decimal((Number) value);
      case BOOLEAN -> value;
      case BYTEA -> value instanceof ByteString bytes ? bytes.getBytes() : value;
      case TIME, TIMESTAMP, TIMESTAMPTZ -> ((Number) value).longValue() * MICROS;
      default -> value instanceof String ? value : String.valueOf(value);
    };
  }

  private static BigDecimal decimal(Number value) {
    return value instanceof BigDecimal exact ? plain(exact) : new BigDecimal(value.toString());
  }

  /** A cast to NUMERIC without scale pads with zeros up to the scale that stands for it. */
  static BigDecimal plain(BigDecimal value) {
    return value.scale() >= EngineTypeSystem.OPEN_SCALE ? stripped(value) : value;
  }

  private static BigDecimal stripped(BigDecimal padded) {
    BigDecimal stripped = padded.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
