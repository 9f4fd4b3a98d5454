package io.kadb.driver.wire;

import io.kadb.driver.value.ColumnShape;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What running a statement gave: rows, or a count. Immutable. */
public final class Outcome {
  private final @Nullable List<ColumnShape> columns;
  private final @Nullable Frame firstFrame;
  private final long updateCount;
  private final boolean warnings;

  private Outcome(
      @Nullable List<ColumnShape> columns,
      @Nullable Frame firstFrame,
      long updateCount,
      boolean warnings) {
    this.columns = columns;
    this.firstFrame = firstFrame;
    this.updateCount = updateCount;
    this.warnings = warnings;
  }

  /** Returns an outcome with rows; without a first frame they are all still to be fetched. */
  static Outcome rows(List<ColumnShape> columns, @Nullable Frame firstFrame, boolean warnings) {
    return new Outcome(columns, firstFrame, -1, warnings);
  }

  static Outcome count(long updateCount, boolean warnings) {
    return new Outcome(null, null, updateCount, warnings);
  }

  public boolean hasRows() {
    return columns != null;
  }

  /** Returns the columns of the rows; none if it is a count. */
  public List<ColumnShape> columns() {
    return columns == null ? Collections.emptyList() : columns;
  }

  public @Nullable Frame firstFrame() {
    return firstFrame;
  }

  /** Returns the count of rows that changed; -1 if there are rows. */
  public long updateCount() {
    return updateCount;
  }

  /** Returns whether the server has warnings to tell. */
  public boolean hasWarnings() {
    return warnings;
  }
}
