package io.kadb.format;

import org.jspecify.annotations.Nullable;

/**
 * The arrays that a decoder puts its rows into: a new one for each row, or the same again where the
 * sink is done with a row once it has taken it. Used by one thread.
 */
public final class RowArrays {
  private static final Object[] NO_VALUES = {};

  private final int width;
  private final @Nullable Object @Nullable [] only;

  /** Creates the arrays for rows of a shape. */
  public RowArrays(RowShape shape) {
    width = shape.width();
    only = shape.spans() ? new Object[width] : null;
  }

  /** Returns the array for the next row; what it holds is to be overwritten. */
  public @Nullable Object[] next() {
    if (width == 0) {
      return NO_VALUES;
    }
    return only == null ? new Object[width] : only;
  }
}
