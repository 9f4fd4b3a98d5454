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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
    String name = OffsetChanges.literal(table);
    try (Connection open = connection.open()) {
      OffsetChanges changes = new OffsetChanges(open, spec.commandLine().getErr()::println);
      long oid = changes.oid(table);
      List<StoredOffset> before = of(changes, oid);
      List<String> made =
          changes.make(
              !dryRun,
              () -> {
                changes.call("partitions_obtain", name);
                move(open, changes, oid, name);
                putBack(changes, oid, before);
              });
      Changes.show(spec, made, dryRun);
    }
    return ExitCode.OK;
  }

  private void move(Connection open, OffsetChanges changes, long oid, String name)
      throws SQLException {
    if (at.isPresent()) {
      changes.call("offsets_to_timestamp", name, Long.toString(millis(at.get())));
      return;
    }
    String where = to.orElseThrow().toLowerCase(Locale.ROOT);
    if (Set.of("earliest", "latest", "committed").contains(where)) {
      changes.call("offsets_to_" + where, name);
    } else if (where.matches("[0-9]{1,18}")) {
      moveTo(open, changes, oid, Long.parseLong(where));
    } else {
      throw new ParameterException(
          spec.commandLine(),
          "--to: found " + where + ", wanted earliest, latest, committed or an offset");
    }
  }

  private void moveTo(Connection open, OffsetChanges changes, long oid, long offset)
      throws SQLException {
    List<StoredOffset> moved = new ArrayList<>();
    for (StoredOffset each : of(changes, oid)) {
      if (wanted(each.partition())) {
        moved.add(new StoredOffset(each.table(), each.partition(), offset));
      }
    }
    List<String> problems = new TopicBounds(open).problems(oid, moved);
    if (!problems.isEmpty()) {
      throw new SQLException(String.join("\n", problems), "55000");
    }
    for (StoredOffset each : moved) {
      changes.store(oid, each.partition(), offset);
    }
  }

  /** The functions move all partitions: those that were not meant go back to where they were. */
  private void putBack(OffsetChanges changes, long oid, List<StoredOffset> before)
      throws SQLException {
    if (partitions.isEmpty()) {
      return;
    }
    Set<Integer> had = new HashSet<>();
    for (StoredOffset each : before) {
      had.add(each.partition());
      if (!wanted(each.partition())) {
        changes.store(oid, each.partition(), each.offset());
      }
    }
    for (StoredOffset each : of(changes, oid)) {
      if (!wanted(each.partition()) && !had.contains(each.partition())) {
        changes.remove(oid, each.partition());
      }
    }
    for (int partition : partitions) {
      if (of(changes, oid).stream().noneMatch(each -> each.partition() == partition)) {
        throw new SQLException(table + ": Kafka has no partition " + partition, "55000");
      }
    }
  }

  private boolean wanted(int partition) {
    return partitions.isEmpty() || partitions.contains(partition);
  }

  private static List<StoredOffset> of(OffsetChanges changes, long oid) throws SQLException {
    List<StoredOffset> found = new ArrayList<>();
    for (StoredOffset each : changes.all()) {
      if (changes.oid(each.table()) == oid) {
        found.add(each);
      }
    }
    return found;
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
