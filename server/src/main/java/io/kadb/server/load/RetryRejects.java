package io.kadb.server.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kadb rejects retry}: the messages once more, into a table of the warehouse. */
@Command(
    name = "retry",
    description = {
      "Decode the rejected messages of a table once more, by its definition as it is now.",
      "",
      "What fits now is loaded and leaves kadb.rejects, in one transaction; the rest stays.",
      "Offsets do not move.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RetryRejects extends StoreCommand {
  private static final String IGNORED = "__ignored";

  @Parameters(paramLabel = "TABLE", description = "the foreign table")
  private String table = "";

  @Option(
      names = "--into",
      required = true,
      paramLabel = "TABLE",
      description = "the warehouse's table that is loaded")
  private String into = "";

  @Option(
      names = "--column",
      paramLabel = "COLUMN=SQL",
      description = {
        "column of the target and what fills it, kadb's SQL over the source's columns; may be given",
        "several times (default: columns of the same names)"
      })
  private Map<String, String> columns = Map.of();

  @Option(names = "--dry-run", description = "say how many rows it would be; change nothing")
  private boolean dryRun;

  RetryRejects() {
    super(false);
  }

  @Override
  void run(Connection kadb) throws SQLException {
    SourceTable source = source(kadb, table);
    kadb.setAutoCommit(false);
    // A job file's fields that are not loaded.
    List<String> names =
        source.columns().stream()
            .map(LoadJob.Column::name)
            .filter(name -> !name.startsWith(IGNORED))
            .toList();
    String selected =
        columns.isEmpty() ? Quoting.names(names) : String.join(", ", columns.values());
    String insert =
        "INSERT INTO pg.%s (%s) SELECT %s FROM kadb.retry_rejects(%s)"
            .formatted(
                Quoting.table(Quoting.tableName(into)),
                Quoting.names(columns.isEmpty() ? names : List.copyOf(columns.keySet())),
                selected,
                Quoting.regclass(source.name()));
    long before = count(kadb, source);
    long rows;
    try (Statement statement = kadb.createStatement()) {
      rows = statement.executeLargeUpdate(insert);
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        System.err.println("kadb: " + w.getMessage());
      }
    }
    long left = count(kadb, source);
    if (dryRun) {
      kadb.rollback();
    } else {
      kadb.commit();
    }
    System.out.printf(
        "%s of %s %s %s; %s left%n",
        ProgressText.count(rows, "row"),
        ProgressText.count(before - left, "message"),
        dryRun ? "would be loaded into" : "loaded into",
        into,
        ProgressText.count(left, "message"));
  }

  private static long count(Connection kadb, SourceTable source) throws SQLException {
    return Long.parseLong(
        String.valueOf(
            Sql.rows(kadb, "SELECT count(*) FROM kadb.rejects WHERE ftoid = ?", source.ftoid())
                .get(0)
                .get(0)));
  }
}
