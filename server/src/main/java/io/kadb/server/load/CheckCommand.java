package io.kadb.server.load;

import io.kadb.server.cli.ExitCode;
import io.kadb.server.cli.VersionText;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kadb check}: whether a job can be run, and what it has loaded. */
@Command(
    name = "check",
    description = {
      "Check a job: each point is a line that begins with ok or FAILED.",
      "",
      "Nothing is loaded, moved or defined: what has to be tried is rolled back.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":everything is in order",
      ExitCode.FAILED + ":something is not",
      ExitCode.WRONG_USAGE + ":the command line is wrong"
    },
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kadb check job.yaml",
      "  kadb check --from public.orders --into public.orders_t --show-commit-history 5"
    })
public final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private JobArguments arguments = new JobArguments();

  @Option(
      names = "--show-commit-history",
      paramLabel = "N|all",
      description = "show the last N batches that were committed, or all")
  private @Nullable String history;

  /** Called by picocli. */
  public CheckCommand() {}

  @Override
  public Integer call() {
    CheckLines lines = new CheckLines(System.out);
    OptionalInt count = count();
    LoadJob job;
    try {
      job = arguments.job();
    } catch (LoadFailure e) {
      lines.failed("configuration", String.valueOf(e.getMessage()));
      return ExitCode.FAILED;
    }
    lines.ok("configuration", job.source().table() + " into " + job.target().table());
    new Checks(job, arguments.url(), lines).run();
    if (history != null) {
      new CommitHistory(job, arguments.url(), count).print(System.out, lines);
    }
    return lines.allOk() ? ExitCode.OK : ExitCode.FAILED;
  }

  private OptionalInt count() {
    String given = history;
    if (given == null || given.equalsIgnoreCase("all")) {
      return OptionalInt.empty();
    }
    if (!given.matches("[1-9]\\d{0,8}")) {
      throw new ParameterException(
          spec.commandLine(), "--show-commit-history: wanted a number or all, found " + given);
    }
    return OptionalInt.of(Integer.parseInt(given));
  }
}
