package io.kadb.catalog;

import io.kadb.type.ColumnType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A declared column of a foreign table.
 *
 * @param name the column's name
 * @param type its SQL type
 * @param notNull whether NULL is refused
 * @param defaultText the value for messages that say nothing of this column, as text that the
 *     type's input takes; empty for NULL
 * @param options the column's options in their order
 */
public record ColumnDefinition(
    String name,
    ColumnType type,
    boolean notNull,
    Optional<String> defaultText,
    Map<String, String> options) {
  public ColumnDefinition {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
