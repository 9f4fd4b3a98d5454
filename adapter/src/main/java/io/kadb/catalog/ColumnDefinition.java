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
 * @param defaultValue what it holds where a message says nothing of it; empty for NULL
 * @param options the column's options in their order
 */
public record ColumnDefinition(
    String name,
    ColumnType type,
    boolean notNull,
    Optional<ColumnDefault> defaultValue,
    Map<String, String> options) {
  public ColumnDefinition {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Returns this column under another name. */
  public ColumnDefinition withName(String newName) {
    return new ColumnDefinition(newName, type, notNull, defaultValue, options);
  }

  /** Returns this column with another type. */
  public ColumnDefinition withType(ColumnType newType) {
    return new ColumnDefinition(name, newType, notNull, defaultValue, options);
  }

  /** Returns this column, refusing NULL or not. */
  public ColumnDefinition withNotNull(boolean newNotNull) {
    return new ColumnDefinition(name, type, newNotNull, defaultValue, options);
  }

  /** Returns this column with another default; empty for NULL. */
  public ColumnDefinition withDefault(Optional<ColumnDefault> newDefault) {
    return new ColumnDefinition(name, type, notNull, newDefault, options);
  }

  /** Returns this column with other options. */
  public ColumnDefinition withOptions(Map<String, String> newOptions) {
    return new ColumnDefinition(name, type, notNull, defaultValue, newOptions);
  }
}
