package io.kadb.server.load.gpkafka;

import java.util.List;
import java.util.Map;

/**
 * What becomes of one part of each message, its value or its key.
 *
 * @param part which
 * @param columns those that the format fills, in their order
 * @param format kadb's format
 * @param options those of the format, by their names
 * @param line where it stands
 */
record Content(
    Part part, List<SourceColumn> columns, String format, Map<String, Text> options, int line) {
  Content {
    columns = List.copyOf(columns);
    options = Map.copyOf(options);
  }

  /** A part of a message. */
  enum Part {
    VALUE,
    KEY
  }

  /**
   * A column.
   *
   * @param name its name
   * @param type its type in SQL
   * @param options those of the column
   * @param loaded whether it is more than a place among the fields
   */
  record SourceColumn(String name, String type, Map<String, String> options, boolean loaded) {
    SourceColumn {
      options = Map.copyOf(options);
    }
  }
}
