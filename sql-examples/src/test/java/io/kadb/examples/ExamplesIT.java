package io.kadb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.demo.DemoEnvironment;
import io.kadb.server.demo.MessageFolder;
import io.kadb.server.demo.MessageSender;
import io.kadb.server.demo.RecordFile;
import io.kadb.server.demo.TopicFiller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each numbered script prints exactly its {@code .out}, in process and through a server. After a
 * change on purpose, {@code -Dkadb.examples.record=true} writes the files anew; the test fails
 * nevertheless.
 */
class ExamplesIT {
  private static final boolean RECORD = Boolean.getBoolean("kadb.examples.record");

  @TempDir static Path temporary;

  private static DemoEnvironment environment;
  private static ServerProcess server;

  @BeforeAll
  static void fillTheTopics() throws Exception {
    environment = DemoEnvironment.start();
    TopicFiller topics = new TopicFiller(environment.brokers());
    topics.createTopics();
    topics.produceAirports(RecordFile.AIRPORTS.records());
    topics.produceWeather(RecordFile.WEATHER.records());
    new MessageSender(environment.brokers())
        .send(MessageFolder.in(Repository.examples().resolve("messages")));
    server =
        ServerProcess.start(
            temporary,
            Map.of("KADB_BROKERS", environment.brokers()),
            "--home",
            temporary.resolve("home").toString(),
            "--store",
            environment.storeUrl(),
            "--store-user",
            "postgres");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    environment.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scripts")
  void printsWhatIsExpected(String script) throws Exception {
    prepare(beside(script, ".postgresql.sql"));
    CommandLineRun run =
        run(script, environment.kadbUrl(), Map.of("KADB_BROKERS", environment.brokers()));
    Path expected = beside(script, ".out");
    if (RECORD) {
      Files.writeString(expected, run.output());
    }
    assertPrinted(run, expected);
    assertThat(RECORD).as("recorded; look at the difference and run without recording").isFalse();
  }

  /** The server has the brokers' address in its environment, the client has not. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("scripts")
  void printsTheSameThroughAServer(String script) throws Exception {
    prepare(beside(script, ".postgresql.sql"));
    CommandLineRun run = run(script, server.url(), Map.of());
    assertPrinted(run, beside(script, ".out"));
  }

  private static CommandLineRun run(String script, String url, Map<String, String> variables)
      throws Exception {
    String file = Repository.examples().resolve(script).toString();
    return CommandLineRun.of(temporary, variables, List.of("sql", "--url", url, "--file", file));
  }

  private static void assertPrinted(CommandLineRun run, Path expected) throws IOException {
    assertThat(run.errors()).as("standard error").doesNotContain("ERROR");
    assertThat(run.exitCode()).as("exit code; standard error: %s", run.errors()).isZero();
    assertThat(expected).exists();
    assertThat(run.output()).isEqualTo(Files.readString(expected));
  }

  @Test
  void theDemoRunsOneOfThemOnTopicsOfItsOwn() throws Exception {
    String script = Repository.examples().resolve("13-rejects.sql").toString();
    CommandLineRun run = CommandLineRun.of(temporary, Map.of(), List.of("demo", "--run", script));
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output())
        .contains("-- Rows, rejects and offsets are one transaction.")
        .containsPattern("INSERT INTO pg.public.orders_loaded [^;]*;\n3 rows in ")
        .contains("| 5,eve,one,12.00 |");
  }

  @Test
  void hasAScriptForEachExpectedOutput() throws IOException {
    assertThat(files(".out").map(name -> name.replace(".out", ".sql")).toList())
        .isNotEmpty()
        .isEqualTo(scripts().toList());
  }

  static Stream<String> scripts() throws IOException {
    return files(".sql").filter(name -> !name.endsWith(".postgresql.sql"));
  }

  private static Stream<String> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(Repository.examples())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d\\d-.*") && name.endsWith(ending))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static Path beside(String script, String ending) {
    return Repository.examples().resolve(script.replace(".sql", ending));
  }

  /** What a script needs in PostgreSQL is made there, not through kadb. */
  private static void prepare(Path script) throws IOException, SQLException {
    if (Files.exists(script)) {
      try (Connection postgres = environment.postgres();
          Statement statement = postgres.createStatement()) {
        statement.execute(Files.readString(script));
      }
    }
  }
}
