package io.kadb.server.demo;

import io.kadb.server.cli.ExitCode;
import io.kadb.server.cli.SqlShell;
import io.kadb.server.cli.Terminal;
import io.kadb.server.cli.VersionText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
      ExitCode.OK + ":every message that was produced was loaded, once; or the script of --run ran",
      ExitCode.FAILED + ":something failed, or the counts differ"
    },
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE)
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--run",
      paramLabel = "SCRIPT",
      description = {
        "run this script instead of the story, for example sql-examples/08-csv-records.sql; the",
        "topics airports, airport_names and weather are there and filled, and so is a topic for",
        "each folder in the folder messages beside the script; PostgreSQL has run what is in",
        "NAME.postgresql.sql beside NAME.sql"
      })
  private @Nullable Path script;

  /** Called by picocli. */
  public DemoCommand() {}

  @Override
  public Integer call() throws Exception {
    if (script != null && !Files.isReadable(script)) {
      throw new IOException("cannot read " + script);
    }
    System.out.println("Starting a Kafka broker and a PostgreSQL ...");
    try (DemoEnvironment environment = DemoEnvironment.start()) {
      boolean complete = show(environment);
      if (Terminal.isInteractive()) {
        System.out.println("The demo goes on as long as you like; quit ends it. Try:");
        System.out.println("  SELECT * FROM kadb.offsets;");
        System.out.println();
        SqlShell.on(environment.kadbUrl()).interact();
      }
      return complete ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private boolean show(DemoEnvironment environment) throws Exception {
    if (script == null) {
      return new Demo(environment, System.out).run();
    }
    new ScriptRun(script).tell(environment, System.out);
    System.out.println();
    return true;
  }
}
