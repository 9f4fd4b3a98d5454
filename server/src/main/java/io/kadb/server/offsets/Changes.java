package io.kadb.server.offsets;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What a command changed, for standard output. */
final class Changes {
  private Changes() {}

  /** Shows changes, a line for each, and how many there are. */
  static void show(CommandSpec command, List<String> changes, boolean dryRun) {
    PrintWriter out = command.commandLine().getOut();
    changes.forEach(out::println);
    String number = changes.size() == 1 ? "1 offset" : changes.size() + " offsets";
    out.println(number + (dryRun ? " would change; nothing was stored" : " changed"));
    out.flush();
  }
}
