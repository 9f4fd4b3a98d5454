package io.kadb.store;

import io.kadb.catalog.TableName;
import java.util.List;

/**
 * A table of the warehouse as its catalog shows it.
 *
 * @param name schema and name
 * @param kind {@code TABLE}, {@code VIEW} or {@code FOREIGN TABLE}
 * @param comment what its owner said of it; may be empty
 * @param columns its columns in their order
 */
public record WarehouseTable(
    TableName name, String kind, String comment, List<WarehouseColumn> columns) {
  public WarehouseTable {
    columns = List.copyOf(columns);
  }
}
