package io.kadb.server.load;

import io.kadb.catalog.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names and literals as SQL writes them, and names as people write them. */
final class Quoting {
  private static final String DEFAULT_SCHEMA = "public";
  private static final String PLAIN = "[\\p{L}_][\\p{L}\\p{N}_$]*+";
  private static final String QUOTED = "\"(?:[^\"]|\"\")++\"";
  private static final Pattern NAME = Pattern.compile("(?:" + PLAIN + "|" + QUOTED + ")");
  private static final Pattern CHAIN =
      Pattern.compile(NAME.pattern() + "(?:\\." + NAME.pattern() + "){0,2}");

  private Quoting() {}

  /** Returns a name in double quotes. */
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Returns names in double quotes, separated by commas. */
  static String names(List<String> names) {
    return names.stream().map(Quoting::name).collect(Collectors.joining(", "));
  }

  /** Returns a table's name with its schema. */
  static String table(TableName table) {
    return name(table.schema()) + "." + name(table.table());
  }

  /** Returns a literal. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Returns what {@code regclass} and the functions of kadb take for the table, as a literal. */
  static String regclass(TableName table) {
    return literal(table(table));
  }

  /** Returns the name that an expression is, if it is nothing but a column's name. */
  static Optional<String> columnIn(String expression) {
    String text = expression.strip();
    return NAME.matcher(text).matches() ? Optional.of(folded(text)) : Optional.empty();
  }

  /**
   * Reads the name of a table: {@code orders}, {@code public.orders}, {@code pg.public."Orders"}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static TableName tableName(String text) {
    String name = text.strip();
    if (!CHAIN.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a table: " + text);
    }
    List<String> parts = new ArrayList<>();
    for (Matcher part = NAME.matcher(name); part.find(); ) {
      parts.add(folded(part.group()));
    }
    if (parts.size() == 3 && !parts.remove(0).equals("pg")) {
      throw new IllegalArgumentException(
          "not the name of a table: " + text + "; only pg may stand before a schema");
    }
    return parts.size() == 1
        ? new TableName(DEFAULT_SCHEMA, parts.get(0))
        : new TableName(parts.get(0), parts.get(1));
  }

  private static String folded(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name.toLowerCase(Locale.ROOT);
  }
}
