package io.kadb.server.demo;

import io.kadb.server.cli.ExitCode;
import io.kadb.server.cli.SqlShell;
import io.kadb.server.cli.Terminal;
import io.kadb.server.cli.VersionText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code kadb demo}: the whole way from topics to PostgreSQL, on this machine, then a shell. */
@Command(
    name = "demo",
    description = {
      "Show kadb at work: real records in topics, read and loaded into PostgreSQL by SQL.",
      "",
      "Starts a Kafka broker and a PostgreSQL on free ports, shows each statement and its result,",
      "and ends in a SQL shell if standard input is a terminal. Everything it started or wrote is",
      "gone when it ends.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":every message that was produced was loaded, once",
      ExitCode.FAILED + ":something failed, or the counts differ"
    },
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE)
public final class DemoCommand implements Callable<Integer> {
  /** Called by picocli. */
  public DemoCommand() {}

  @Override
  public Integer call() throws Exception {
    System.out.println("Starting a Kafka broker and a PostgreSQL ...");
    try (DemoEnvironment environment = DemoEnvironment.start()) {
      boolean complete = new Demo(environment, System.out).run();
      if (Terminal.isInteractive()) {
        System.out.println("The demo goes on as long as you like; !quit ends it. Try:");
        System.out.println("  SELECT * FROM kadb.offsets;");
        System.out.println();
        SqlShell.on(environment.kadbUrl()).interact();
      }
      return complete ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
