package io.kadb.server;

import io.kadb.server.cat.CatCommand;
import io.kadb.server.cli.ExitCode;
import io.kadb.server.cli.SqlCommand;
import io.kadb.server.cli.VersionText;
import io.kadb.server.demo.DemoCommand;
import io.kadb.server.load.CheckCommand;
import io.kadb.server.load.LoadCommand;
import io.kadb.server.load.RejectsCommand;
import io.kadb.server.offsets.OffsetsCommand;
import io.kadb.server.produce.ProduceCommand;
import io.kadb.server.remote.http.ServerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code kadb} and the program's entry. */
@Command(
    name = "kadb",
    description = "Kafka topics as SQL tables, loaded exactly once.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    subcommands = {
      DemoCommand.class,
      SqlCommand.class,
      LoadCommand.class,
      CheckCommand.class,
      RejectsCommand.class,
      ProduceCommand.class,
      OffsetsCommand.class,
      CatCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":done",
      ExitCode.FAILED + ":the command failed; the reason is on standard error",
      ExitCode.STATEMENT_FAILED + ":a statement failed, or the connection could not be opened",
      ExitCode.WRONG_USAGE + ":the command line is wrong"
    },
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE,
    footerHeading = "%nBegin with:%n",
    footer = {
      "  kadb demo                   see it work, with a broker and a PostgreSQL of its own",
      "  kadb help sql               how to run SQL",
      "  kadb help server            how to serve remote clients"
    })
public final class Kadb {
  private static final int HELP_WIDTH = 100;

  private Kadb() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs the command line and returns its exit code. */
  public static int run(String... args) {
    CommandLine line = new CommandLine(new Kadb());
    line.addSubcommand(ServerCommand.commandLine());
    line.addSubcommand(new HelpCommand());
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("kadb: " + reason(failure));
          return ExitCode.FAILED;
        });
    if (args.length == 0) {
      line.usage(line.getOut());
      return ExitCode.OK;
    }
    return line.execute(args);
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
