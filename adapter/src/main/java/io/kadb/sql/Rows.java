package io.kadb.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a statement, read forward. Not safe for several threads, except {@link #close}.
 *
 * <p>A statement succeeds when its plan ran to its end and its last row was handed out. Only then
 * offsets move.
 */
public non-sealed interface Rows extends Outcome, AutoCloseable {
  /** Returns the columns in their order. */
  List<ResultColumn> columns();

  /**
   * Goes to the next row.
   *
   * @return false if there is none: the statement succeeded, its offsets moved, and under
   *     autocommit they are committed
   * @throws io.kadb.error.KadbException if reading or moving offsets failed; nothing moved
   */
  boolean next();

  /**
   * Returns a value of the current row.
   *
   * @param column counted from 0
   * @return the value, of the class that the column's {@link io.kadb.type.TypeKind} says, or null
   */
  @Nullable Object value(int column);

  /** Returns whether the plan is known to have ended, perhaps while standing on the last row. */
  boolean atEnd();

  /** Ends the rows without success, even on the last row: nothing moves. */
  default void abandon() {
    close();
  }

  /**
   * Ends the rows. If {@link #atEnd} the statement succeeds, otherwise nothing moves. A second call
   * does nothing.
   *
   * @throws io.kadb.error.KadbException if moving offsets failed
   */
  @Override
  void close();
}
