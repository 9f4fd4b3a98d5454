package io.kadb.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kadb sql}: statements from the command line, from a file, or from a shell. */
@Command(
    name = "sql",
    description = {
      "Run SQL: the statements of -e, the script of -f, or a shell.",
      "",
      "Results go to standard output; errors, NOTICEs and warnings go to standard error.",
      "The first failing statement of -e or -f ends the run with exit code 2; of a script, the error",
      "begins with FILE:LINE.",
      "Without -e and -f a terminal gets sqlline's shell, anything else is read as a script.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":every statement succeeded",
      ExitCode.FAILED + ":something else failed, for example the script cannot be read",
      ExitCode.STATEMENT_FAILED + ":a statement failed, or the connection could not be opened",
      ExitCode.WRONG_USAGE + ":the command line is wrong"
    },
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kadb sql",
      "  kadb sql -e \"SELECT count(*) FROM orders\"",
      "  kadb sql -u \"jdbc:kadb:?store=jdbc:postgresql://db/dwh&storeUser=etl\" -f load.sql",
      "  kadb sql --output json -e \"SELECT * FROM kadb.offsets\""
    })
public final class SqlCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "<stdin>";

  @Option(
      names = {"-u", "--url"},
      paramLabel = "URL",
      defaultValue = "${env:KADB_URL:-jdbc:kadb:}",
      description = "JDBC URL (default: $KADB_URL, else jdbc:kadb:)")
  private String url = "jdbc:kadb:";

  @ArgGroup private Source source = new Source();

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "table, csv or json (default: table)")
  private Output output = Output.TABLE;

  /** Called by picocli. */
  public SqlCommand() {}

  /** Where the statements come from: one of the two, or neither. */
  static final class Source {
    @Option(
        names = {"-e", "--execute"},
        paramLabel = "SQL",
        description = "statements to run; may be given several times")
    private List<String> statements = List.of();

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "script to run, UTF-8; - is standard input")
    private String file = "";
  }

  @Override
  public Integer call() throws IOException {
    if (!source.statements.isEmpty()) {
      return run(String.join("\n;\n", source.statements), null);
    }
    if (!source.file.isEmpty()) {
      return source.file.equals("-")
          ? run(standardInput(), STANDARD_INPUT)
          : run(read(Path.of(source.file)), source.file);
    }
    if (Terminal.isInteractive()) {
      return new SqlShell(url, output).interact();
    }
    return run(standardInput(), STANDARD_INPUT);
  }

  private int run(String script, @Nullable String name) throws IOException {
    return new SqlShell(url, output).run(SqlScript.parse(script), name);
  }

  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IOException("no such file: " + file, e);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + " (" + e.getMessage() + ")", e);
    }
  }

  private static String standardInput() throws IOException {
    InputStream in = System.in;
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
