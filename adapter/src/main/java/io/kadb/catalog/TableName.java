package io.kadb.catalog;

/** The name of a table: schema and table, in the case they have after folding. */
public record TableName(String schema, String table) {
  @Override
  public String toString() {
    return schema + "." + table;
  }
}
