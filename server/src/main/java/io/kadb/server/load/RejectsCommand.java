package io.kadb.server.load;

import io.kadb.server.cli.ExitCode;
import io.kadb.server.cli.VersionText;
import picocli.CommandLine.Command;

/** {@code kadb rejects}: messages that could not be turned into rows. */
@Command(
    name = "rejects",
    description = {
      "See, export and retry the messages that were put aside because they did not fit their table.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ListRejects.class, ShowReject.class, RetryRejects.class, ExportRejects.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":done",
      ExitCode.FAILED + ":the command failed; the reason is on standard error",
      ExitCode.WRONG_USAGE + ":the command line is wrong",
      ExitCode.DATA_REFUSED + ":retry: the warehouse refused rows"
    },
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kadb rejects list",
      "  kadb rejects list public.orders --rows",
      "  kadb rejects show 17",
      "  kadb rejects export public.orders --format json > orders.json",
      "  kadb rejects retry public.orders --into public.orders_t"
    })
public final class RejectsCommand {
  /** Called by picocli. */
  public RejectsCommand() {}
}
