package io.kadb.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Captured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts run by {@code kadb sql} print the same through a server as in process. */
class SqllineRemoteIT extends ClientFixture {
  private Captured remote(Path script, String... more) {
    return run(url(), script, more);
  }

  /** In process, on the server's store. */
  private Captured local(Path script, String... more) {
    return run("jdbc:kadb:?kadb.home=" + home(), script, more);
  }

  private static Captured run(String url, Path script, String... more) {
    List<String> arguments = new ArrayList<>(List.of("sql", "--url", url));
    arguments.addAll(List.of("--file", script.toString()));
    arguments.addAll(List.of(more));
    return Captured.run(arguments.toArray(String[]::new));
  }

  private Path script(String text) throws IOException {
    return Files.writeString(folder.resolve("script.sql"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "csv", "json"})
  void printsTheSameInEachFormat(String format) throws IOException {
    Path script =
        script(
            """
            SELECT 1 AS i, 9007199254740993 AS l, 1.50 AS n, CAST(0.1 AS REAL) AS f, 1e300 AS d,
              TRUE AS b, 'a "q" ü' AS t, CAST(NULL AS INTEGER) AS nothing, DATE '2024-02-29' AS day,
              TIMESTAMP '2024-02-29 12:34:56.123456' AS ts, TIME '12:34:56' AS tm;
            SELECT ftoid, prt, off FROM kadb.offsets;
            !tables
            !columns offsets
            !schemas
            !typeinfo
            !metadata getTableTypes
            !metadata getSQLKeywords
            """);

    Captured there = remote(script, "--output", format);
    Captured here = local(script, "--output", format);

    assertThat(there.exitCode()).as(there.errors()).isZero();
    assertThat(here.exitCode()).as(here.errors()).isZero();
    assertThat(there.output()).contains("9007199254740993").isEqualTo(here.output());
    assertThat(there.errors()).isEqualTo(here.errors());
  }

  @ParameterizedTest
  @CsvSource({
    "!dbinfo, getDatabaseProductName",
    "!procedures, PROCEDURE_NAME",
    "!metadata getProcedureTerm, function",
    "!metadata supportsTransactions, true",
    "!primarykeys kadb.offsets, PK_NAME",
    "!indexes kadb.offsets, INDEX_NAME"
  })
  void answersCommandsThatAskForMetadata(String command, String expected) throws IOException {
    Captured run = remote(script(command + "\n"));

    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).contains(expected);
  }

  @Test
  void endsAtTheFirstFailureWithThePlaceInTheScript() throws IOException {
    Path script = script("SELECT 1 AS a;\nSELECT nix FROM nowhere;\nSELECT 2 AS b;\n");

    Captured there = remote(script);
    Captured here = local(script);

    assertThat(there.exitCode()).isEqualTo(2).isEqualTo(here.exitCode());
    assertThat(there.output()).isEqualTo(here.output());
    assertThat(there.errors()).contains("script.sql:2").isEqualTo(here.errors());
  }
}
