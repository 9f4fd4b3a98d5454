package io.kadb.server.load;

import io.kadb.catalog.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The part of a command line that says what is to be loaded: a job file, or options. */
final class JobArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      description = "job file: a load configuration of gpkafka, versions 1 and 2")
  private @Nullable Path file;

  @Option(
      names = {"-u", "--url"},
      paramLabel = "URL",
      defaultValue = "${env:KADB_URL:-jdbc:kadb:}",
      description = {
        "JDBC URL whose store is the warehouse, unless the job file says it",
        "(default: $KADB_URL, else jdbc:kadb:)"
      })
  private String url = "jdbc:kadb:";

  @Option(
      names = "--from",
      paramLabel = "TABLE",
      description = "without a job file: the foreign table that is loaded")
  private @Nullable String from;

  @Option(
      names = "--into",
      paramLabel = "TABLE",
      description = "without a job file: the warehouse's table that is loaded")
  private @Nullable String into;

  @Option(
      names = "--column",
      paramLabel = "COLUMN=SQL",
      description = {
        "column of the target and what fills it: SQL of the warehouse over the",
        "source's columns; repeatable (default: columns of the same names)"
      })
  private Map<String, String> columns = Map.of();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "insert, update or merge (default: insert)")
  private LoadJob.@Nullable Mode mode;

  @Option(
      names = "--match",
      paramLabel = "COLUMN",
      split = ",",
      description = "update, merge: columns by which rows of the target are found, by =")
  private List<String> match = List.of();

  @Option(
      names = "--order",
      paramLabel = "COLUMN",
      split = ",",
      description = {
        "update, merge: of several rows of a batch for one match the greatest by",
        "these wins (default: the last in the order of offsets; between",
        "partitions the later message)"
      })
  private List<String> order = List.of();

  @Option(
      names = "--update",
      paramLabel = "COLUMN",
      split = ",",
      description = "update, merge: columns that are set (default: all that are filled)")
  private List<String> update = List.of();

  @Option(
      names = "--update-where",
      paramLabel = "SQL",
      description = {
        "update, merge: rows of the target are changed only where this holds;",
        "names are the target's, from_table.c is the source's"
      })
  private @Nullable String updateWhere;

  @Option(
      names = "--delete-where",
      paramLabel = "SQL",
      description = "update, merge: rows of the target go where this holds of the source")
  private @Nullable String deleteWhere;

  @Option(
      names = "--delete-tombstones",
      description = "update, merge: a message without a value deletes what it matches")
  private boolean deleteTombstones;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "rows are taken only where this holds")
  private @Nullable String filter;

  @Option(
      names = "--reject-limit",
      paramLabel = "N|P%",
      description = "messages of a batch that may be wrong and go to kadb.rejects")
  private @Nullable String rejectLimit;

  @Option(
      names = "--save-failing-batch",
      description = "keep the rows of a batch that the warehouse refuses in a table")
  private boolean saveFailing;

  /** Returns the URL of the connection, if the job does not say where the warehouse is. */
  String url() {
    return url;
  }

  /** Returns the job. */
  LoadJob job() {
    Path named = file;
    if (named != null) {
      if (isAnythingGiven()) {
        throw wrong("a job file says all of it: leave out --from, --into and what goes with them");
      }
      return JobFile.read(named);
    }
    if (from == null || into == null) {
      throw wrong("what is to be loaded? Give a job file, or --from and --into");
    }
    return fromOptions(table(from), table(into));
  }

  private boolean isAnythingGiven() {
    return from != null
        || into != null
        || mode != null
        || filter != null
        || updateWhere != null
        || deleteWhere != null
        || rejectLimit != null
        || deleteTombstones
        || saveFailing
        || !(columns.isEmpty() && match.isEmpty() && order.isEmpty() && update.isEmpty());
  }

  private LoadJob fromOptions(TableName source, TableName target) {
    LoadJob.Mode how = mode == null ? LoadJob.Mode.INSERT : mode;
    if (how == LoadJob.Mode.INSERT
        && (deleteTombstones
            || updateWhere != null
            || deleteWhere != null
            || !(match.isEmpty() && order.isEmpty() && update.isEmpty()))) {
      throw wrong("--match and what else is for update and merge needs --mode update or merge");
    }
    List<LoadJob.Mapping> mappings = new ArrayList<>();
    columns.forEach((name, sql) -> mappings.add(new LoadJob.Mapping(name, sql)));
    return new LoadJob(
        Optional.empty(),
        new LoadJob.Source.Existing(source),
        new LoadJob.Target(
            target,
            how,
            mappings,
            match,
            order,
            update,
            Optional.ofNullable(updateWhere),
            Optional.ofNullable(deleteWhere),
            deleteTombstones,
            Optional.ofNullable(filter)),
        new LoadJob.Batches(OptionalLong.empty(), Optional.empty(), saveFailing),
        Optional.ofNullable(rejectLimit),
        Optional.empty());
  }

  private TableName table(String name) {
    try {
      return Quoting.tableName(name);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(@Nullable String text) {
    return new ParameterException(spec.commandLine(), String.valueOf(text));
  }
}
