package io.kadb.server.offsets;

import io.kadb.server.cli.ExitCode;
import io.kadb.server.cli.VersionText;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kadb offsets set}. */
@Command(
    name = "set",
    description = {
      "Set the stored offsets of a foreign table, in one transaction. The changes are shown.",
      "",
      "Partitions of the topic without a stored offset get one.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    sortOptions = false,
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE)
final class SetOffsets implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private OffsetsConnection connection = new OffsetsConnection();

  @Parameters(paramLabel = "TABLE", description = "foreign table")
  private String table = "";

  @Option(
      names = "--to",
      paramLabel = "WHERE",
      description =
          "earliest, latest, committed (what the consumer group has committed), or an offset")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "the first message that is not older: milliseconds since 1970, or ISO 8601, UTC unless"
              + " it says otherwise")
  private Optional<String> at = Optional.empty();

  @Option(
      names = "--partition",
      paramLabel = "N",
      split = ",",
      description = "only these partitions; may be given several times")
  private List<Integer> partitions = List.of();

  @Option(names = "--dry-run", description = "show the changes, and store nothing")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException, SQLException {
    if (to.isPresent() == at.isPresent()) {
      throw new ParameterException(spec.commandLine(), "give either --to or --at");
    }
    try (Connection open = connection.open()) {
      OffsetChanges changes = new OffsetChanges(open, spec.commandLine().getErr()::println);
      long oid = changes.oid(table);
      List<String> made = changes.make(!dryRun, () -> move(open, changes, oid));
      Changes.show(spec, made, dryRun);
    }
    return ExitCode.OK;
  }

  /** Stores offsets of the wanted partitions and leaves the others alone, which may be moving. */
  private void move(Connection open, OffsetChanges changes, long oid) throws SQLException {
    String name = OffsetChanges.literal(table);
    Map<Integer, Long> initial = changes.offered("load_partitions", name);
    for (int partition : partitions) {
      if (!initial.containsKey(partition)) {
        throw new SQLException(table + ": Kafka has no partition " + partition, "55000");
      }
    }
    initial.keySet().removeIf(partition -> !wanted(partition));
    Map<Integer, Long> stored = changes.of(oid);
    for (Map.Entry<Integer, Long> each : initial.entrySet()) {
      if (!stored.containsKey(each.getKey())) {
        // The functions speak of partitions that have an offset.
        changes.store(oid, each.getKey(), each.getValue());
      }
    }
    Map<Integer, Long> offsets = offsets(open, changes, oid, name, initial.keySet());
    for (Map.Entry<Integer, Long> each : offsets.entrySet()) {
      if (initial.containsKey(each.getKey())) {
        changes.store(oid, each.getKey(), each.getValue());
      }
    }
  }

  private Map<Integer, Long> offsets(
      Connection open, OffsetChanges changes, long oid, String name, Set<Integer> moved)
      throws SQLException {
    if (at.isPresent()) {
      return changes.offered("load_offsets_at_timestamp", name, Long.toString(millis(at.get())));
    }
    String where = to.orElseThrow().toLowerCase(Locale.ROOT);
    if (Set.of("earliest", "latest", "committed").contains(where)) {
      return changes.offered("load_offsets_" + where, name);
    } else if (where.matches("[0-9]{1,18}")) {
      return fixed(open, oid, Long.parseLong(where), moved);
    }
    throw new ParameterException(
        spec.commandLine(),
        "--to: found " + where + ", wanted earliest, latest, committed or an offset");
  }

  private Map<Integer, Long> fixed(Connection open, long oid, long offset, Set<Integer> moved)
      throws SQLException {
    List<StoredOffset> offsets =
        moved.stream().map(partition -> new StoredOffset(table, partition, offset)).toList();
    List<String> problems = new TopicBounds(open).problems(oid, offsets);
    if (!problems.isEmpty()) {
      throw new SQLException(String.join("\n", problems), "55000");
    }
    Map<Integer, Long> fixed = new TreeMap<>();
    moved.forEach(partition -> fixed.put(partition, offset));
    return fixed;
  }

  private boolean wanted(int partition) {
    return partitions.isEmpty() || partitions.contains(partition);
  }

  private long millis(String time) {
    try {
      if (time.matches("[0-9]{1,18}")) {
        return Long.parseLong(time);
      }
      String iso = time.replace(' ', 'T');
      if (!iso.contains("T")) {
        return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
      }
      boolean zoned = iso.matches(".*T.*(Z|[+-][0-9:]+)");
      Instant instant =
          zoned
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
      return instant.toEpochMilli();
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--at: found "
              + time
              + ", wanted milliseconds since 1970 or a time such as 2026-02-28T14:00:00Z",
          e);
    }
  }
}
