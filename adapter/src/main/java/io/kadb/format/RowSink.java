package io.kadb.format;

import org.jspecify.annotations.Nullable;

/** Takes the rows that a decoder makes of a message, on the thread that decodes. */
@FunctionalInterface
public interface RowSink {
  /**
   * Takes one row.
   *
   * @param row a new array that now belongs to the sink (of width 0: any empty array), or, if
   *     {@link RowShape#spans}, one that the next row may be put into; one element for each column
   *     that {@link RowShape} wants, of the class its {@link io.kadb.type.TypeKind} says, or null
   */
  void row(@Nullable Object[] row);
}
