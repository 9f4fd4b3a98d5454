package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import io.kadb.type.TypeKind;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/** Turns the values that a client sets for parameters into the engine's. */
final class ParameterValues {
  private static final Set<TypeKind> NUMBERS =
      Set.of(
          TypeKind.SMALLINT,
          TypeKind.INTEGER,
          TypeKind.BIGINT,
          TypeKind.OID,
          TypeKind.REAL,
          TypeKind.DOUBLE,
          TypeKind.NUMERIC);

  /** The digits of a second that the engine says all times of the warehouse have. */
  private static final int WAREHOUSE_DIGITS = 3;

  private ParameterValues() {}

  /**
   * Returns the engine's values.
   *
   * @param types the parameters as the engine takes them
   * @param given the values a client set, in order
   * @param exactTimes whether the engine's times are microseconds
   * @throws KadbException if there are too few, or one does not fit its type
   */
  static List<@Nullable Object> toEngine(
      RelDataType types, List<@Nullable Object> given, boolean exactTimes) {
    if (given.size() < types.getFieldCount()) {
      throw new KadbException(
          ErrorCode.BAD_PARAMETER,
          "the statement has " + types.getFieldCount() + " parameters, found " + given.size());
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (RelDataTypeField field : types.getFieldList()) {
      ColumnType type = withAllDigits(EngineTypes.toColumn(field.getType()));
      try {
        values.add(toEngine(type, given.get(field.getIndex()), exactTimes));
      } catch (KadbException e) {
        throw new KadbException(
                e.code(), "parameter " + (field.getIndex() + 1) + ": " + e.getMessage(), e)
            .withForeignState(e.sqlState());
      }
    }
    return values;
  }

  /**
   * Takes milliseconds for a time without limits: so the engine describes the times of the
   * warehouse, and a parameter that is compared with one may not be rounded.
   */
  private static ColumnType withAllDigits(ColumnType type) {
    boolean millis = EngineTypes.fractionDigits(type).orElse(0) == WAREHOUSE_DIGITS;
    return millis ? ColumnType.of(type.kind()) : type;
  }

  private static @Nullable Object toEngine(
      ColumnType type, @Nullable Object given, boolean exactTimes) {
    if (given == null) {
      return null;
    } else if (NUMBERS.contains(type.kind()) && given instanceof Number number) {
      return type.kind() == TypeKind.NUMERIC ? new BigDecimal(number.toString()) : number;
    } else if (type.kind() == TypeKind.BOOLEAN && given instanceof Boolean) {
      return given;
    }
    Object value =
        given instanceof byte[] && type.kind() == TypeKind.BYTEA
            ? given
            : TextInput.of(type).read(text(given));
    return exactTimes && EngineValues.isTime(type)
        ? value
        : EngineValues.toEngine(type).apply(value);
  }

  /** Returns a value as text that the input of its column's type takes. */
  private static String text(Object given) {
    if (given instanceof Timestamp timestamp) {
      return timestamp.toLocalDateTime().toString();
    } else if (given instanceof Instant instant) {
      return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
    } else if (given instanceof Date
        || given instanceof Time
        || given instanceof LocalDate
        || given instanceof LocalTime
        || given instanceof LocalDateTime
        || given instanceof OffsetDateTime
        || given instanceof UUID
        || given instanceof Number
        || given instanceof Boolean
        || given instanceof CharSequence) {
      return given.toString();
    }
    throw new KadbException(
        ErrorCode.BAD_PARAMETER, "found an instance of " + given.getClass().getName());
  }
}
