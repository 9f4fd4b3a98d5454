package io.kadb.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A foreign table: a topic with columns.
 *
 * @param ftoid the table's OID, assigned once and never used again
 * @param name schema and name
 * @param server the name of its server
 * @param columns the declared columns in their order
 * @param options the options as written, in their order; may hold secrets
 */
public record ForeignTable(
    long ftoid,
    TableName name,
    String server,
    List<ColumnDefinition> columns,
    Map<String, String> options) {
  public ForeignTable {
    columns = List.copyOf(columns);
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Returns this table with other options. */
  public ForeignTable withOptions(Map<String, String> newOptions) {
    return new ForeignTable(ftoid, name, server, columns, newOptions);
  }

  /** Names the table and no more: options may hold secrets. */
  @Override
  public String toString() {
    return "foreign table " + name + " (" + ftoid + ")";
  }
}
