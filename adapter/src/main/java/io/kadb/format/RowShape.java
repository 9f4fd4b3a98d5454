package io.kadb.format;

import io.kadb.type.ColumnType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a decoder is to make of a message: the declared columns, and where in a row the wanted ones
 * go. Columns that are not wanted are still counted and walked over.
 *
 * @param columns the declared columns that come from the message's value, in declared order
 * @param width the number of elements of a row; elements that no column claims are filled by others
 * @param spans whether an element may be a {@link io.kadb.type.TextSpan} instead of a value; it is
 *     good until the sink has taken the row, and so is the row's array, which the next row reuses
 */
public record RowShape(List<ValueColumn> columns, int width, boolean spans) {
  /** Creates the shape of rows of values. */
  public RowShape(List<ValueColumn> columns, int width) {
    this(columns, width, false);
  }

  /** Checks that the slots are elements of a row and differ. */
  public RowShape {
    columns = List.copyOf(columns);
    Set<Integer> slots = new HashSet<>();
    for (ValueColumn column : columns) {
      if (column.slot().isEmpty()) {
        continue;
      }
      int slot = column.slot().get();
      if (slot < 0 || slot >= width || !slots.add(slot)) {
        throw new IllegalArgumentException(
            "column " + column.name() + " cannot go to element " + slot + " of " + width);
      }
    }
  }

  /**
   * A declared column that comes from the message's value.
   *
   * @param name its name
   * @param type its type
   * @param notNull whether NULL is refused (23502)
   * @param defaultText the text of the value for messages that say nothing of this column
   * @param slot the element of the row its value goes to; empty if the statement does not use it
   * @param path where in the document it is, as a JSON Pointer (RFC 6901); empty for the field of
   *     its name. Only formats that {@link Formats#readsPath} look at it.
   */
  public record ValueColumn(
      String name,
      ColumnType type,
      boolean notNull,
      Optional<String> defaultText,
      Optional<Integer> slot,
      Optional<String> path) {
    /** Creates a column that is found by its name or its position. */
    public ValueColumn(
        String name,
        ColumnType type,
        boolean notNull,
        Optional<String> defaultText,
        Optional<Integer> slot) {
      this(name, type, notNull, defaultText, slot, Optional.empty());
    }
  }
}
