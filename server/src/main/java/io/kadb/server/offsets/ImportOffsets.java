package io.kadb.server.offsets;

import io.kadb.server.cli.ExitCode;
import io.kadb.server.cli.VersionText;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kadb offsets import}. */
@Command(
    name = "import",
    description = {
      "Store the offsets of a CSV file as export writes it, in one transaction.",
      "",
      "Each table has to be defined and each offset to lie in what Kafka has, else nothing is",
      "stored. Partitions that the file does not name keep their offsets. The changes are shown.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE)
final class ImportOffsets implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private OffsetsConnection connection = new OffsetsConnection();

  @Parameters(paramLabel = "FILE", description = "CSV file; - is standard input")
  private String file = "-";

  @Option(names = "--dry-run", description = "check and show the changes, and store nothing")
  private boolean dryRun;

  @Option(names = "--no-check", description = "do not ask Kafka whether it has these offsets")
  private boolean unchecked;

  @Override
  public Integer call() throws IOException, SQLException {
    List<StoredOffset> offsets = read();
    try (Connection open = connection.open()) {
      OffsetChanges changes = new OffsetChanges(open, spec.commandLine().getErr()::println);
      Map<Long, List<StoredOffset>> byTable = new LinkedHashMap<>();
      for (StoredOffset each : offsets) {
        List<StoredOffset> ofTable =
            byTable.computeIfAbsent(changes.oid(each.table()), oid -> new ArrayList<>());
        checkOnce(each, ofTable);
        ofTable.add(each);
      }
      if (!unchecked) {
        check(open, byTable);
      }
      List<String> made =
          changes.make(
              !dryRun,
              () -> {
                for (Map.Entry<Long, List<StoredOffset>> table : byTable.entrySet()) {
                  for (StoredOffset each : table.getValue()) {
                    changes.store(table.getKey(), each.partition(), each.offset());
                  }
                }
              });
      Changes.show(spec, made, dryRun);
    }
    return ExitCode.OK;
  }

  /** One table may be named in several ways. */
  private static void checkOnce(StoredOffset each, List<StoredOffset> before) throws IOException {
    for (StoredOffset other : before) {
      if (other.partition() == each.partition()) {
        throw new IOException(each + ": the file says " + other + " as well");
      }
    }
  }

  private static void check(Connection open, Map<Long, List<StoredOffset>> byTable)
      throws SQLException, IOException {
    TopicBounds bounds = new TopicBounds(open);
    List<String> problems = new ArrayList<>();
    for (Map.Entry<Long, List<StoredOffset>> table : byTable.entrySet()) {
      problems.addAll(bounds.problems(table.getKey(), table.getValue()));
    }
    if (!problems.isEmpty()) {
      throw new IOException(
          String.join("\n", problems) + "\nnothing was stored; --no-check stores it all the same");
    }
  }

  private List<StoredOffset> read() throws IOException {
    if (file.equals("-")) {
      return OffsetsCsv.read(
          new InputStreamReader(System.in, StandardCharsets.UTF_8), "standard input");
    }
    try (Reader in = Files.newBufferedReader(Path.of(file))) {
      return OffsetsCsv.read(in, file);
    }
  }
}
