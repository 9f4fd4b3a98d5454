package io.kadb.server.load;

import io.kadb.option.Redaction;
import io.kadb.type.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The foreign table that a job defines: created if it is not there, and altered where it differs,
 * so that it keeps its OID and with that its offsets.
 */
final class SourceDefinition {
  /** The server of tables that have all options themselves. */
  private static final String SERVER = "kadb_load";

  private static final String TOPIC = "k_topic";
  private static final long DEFAULT_MESSAGES = 100_000;
  private static final long DEFAULT_TIMEOUT_MS = 5_000;

  private final LoadJob.Source.Defined source;
  private final Map<String, String> options;

  /**
   * Creates the definition.
   *
   * @param segments how many workers share a batch
   */
  SourceDefinition(LoadJob job, LoadJob.Source.Defined source, int segments) {
    this(source, options(job, source, segments));
  }

  private SourceDefinition(LoadJob.Source.Defined source, Map<String, String> options) {
    this.source = source;
    this.options = options;
  }

  /** Returns the same for people to read, without secrets. */
  SourceDefinition masked() {
    return new SourceDefinition(source, Redaction.mask(options));
  }

  private static Map<String, String> options(
      LoadJob job, LoadJob.Source.Defined source, int segments) {
    Map<String, String> options = new LinkedHashMap<>(source.options());
    LoadJob.Batches batches = job.batches();
    long rows = batches.maxRows().orElse(DEFAULT_MESSAGES);
    put(options, "k_segments", Integer.toString(segments));
    put(options, "k_seg_batch", Long.toString(Math.max(1, (rows + segments - 1) / segments)));
    long waits = batches.interval().map(d -> d.toMillis()).orElse(DEFAULT_TIMEOUT_MS);
    put(options, "k_timeout_ms", Long.toString(waits));
    put(options, "k_consumer_group", "kadb");
    if (job.target().tombstonesDelete()) {
      put(options, "k_tombstone_rows", "true");
    }
    job.rejectLimit()
        .ifPresent(
            limit -> {
              put(options, "k_on_error", "reject");
              put(options, "k_reject_limit", limit);
            });
    return options;
  }

  private static void put(Map<String, String> options, String name, String value) {
    options.putIfAbsent(name, value);
  }

  /**
   * Brings the store's definition in line, in the connection's transaction.
   *
   * @return what was done, in words; empty if nothing had to be
   */
  Optional<String> apply(Connection kadb) throws SQLException {
    List<String> statements = statements(kadb);
    for (String sql : statements) {
      Sql.run(kadb, sql);
    }
    if (statements.isEmpty()) {
      return Optional.empty();
    }
    boolean created = statements.get(statements.size() - 1).startsWith("CREATE FOREIGN TABLE");
    return Optional.of((created ? "created" : "altered") + " foreign table " + source.table());
  }

  /** Returns what would bring the store's definition in line. */
  List<String> statements(Connection kadb) throws SQLException {
    Optional<SourceTable> present = SourceTable.find(kadb, source.table());
    present.ifPresent(this::checkTopic);
    return present.isPresent() ? changes(present.get()) : creation(kadb);
  }

  /** The stored offsets are those of the topic; for another one they would mean nothing. */
  private void checkTopic(SourceTable present) {
    String wanted = options.get(TOPIC);
    String found = present.options().get(TOPIC);
    if (!Objects.equals(wanted, found)) {
      throw new LoadFailure(
          "the job reads topic %s by foreign table %s, which is there and reads %s; drop it, or have the job make its own in another schema by METADATA.SCHEMA"
              .formatted(wanted, source.table(), found == null ? "its server's topic" : found));
    }
  }

  private List<String> creation(Connection kadb) throws SQLException {
    List<String> statements = new ArrayList<>();
    if (Sql.rows(kadb, "SELECT 1 FROM kadb.servers WHERE server_name = '" + SERVER + "'")
        .isEmpty()) {
      statements.add("CREATE SERVER " + SERVER + " FOREIGN DATA WRAPPER kadb_fdw");
    }
    statements.add("CREATE SCHEMA IF NOT EXISTS " + Quoting.name(source.table().schema()));
    statements.add(
        "CREATE FOREIGN TABLE %s (%s) SERVER %s OPTIONS (%s)"
            .formatted(
                Quoting.table(source.table()),
                source.columns().stream()
                    .map(SourceDefinition::declaration)
                    .collect(Collectors.joining(", ")),
                SERVER,
                list(options)));
    return statements;
  }

  private List<String> changes(SourceTable present) {
    List<String> changes = new ArrayList<>();
    String alter = "ALTER FOREIGN TABLE " + Quoting.table(source.table()) + " ";
    List<String> actions = columnActions(present.columns());
    if (!actions.isEmpty()) {
      changes.add(alter + String.join(", ", actions));
    }
    List<String> optionChanges = optionChanges(present.options());
    if (!optionChanges.isEmpty()) {
      changes.add(alter + "OPTIONS (" + String.join(", ", optionChanges) + ")");
    }
    return changes;
  }

  /** From the first column that differs on all are made anew: their order counts in csv. */
  private List<String> columnActions(List<LoadJob.Column> present) {
    int same = 0;
    while (same < Math.min(present.size(), source.columns().size())
        && isSame(present.get(same), source.columns().get(same))) {
      same++;
    }
    List<String> actions = new ArrayList<>();
    present.stream()
        .skip(same)
        .forEach(column -> actions.add("DROP COLUMN " + Quoting.name(column.name())));
    source.columns().stream()
        .skip(same)
        .forEach(column -> actions.add("ADD COLUMN " + declaration(column)));
    return actions;
  }

  private static boolean isSame(LoadJob.Column present, LoadJob.Column wanted) {
    return present.name().equals(wanted.name())
        && ColumnType.parse(present.type()).equals(ColumnType.parse(wanted.type()))
        && present.options().equals(wanted.options());
  }

  private List<String> optionChanges(Map<String, String> present) {
    List<String> changes = new ArrayList<>();
    present.keySet().stream()
        .filter(name -> !options.containsKey(name))
        .forEach(name -> changes.add("DROP " + Quoting.name(name)));
    options.forEach(
        (name, value) -> {
          String before = present.get(name);
          if (before == null) {
            changes.add("ADD " + option(name, value));
          } else if (!before.equals(value) || before.contains(Redaction.MASK)) {
            changes.add("SET " + option(name, value));
          }
        });
    return changes;
  }

  private static String declaration(LoadJob.Column column) {
    return Quoting.name(column.name())
        + " "
        + column.type()
        + (column.options().isEmpty() ? "" : " OPTIONS (" + list(column.options()) + ")");
  }

  private static String list(Map<String, String> options) {
    return options.entrySet().stream()
        .map(e -> option(e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String option(String name, String value) {
    return Quoting.name(name) + " " + Quoting.literal(value);
  }
}
