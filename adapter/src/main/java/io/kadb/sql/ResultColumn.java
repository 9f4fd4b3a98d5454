package io.kadb.sql;

import io.kadb.type.ColumnType;

/**
 * A column of a result, or a parameter of a statement.
 *
 * @param label the name shown
 * @param type its type
 * @param nullable whether it may be null
 * @param tableSchema the schema of the table it comes from; empty if it comes from none
 * @param tableName the table it comes from; empty if it comes from none
 */
public record ResultColumn(
    String label, ColumnType type, boolean nullable, String tableSchema, String tableName) {
  /** Returns a nullable column that comes from no table. */
  public static ResultColumn of(String label, ColumnType type) {
    return new ResultColumn(label, type, true, "", "");
  }
}
