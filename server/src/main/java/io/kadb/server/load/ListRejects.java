package io.kadb.server.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kadb rejects list}: how many there are, or each of them. */
@Command(
    name = "list",
    description = "List rejected messages: counts for each table, partition and reason.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ListRejects extends StoreCommand {
  private static final String TABLE =
      "coalesce(t.table_schema || '.' || t.table_name, r.ftoid::text) AS tbl";
  private static final String FROM =
      " FROM kadb.rejects AS r LEFT JOIN kadb.foreign_tables AS t ON t.ftoid = r.ftoid";

  @Parameters(arity = "0..1", paramLabel = "TABLE", description = "only those of this table")
  private @Nullable String table;

  @Option(names = "--rows", description = "each message instead of counts, the latest first")
  private boolean rows;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "with --rows: at most so many (default: 100)")
  private int limit = 100;

  ListRejects() {
    super(true);
  }

  @Override
  void run(Connection kadb) throws SQLException {
    String condition = condition(kadb, Optional.ofNullable(table));
    TextTable lines;
    String select;
    if (rows) {
      lines = new TextTable("id", "table", "partition", "offset", "column", "state", "reason");
      select =
          "SELECT r.reject_id, %s, r.prt, r.off, r.column_name, r.sqlstate, r.reason%s%s"
                  .formatted(TABLE, FROM, condition)
              + " ORDER BY r.reject_id DESC LIMIT "
              + limit;
    } else {
      lines = new TextTable("table", "partition", "state", "column", "messages", "first", "last");
      select =
          ("SELECT %s, r.prt, r.sqlstate, r.column_name, count(*), min(r.off), max(r.off)%s%s"
                  + " GROUP BY r.ftoid, t.table_schema, t.table_name, r.prt, r.sqlstate,"
                  + " r.column_name ORDER BY 1, 2, 3, 4")
              .formatted(TABLE, FROM, condition);
    }
    Sql.rows(kadb, select).forEach(lines::add);
    lines.lines().forEach(System.out::println);
  }
}
