package io.kadb.catalog;

/** What a column holds where a message says nothing of it. */
public sealed interface ColumnDefault {
  /** Returns the text by which definitions show it. */
  String text();

  /**
   * A value.
   *
   * @param text a text that the type's input takes
   */
  record Literal(String text) implements ColumnDefault {}

  /**
   * An expression, whose value is found once in each statement that reads the table.
   *
   * @param text the expression as written
   */
  record Expression(String text) implements ColumnDefault {}
}
