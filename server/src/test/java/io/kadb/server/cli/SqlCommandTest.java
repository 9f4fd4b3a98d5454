package io.kadb.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Captured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How statements come in and results go out; any database will do, so a SQLite in memory does. */
class SqlCommandTest {
  private static final String URL = "jdbc:sqlite:";

  @TempDir Path folder;

  @Test
  void printsResultsAndNothingElse() {
    Captured run = sql("-e", "SELECT 1 AS a, 'x;y' AS b; SELECT 2 AS c", "-e", "SELECT 3 AS d");
    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .isEqualTo(
            """
            +---+-----+
            | a |  b  |
            +---+-----+
            | 1 | x;y |
            +---+-----+
            +---+
            | c |
            +---+
            | 2 |
            +---+
            +---+
            | d |
            +---+
            | 3 |
            +---+
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "csv|\"a\",\"b\"\\n\"1\",\"q\"\"r\"\\n",
        "CSV|\"a\",\"b\"\\n\"1\",\"q\"\"r\"\\n",
        "json|{\"resultset\":[\\n{\"a\":1,\"b\":\"q\\\"r\"}\\n]}\\n",
      })
  void printsTheFormatAskedFor(String format, String expected) {
    Captured run =
        sql(
            "--output",
            format,
            "-e",
            "CREATE TABLE t (a INTEGER, b VARCHAR(9)); INSERT INTO t VALUES (1, 'q\"r');"
                + " SELECT a, b FROM t");
    assertThat(run.output().replace("\n", "\\n")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "csv|\"a\",\"b\",\"c\",\"d\"\\n,,\"null\",\"\"\\n",
        "json|{\"resultset\":[\\n{\"a\":null,\"b\":null,\"c\":\"null\",\"d\":\"\"}\\n]}\\n",
      })
  void tellsNullFromTexts(String format, String expected) {
    Captured run =
        sql(
            "--output",
            format,
            "-e",
            "CREATE TABLE t (a INTEGER, b VARCHAR(9), c VARCHAR(9), d VARCHAR(9));"
                + " INSERT INTO t VALUES (NULL, NULL, 'null', ''); SELECT * FROM t");
    assertThat(run.output().replace("\n", "\\n")).isEqualTo(expected);
  }

  @Test
  void tellsNullFromTheTextNullInATableToo() {
    assertThat(sql("-e", "SELECT NULL AS a, 'null' AS b, '' AS c").output())
        .contains("| NULL | null |   |");
  }

  @Test
  void printsWideRowsWhole() {
    Captured run = sql("-e", "SELECT printf('%.3000d', 7) AS wide, 1 AS last");
    assertThat(run.output()).contains("0".repeat(2999) + "7 | 1    |");
  }

  @Test
  void printsTheHeaderOnceHoweverManyRowsFollow() {
    Captured run =
        sql(
            "-e",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                + " SELECT i AS header FROM n");
    assertThat(run.output()).containsOnlyOnce("header").contains("| 5000 ");
  }

  @Test
  void runsAScriptFromAFile() throws IOException {
    Path script = folder.resolve("a script.sql");
    Files.writeString(
        script,
        "-- a comment;\nCREATE TABLE t (n INT);\nINSERT INTO t VALUES (1), (2);\n"
            + "SELECT sum(n) AS grüße\nFROM t");
    Captured run = sql("--output", "csv", "-f", script.toString());
    assertThat(run.errors()).doesNotContain("ERROR");
    assertThat(run.output()).isEqualTo("\"grüße\"\n\"3\"\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void skipsAByteOrderMark() throws IOException {
    Captured run = sql("--output", "csv", "-f", write("\uFEFFSELECT 1 AS a").toString());
    assertThat(run.output()).isEqualTo("\"a\"\n\"1\"\n");
  }

  @Test
  void namesTheLineOfTheScriptWhereAStatementFails() throws IOException {
    Path script = write("SELECT 1;\n\n-- comment\nSELECT\n  nosuch;\n");
    Captured run = sql("-f", script.toString());
    assertThat(run.errors()).contains(script + ":4: ").contains("nosuch");
  }

  @Test
  void translatesAPlaceInTheStatementIntoOneOfTheScript() throws IOException {
    Path script = write("-- a comment\nSHOW search_path; SELECT 1,\n\n  +;\n");
    Captured run =
        Captured.run("sql", "-u", "jdbc:kadb:?kadb.home=" + folder, "-f", script.toString());
    assertThat(run.errors())
        .startsWith(script + ":4: syntax error")
        .contains("at line 4, column 3", "(42601)");
  }

  @Test
  void doesNotPrefixTheErrorsOfTheCommandLine() {
    Captured run = Captured.run("sql", "-u", "jdbc:kadb:?kadb.home=" + folder, "-e", "SELECT 1 +");
    assertThat(run.errors())
        .startsWith("ERROR:  syntax error at line 1, column ")
        .contains("(42601)");
  }

  @Test
  void printsNoticesAndWarningsAsPsqlDoes() {
    Captured run =
        Captured.run(
            "sql",
            "-u",
            "jdbc:kadb:?kadb.home=" + folder,
            "-e",
            "DROP FOREIGN TABLE IF EXISTS nosuch; ROLLBACK");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.errors().lines().toList())
        .hasSize(2)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).startsWith("NOTICE:  ").contains("nosuch");
              assertThat(lines.get(1)).startsWith("WARNING:  ").doesNotContain("state=");
            });
  }

  @Test
  void leavesAScriptAtTheWordQuit() {
    Captured run = sql("-e", "SELECT 1 AS a; Quit; SELECT 'not reached'");
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).contains("| 1 |").doesNotContain("not reached");
  }

  @Test
  void stopsAtTheFirstFailingStatementEvenOnOneLine() {
    Captured run = sql("-e", "SELECT 1 AS a; SELECT nosuch; SELECT 'not reached'");
    assertThat(run.exitCode()).isEqualTo(ExitCode.STATEMENT_FAILED);
    assertThat(run.output()).contains("| 1 |").doesNotContain("not reached");
    assertThat(run.errors()).contains("nosuch").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"SELECT (1|x", "SELECT 'a|x"})
  void refusesAStatementThatDoesNotEnd(String statement) {
    Captured run = sql("-e", statement);
    assertThat(run.exitCode()).isEqualTo(ExitCode.STATEMENT_FAILED);
    assertThat(run.errors()).contains("ERROR:  unbalanced", statement);
  }

  @Test
  void failsWhenNobodyKnowsTheUrl() {
    Captured run = Captured.run("sql", "-u", "jdbc:nosuch:", "-e", "SELECT 1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.STATEMENT_FAILED);
    assertThat(run.output()).doesNotContain("1");
    assertThat(run.errors()).contains("jdbc:nosuch:");
  }

  @Test
  void saysThatTheServerDoesNotAnswer() {
    Captured run = Captured.run("sql", "-u", "jdbc:kadb://localhost:1", "-e", "SELECT 1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.STATEMENT_FAILED);
    assertThat(run.errors()).contains("localhost:1", "08001");
  }

  @Test
  void failsWhenTheScriptCannotBeRead() {
    Captured run = sql("-f", folder.resolve("nosuch.sql").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errors()).contains("nosuch.sql");
  }

  @Test
  void refusesStatementsAndAScriptTogether() {
    assertThat(sql("-e", "SELECT 1", "-f", "x.sql").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(sql("--output", "xml", "-e", "SELECT 1").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
  }

  private Path write(String script) throws IOException {
    return Files.writeString(folder.resolve("a script.sql"), script);
  }

  private static Captured sql(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "sql";
    all[1] = "--url";
    all[2] = URL;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Captured.run(all);
  }
}
