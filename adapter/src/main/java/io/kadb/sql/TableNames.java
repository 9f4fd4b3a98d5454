package io.kadb.sql;

import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of tables given as text, as in {@code 'public."Orders"'::regclass}. */
final class TableNames {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  private TableNames() {}

  /**
   * Returns the table that a text names: parts fold to lower case unless in double quotes.
   *
   * @param schema the schema of a name without one
   * @throws KadbException 42601 if the text is not a name
   */
  static TableName resolve(String text, String schema) {
    List<String> parts = parts(text.strip());
    if (parts.isEmpty() || parts.size() > 2 || parts.contains("")) {
      throw new KadbException(
          ErrorCode.SYNTAX, "found " + KadbException.shown(text) + ", wanted a table's name");
    }
    return parts.size() == 2
        ? new TableName(parts.get(0), parts.get(1))
        : new TableName(schema, parts.get(0));
  }

  /**
   * Returns the foreign table that an argument of a function means: its OID, as a number or a text
   * of digits, or its name.
   *
   * @param schema the schema of a name without one
   * @throws KadbException 42P01 if there is none, 42601 if a text is not a name
   */
  static ForeignTable find(Object argument, Definitions definitions, String schema) {
    String text = argument.toString().strip();
    if (argument instanceof Number || text.matches("[0-9]+")) {
      return definitions.tables().stream()
          .filter(table -> Long.toString(table.ftoid()).equals(text))
          .findFirst()
          .orElseThrow(() -> undefined("with OID " + KadbException.shown(text)));
    }
    TableName name = resolve(text, schema);
    return definitions
        .table(name)
        .orElseThrow(() -> new UnknownNames(definitions, schema).table(name));
  }

  /**
   * Returns the name of the table that an argument means, as a statement of the session may write
   * it; an OID that no table has stays a number, as in PostgreSQL.
   *
   * @param schema the schema that may be left out
   */
  static String written(Object argument, Definitions definitions, String schema) {
    if (argument instanceof Number oid
        && definitions.tables().stream().noneMatch(t -> t.ftoid() == oid.longValue())) {
      return oid.toString();
    }
    TableName name = find(argument, definitions, schema).name();
    String table = quoted(name.table());
    return name.schema().equals(schema) ? table : quoted(name.schema()) + "." + table;
  }

  private static String quoted(String name) {
    boolean plain = PLAIN.matcher(name).matches() && !KeywordNames.RESERVED.contains(name);
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static KadbException undefined(String which) {
    return new KadbException(
        ErrorCode.UNDEFINED_TABLE, "foreign table " + which + " does not exist");
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        part.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '.' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(quoted ? c : String.valueOf(c).toLowerCase(Locale.ROOT).charAt(0));
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
