package io.kadb.server.offsets;

import io.kadb.server.cli.VersionText;
import picocli.CommandLine.Command;

/** {@code kadb offsets}: what can be done with stored offsets beyond SQL. */
@Command(
    name = "offsets",
    description = {
      "Back up, restore and set the stored offsets of foreign tables.",
      "",
      "An offset is the first one not yet read. Tables are named, not numbered, so that a backup",
      "suits another store in which tables of the same names are defined.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ExportOffsets.class, ImportOffsets.class, SetOffsets.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  kadb offsets export > offsets.csv",
      "  kadb offsets import --dry-run offsets.csv",
      "  kadb offsets set public.orders --to earliest",
      "  kadb offsets set public.orders --partition 3 --to 1842"
    })
public final class OffsetsCommand {
  /** Called by picocli. */
  public OffsetsCommand() {}
}
