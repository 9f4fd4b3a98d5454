package io.kadb.server.load.gpkafka;

import java.util.Locale;

/** Names of tables and columns as the file writes them, and as SQL does. */
final class SqlName {
  private SqlName() {}

  /** Returns the name that is meant: in double quotes as it stands, otherwise in lower case. */
  static String folded(String written) {
    String text = written.strip();
    int last = text.length() - 1;
    if (last > 0 && text.charAt(0) == '"' && text.charAt(last) == '"') {
      return text.substring(1, last).replace("\"\"", "\"");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /** Returns SQL that means the name. */
  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** Returns the name for what is loaded from a topic into a table. */
  static String ofSource(String table, String topic) {
    String text = (table + "_" + topic).toLowerCase(Locale.ROOT);
    StringBuilder name = new StringBuilder();
    text.codePoints().forEach(c -> name.appendCodePoint(Character.isLetterOrDigit(c) ? c : '_'));
    return name.toString();
  }
}
