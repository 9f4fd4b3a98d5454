package io.kadb.store;

import io.kadb.catalog.TableName;
import java.util.List;
import java.util.stream.Collectors;

/** Names as SQL identifiers in double quotes. */
public final class Identifiers {
  private Identifiers() {}

  /** Returns a name as a quoted identifier. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Returns the name of a table as two quoted identifiers. */
  public static String quote(TableName name) {
    return quote(name.schema()) + '.' + quote(name.table());
  }

  /** Returns names as quoted identifiers with commas between them. */
  public static String quote(List<String> names) {
    return names.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
  }
}
