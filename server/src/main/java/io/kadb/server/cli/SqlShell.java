package io.kadb.server.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sqlline.DispatchCallback;
import sqlline.SqlLine;

/**
 * sqlline on one URL, as a shell for a person or as a runner of scripts. A runner prints results
 * only: no banner, no row counts, no timings; errors and warnings go to standard error.
 */
public final class SqlShell {
  private static final List<String> QUIET =
      List.of(
          "--silent=true",
          "--color=false",
          "--showElapsedTime=false",
          // No second header among the rows.
          "--headerInterval=-1",
          "--csvQuoteCharacter='\"'");

  private final String url;
  private final Output output;

  SqlShell(String url, Output output) {
    this.url = url;
    this.output = output;
  }

  /** A shell that prints tables. */
  public static SqlShell on(String url) {
    return new SqlShell(url, Output.TABLE);
  }

  /** Talks to the person at the terminal until they leave; returns the exit code. */
  public int interact() throws IOException {
    List<String> arguments = new ArrayList<>(common());
    arguments.add("--prompt=kadb> ");
    arguments.addAll(List.of("-u", url, "-n", "", "-p", ""));
    return new Console().begin(arguments.toArray(String[]::new), null, true) == SqlLine.Status.ARGS
        ? ExitCode.FAILED
        : ExitCode.OK;
  }

  /**
   * Runs the statements until one fails; returns the exit code.
   *
   * @param name what errors call the script; null if its lines mean nothing to the user
   */
  int run(SqlScript script, @Nullable String name) throws IOException {
    Console sqlline = start();
    try {
      if (!succeeds(sqlline, connect())) {
        return ExitCode.STATEMENT_FAILED;
      }
      for (SqlScript.Statement statement : script.statements()) {
        if (name != null) {
          sqlline.begins(new ScriptPlace(name, statement.line(), statement.column()));
        }
        if (!runs(sqlline, statement)) {
          return ExitCode.STATEMENT_FAILED;
        }
        if (sqlline.isExit()) {
          return ExitCode.OK;
        }
      }
      return ExitCode.OK;
    } finally {
      sqlline.runCommands(List.of("!closeall"), new DispatchCallback());
    }
  }

  /**
   * A sqlline that has read its options and an empty input. Before that it takes every error for
   * one of its own start, and prints stack traces.
   */
  private Console start() throws IOException {
    List<String> arguments = new ArrayList<>(common());
    arguments.addAll(QUIET);
    arguments.add("--nullValue=" + output.nullMark());
    // --run would go on after a failed statement on the same line; here each is on its own.
    arguments.add("--force=true");
    Console sqlline = new Console();
    InputStream nothing = new ByteArrayInputStream(new byte[0]);
    // The line editor greets its terminal with control sequences, even if there is none.
    sqlline.setOutputStream(OutputStream.nullOutputStream());
    sqlline.begin(arguments.toArray(String[]::new), nothing, false);
    sqlline.setOutputStream(output.onto(System.out));
    sqlline.setExit(false);
    return sqlline;
  }

  private List<String> common() {
    return List.of(
        "--outputFormat=" + output.sqllineFormat(),
        // By default columns that do not fit the terminal are cut off without a word.
        "--maxWidth=1000000",
        "--maxColumnWidth=-1",
        // The default, REPEATABLE READ, is more than a connection to Kafka can promise.
        "--isolation=TRANSACTION_READ_COMMITTED");
  }

  private String connect() {
    return "!connect -p user \"\" -p password \"\" \""
        + url.replaceAll("([\\\\\"])", "\\\\$1")
        + '"';
  }

  private static boolean runs(Console sqlline, SqlScript.Statement statement) {
    String command = ShellWords.command(statement.sql()).orElse(statement.sql());
    if (command.startsWith("!")) {
      return succeeds(sqlline, command);
    }
    Attempt attempt = new Attempt();
    sqlline.runCommands(List.of(statement.sql() + ";"), attempt);
    if (attempt.isSuccess() && !attempt.reachedTheDriver) {
      // sqlline waits in silence for the end of such a statement.
      sqlline.fail("unbalanced quotes or brackets in: " + statement.sql());
      return false;
    }
    return attempt.isSuccess();
  }

  private static boolean succeeds(SqlLine sqlline, String command) {
    DispatchCallback outcome = new DispatchCallback();
    sqlline.runCommands(List.of(command), outcome);
    return outcome.isSuccess();
  }

  /** Remembers whether a statement was handed to the driver at all. */
  private static final class Attempt extends DispatchCallback {
    private boolean reachedTheDriver;

    @Override
    public void trackSqlQuery(Statement statement) {
      reachedTheDriver = true;
      super.trackSqlQuery(statement);
    }
  }
}
