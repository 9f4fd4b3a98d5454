package io.kadb.format;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import java.math.BigDecimal;

/** Reads what a column says of the position that its message is to have. */
final class PositionText {
  private static final long MICROS = 1000;

  private PositionText() {}

  /**
   * Returns a partition.
   *
   * @throws KadbException 22023 if it is none
   */
  static int partition(String text, ValueColumn column) {
    try {
      int partition = new BigDecimal(text).intValueExact();
      if (partition >= 0) {
        return partition;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // as below
    }
    throw wrong(text, "a partition", column);
  }

  /**
   * Returns milliseconds since 1970.
   *
   * @throws KadbException 22023 if it is no time, or one before 1970
   */
  static long millis(String text, ValueColumn column) {
    long millis =
        switch (column.type().kind()) {
          case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, NUMERIC, OID -> number(text, column);
          case TIME -> (long) TextInput.of(ColumnType.TIME).read(text) / MICROS;
          default -> Math.floorDiv((long) TextInput.of(ColumnType.TIMESTAMP).read(text), MICROS);
        };
    if (millis < 0) {
      throw wrong(text, "a time not before 1970, which a message can have", column);
    }
    return millis;
  }

  private static long number(String text, ValueColumn column) {
    try {
      return new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrong(text, "milliseconds since 1970", column);
    }
  }

  private static KadbException wrong(String text, String wanted, ValueColumn column) {
    return new KadbException(
            ErrorCode.BAD_PARAMETER, "found " + KadbException.shown(text) + ", wanted " + wanted)
        .inColumn(column.name());
  }
}
