package io.kadb.server.offsets;

import io.kadb.server.cli.ExitCode;
import io.kadb.server.cli.VersionText;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kadb offsets export}. */
@Command(
    name = "export",
    description = "Write stored offsets to standard output as CSV: table,partition,offset.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE)
final class ExportOffsets implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private OffsetsConnection connection = new OffsetsConnection();

  @Parameters(paramLabel = "TABLE", arity = "0..*", description = "only these foreign tables")
  private List<String> tables = List.of();

  @Override
  public Integer call() throws IOException, SQLException {
    List<StoredOffset> found = new ArrayList<>();
    try (Connection open = connection.open()) {
      OffsetChanges offsets = new OffsetChanges(open, notice -> {});
      Set<Long> wanted = new HashSet<>();
      for (String table : tables) {
        wanted.add(offsets.oid(table));
      }
      for (StoredOffset each : offsets.all()) {
        if (tables.isEmpty() || wanted.contains(offsets.oid(each.table()))) {
          found.add(each);
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    OffsetsCsv.write(found, out);
    out.flush();
    if (out.checkError()) {
      throw new IOException("standard output cannot be written");
    }
    return ExitCode.OK;
  }
}
