package io.kadb.driver.value;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.sql.SQLException;

/** Turns a value as it travelled, never null, into what a getter returns. */
@FunctionalInterface
public interface Conversion<T> {
  /**
   * Converts a value.
   *
   * @param value a String, Boolean, Integer, Long or Double
   * @param kind the kind of the column's type
   */
  T convert(Object value, Kind kind) throws SQLException;

  /** Returns the error for a value outside the range of what is wanted. */
  static SQLException outOfRange(Object value, String wanted) {
    return SqlExceptions.of(
        SqlExceptions.shown(value.toString()) + " is out of range for " + wanted,
        States.NUMBER_OUT_OF_RANGE);
  }

  /** Returns the error for a column whose type has nothing to do with what is wanted. */
  static SQLException mismatch(Kind kind, String wanted) {
    return SqlExceptions.of(
        "a value of type " + kind.name() + " is not " + wanted, States.DATATYPE_MISMATCH);
  }

  /** Returns the error for a text that is not one of what is wanted. */
  static SQLException badText(Object value, String wanted) {
    return SqlExceptions.of(
        SqlExceptions.shown(value.toString()) + " is not " + wanted, States.BAD_TEXT);
  }
}
