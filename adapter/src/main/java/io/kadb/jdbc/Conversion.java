package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;

/** Turns a value of a row, never null, into what a getter returns. */
@FunctionalInterface
interface Conversion<T> {
  /**
   * Converts a value.
   *
   * @param value a value of the class that the type's kind says
   * @param type the column's type
   * @throws KadbException if the value cannot be converted
   */
  T convert(Object value, ColumnType type);

  /** Returns the error for a value outside the range of what is wanted. */
  static KadbException outOfRange(Object value, String wanted) {
    return new KadbException(
        ErrorCode.NUMBER_OUT_OF_RANGE,
        KadbException.shown(value.toString()) + " is out of range for " + wanted);
  }

  /** Returns the error for a column whose type has nothing to do with what is wanted. */
  static KadbException mismatch(ColumnType type, String wanted) {
    return new KadbException(
        ErrorCode.DATATYPE_MISMATCH, "a value of type " + type.name() + " is not " + wanted);
  }
}
