package io.kadb.server.load;

import io.kadb.server.cli.ExitCode;
import io.kadb.server.cli.Terminal;
import io.kadb.server.cli.VersionText;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kadb load}: a topic into a table of the warehouse, until it is told to stop. */
@Command(
    name = "load",
    description = {
      "Load a topic into a table of the warehouse, batch by batch, each message exactly once.",
      "",
      "Rows, offsets, rejected messages and history of a batch are one transaction of the warehouse.",
      "Begins where the last load ended, and goes on until it gets SIGTERM or SIGINT; then the batch",
      "that runs may end, or is abandoned after some seconds or a second signal. Progress and",
      "diagnostics go to standard error, the summary goes to standard output.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":done: the end was reached (--quit-at-eof), or the load was told to stop",
      ExitCode.FAILED + ":the load cannot begin or go on: configuration, rights, SQL",
      ExitCode.STOPPED + ":told to stop before the end was reached that --quit-at-eof asks for",
      ExitCode.WRONG_USAGE + ":the command line or the job file is wrong",
      ExitCode.DATA_REFUSED + ":messages or rows are refused: wrong values, constraints, rejects",
      ExitCode.TRY_LATER + ":brokers or warehouse were not there again in time (--retry-for)"
    },
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kadb load job.yaml",
      "  kadb load --from public.orders --into public.orders_t --quit-at-eof",
      "  kadb load --from orders --into orders_t --mode merge --match id --order changed_at",
      "  kadb load job.yaml --force-reset-timestamp 1735689600000 --partition 0,1 --dry-run"
    })
public final class LoadCommand implements Callable<Integer> {
  @Mixin private JobArguments arguments = new JobArguments();

  @Option(
      names = "--quit-at-eof",
      description = "end when every partition reached the end it had at the start")
  private boolean quitAtEof;

  @ArgGroup private Begin begin = new Begin();

  @Option(
      names = "--partition",
      paramLabel = "N",
      split = ",",
      description = "load these partitions only; repeatable")
  private List<Integer> partitions = List.of();

  @Option(
      names = "--dry-run",
      description = "show the plan, the SQL and the first rows; change nothing")
  private boolean dryRun;

  @Option(
      names = "--retry-for",
      paramLabel = "TIME",
      converter = Spans.class,
      description = {
        "how long to try again when brokers or warehouse are not there, the disk",
        "is full, or another session was faster: 30s, 10m, 2h (default: 10m)"
      })
  private Duration retryFor = Duration.ofMinutes(10);

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      converter = Spans.class,
      description = "how long a batch may still take after SIGTERM or SIGINT (default: 5s)")
  private Duration grace = Duration.ofSeconds(5);

  /** Called by picocli. */
  public LoadCommand() {}

  /** Where to begin: at most one of these. */
  static final class Begin {
    @Option(
        names = "--force-reset-earliest",
        description = "begin at the first message there is, whatever is stored")
    private boolean earliest;

    @Option(
        names = "--force-reset-latest",
        description = "begin at the end: skip the messages there are")
    private boolean latest;

    @Option(
        names = "--force-reset-timestamp",
        paramLabel = "MS",
        description = "begin at the first message not older: milliseconds since 1970, UTC")
    private @Nullable Long timestamp;

    Optional<OffsetReset> reset() {
      if (timestamp != null) {
        return Optional.of(new OffsetReset.At(timestamp));
      }
      if (earliest) {
        return Optional.of(new OffsetReset.Earliest());
      }
      return latest ? Optional.of(new OffsetReset.Latest()) : Optional.empty();
    }
  }

  @Override
  public Integer call() {
    PrintStream err = System.err;
    try {
      LoadJob job = arguments.job();
      LoadSettings settings =
          new LoadSettings(
              arguments.url(), quitAtEof, begin.reset(), Set.copyOf(partitions), retryFor, grace);
      return dryRun ? new DryRun(job, settings, System.out).run() : load(job, settings, err);
    } catch (LoadFailure e) {
      err.println("kadb: " + e.getMessage());
      return e.exitCode();
    } catch (SQLException e) {
      err.println("kadb: " + e.getMessage() + " (" + e.getSQLState() + ")");
      return Fault.of(e).exitCode();
    }
  }

  private static int load(LoadJob job, LoadSettings settings, PrintStream err) {
    Progress progress = new Progress(System::nanoTime);
    int exitCode = run(job, settings, progress, err);
    summarize(progress);
    return exitCode;
  }

  private static int run(LoadJob job, LoadSettings settings, Progress progress, PrintStream err) {
    try (Stopping stopping = new Stopping(settings.grace(), err);
        ProgressPrinter printer = new ProgressPrinter(progress, err, Terminal.isErrorStream())) {
      stopping.listen(
          () -> {
            summarize(progress);
            return ExitCode.STOPPED;
          });
      printer.start();
      return new LoadRun(job, settings, progress, printer, stopping).run();
    }
  }

  private static void summarize(Progress progress) {
    ProgressText.summary(progress.now()).forEach(System.out::println);
    System.out.flush();
  }
}
