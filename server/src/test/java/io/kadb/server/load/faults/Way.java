package io.kadb.server.load.faults;

import java.util.List;

/** How rows get into the target. */
enum Way {
  /** Straight into the target. */
  INSERT(
      List.of(), "id bigint, version bigint, amount numeric(10,2), note text, prt int, off bigint"),

  /** By way of the temporary table, and into rows that are there. */
  MERGE(
      List.of("--mode", "merge", "--match", "id", "--order", "version"),
      "id bigint PRIMARY KEY, version bigint, amount numeric(10,2), note text, prt int, off"
          + " bigint");

  /** The versions that {@link #uniqueIndex} is about. */
  static final int UNIQUE_EVERY = 1000;

  static final int UNIQUE_AT = 501;

  private final List<String> arguments;
  private final String columns;

  Way(List<String> arguments, String columns) {
    this.arguments = arguments;
    this.columns = columns;
  }

  /** What the command line says of it. */
  List<String> arguments() {
    return arguments;
  }

  /** The target's columns. */
  String columns() {
    return columns;
  }

  /** An index that can be in the way; of few rows, so that most that come twice are found later. */
  static String uniqueIndex(String target) {
    return "CREATE UNIQUE INDEX ON %s (version) WHERE version %% %d = %d"
        .formatted(target, UNIQUE_EVERY, UNIQUE_AT);
  }

  /** A query for the ids and versions that the first messages leave in the target. */
  String wanted(long messages) {
    String good =
        "SELECT n / 2 AS id, n AS version FROM generate_series(0, %d::bigint) n WHERE n %% %d <> %d"
            .formatted(messages - 1, MessageStream.BAD, MessageStream.BAD_AT);
    return this == INSERT
        ? good
        : "SELECT id, max(version) AS version FROM (" + good + ") g GROUP BY id";
  }
}
