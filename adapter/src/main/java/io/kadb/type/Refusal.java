package io.kadb.type;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;

/** The errors of text input: what was found, what was wanted. */
final class Refusal {
  static final String DECLARE_TEXT = "declare the column TEXT to keep such values";

  private Refusal() {}

  /** Returns the error for a text that is not written as a value of the type (22P02). */
  static KadbException badText(ColumnType type, String found) {
    return of(ErrorCode.BAD_TEXT, found, type.sql());
  }

  /** Returns the error for a number outside the range of its type (22003). */
  static KadbException numberOutOfRange(ColumnType type, String found) {
    return of(ErrorCode.NUMBER_OUT_OF_RANGE, found, type.sql() + " in its range");
  }

  /** Returns the error for a text that is not written as a date, time or interval (22007). */
  static KadbException badDatetime(ColumnType type, String found) {
    return of(ErrorCode.BAD_DATETIME, found, type.sql());
  }

  /** Returns the error for a date, time or interval that does not exist or fit (22008). */
  static KadbException datetimeOutOfRange(ColumnType type, String found) {
    return of(ErrorCode.DATETIME_OUT_OF_RANGE, found, type.sql() + " in its range");
  }

  static KadbException of(ErrorCode code, String found, String wanted) {
    return new KadbException(code, "found " + KadbException.shown(found) + ", wanted " + wanted);
  }
}
