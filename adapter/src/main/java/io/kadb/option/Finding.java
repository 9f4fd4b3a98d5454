package io.kadb.option;

import io.kadb.error.ErrorCode;

/** Something a check found in the options of an object. */
sealed interface Finding {
  /** Returns the text, one line. */
  String text();

  /**
   * An error: the definition is refused.
   *
   * @param option the option it concerns, as it is written
   */
  record Problem(ErrorCode code, String option, String text) implements Finding {}

  /** A warning where the option is defined, and whenever its table is read. */
  record Warning(String text) implements Finding {}

  /** A warning only where the option is defined. */
  record DefinitionWarning(String text) implements Finding {}
}
