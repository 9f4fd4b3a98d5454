package io.kadb.server.load.faults;

import java.util.List;

/** How rows get into the target. */
enum Way {
  /** Straight into the target. */
  INSERT(List.of(), "id bigint"),

  /** By way of the temporary table, and into rows that are there. */
  MERGE(List.of("--mode", "merge", "--match", "id", "--order", "version"), "id bigint PRIMARY KEY");

  /** The versions that {@link #uniqueIndex} is about. */
  static final int UNIQUE_EVERY = 1000;

  static final int UNIQUE_AT = 501;

  private final List<String> arguments;
  private final String columns;

  Way(List<String> arguments, String id) {
    this.arguments = arguments;
    this.columns = id + ", version bigint, amount numeric(10,2), note text, prt int, off bigint";
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

  /** One query for all numbers of a {@link FaultyLoad.Tally}, and so of one moment. */
  String tally(String target, long ftoid) {
    return """
        WITH read AS MATERIALIZED (
          SELECT 2 * (prt + %1$d * (x / 2)) + x %% 2 AS n
          FROM kadb.offsets, generate_series(0, off - 1) x WHERE ftoid = %2$d
        ), good AS MATERIALIZED (
          SELECT n / 2 AS id, n AS version FROM read WHERE n %% %3$d <> %4$d
        ), wanted AS MATERIALIZED (
          SELECT id, %5$s AS version FROM good %6$s
        ), found AS MATERIALIZED (
          SELECT id, version FROM %7$s
        ), rejects AS MATERIALIZED (
          SELECT 2 * (prt + %1$d * (off / 2)) + off %% 2 AS n FROM kadb.rejects WHERE ftoid = %2$d
        ), bad AS MATERIALIZED (
          SELECT n FROM read WHERE n %% %3$d = %4$d
        )
        SELECT (SELECT count(*) FROM read),
          (SELECT count(*) FROM found),
          (SELECT count(*) FROM rejects),
          (SELECT count(*) FROM (SELECT * FROM wanted EXCEPT SELECT * FROM found) l)
            + (SELECT count(*) FROM (SELECT * FROM bad EXCEPT SELECT * FROM rejects) l),
          (SELECT count(*) - count(DISTINCT version) FROM %8$s)
            + (SELECT count(*) - count(DISTINCT n) FROM rejects),
          (SELECT count(*) FROM (SELECT * FROM found EXCEPT SELECT * FROM wanted) s)
            + (SELECT count(*) FROM (SELECT * FROM rejects EXCEPT SELECT * FROM bad) s)
        """
        .formatted(
            FaultyLoad.PARTITIONS,
            ftoid,
            MessageStream.BAD,
            MessageStream.BAD_AT,
            this == INSERT ? "version" : "max(version)",
            this == INSERT ? "" : "GROUP BY id",
            target,
            this == INSERT ? target : target + "_log");
  }
}
