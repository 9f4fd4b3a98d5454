package io.kadb.sql;

import java.util.List;

/**
 * A table as metadata shows it.
 *
 * @param schema its schema
 * @param name its name
 * @param type {@code FOREIGN TABLE}, {@code SYSTEM TABLE}, {@code TABLE} or {@code VIEW}
 * @param remarks one line on what it is; may be empty
 * @param columns its columns without the hidden ones
 */
public record TableDescription(
    String schema, String name, String type, String remarks, List<ResultColumn> columns) {
  public TableDescription {
    columns = List.copyOf(columns);
  }
}
