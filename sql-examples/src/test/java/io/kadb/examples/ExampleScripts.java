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
import java.util.stream.Stream;

/** The numbered scripts, what they expect, and what they read. */
final class ExampleScripts {
  private ExampleScripts() {}

  /** Starts a broker, with the topics of all scripts filled, and a PostgreSQL. */
  static DemoEnvironment start() throws Exception {
    DemoEnvironment environment = DemoEnvironment.start();
    TopicFiller topics = new TopicFiller(environment.brokers());
    topics.createTopics();
    topics.produceAirports(RecordFile.AIRPORTS.records());
    topics.produceWeather(RecordFile.WEATHER.records());
    new MessageSender(environment.brokers())
        .send(MessageFolder.in(Repository.examples().resolve("messages")));
    return environment;
  }

  /** Returns the names of the scripts in their order. */
  static List<String> names() throws IOException {
    return files(".sql").stream().filter(name -> !name.endsWith(".postgresql.sql")).toList();
  }

  /** Returns the names of the numbered files that end so, in their order. */
  static List<String> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(Repository.examples())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d\\d-.*") && name.endsWith(ending))
          .sorted()
          .toList();
    }
  }

  /** Returns the arguments of {@code kadb} that run a script. */
  static List<String> arguments(String script, String url) {
    String file = Repository.examples().resolve(script).toString();
    return List.of("sql", "--url", url, "--file", file);
  }

  /** Returns where a script's expected output is. */
  static Path expected(String script) {
    return beside(script, ".out");
  }

  /** What a script needs in PostgreSQL is made there, not through kadb. */
  static void prepare(String script, DemoEnvironment environment) throws IOException, SQLException {
    Path preparation = beside(script, ".postgresql.sql");
    if (Files.exists(preparation)) {
      try (Connection postgres = environment.postgres();
          Statement statement = postgres.createStatement()) {
        statement.execute(Files.readString(preparation));
      }
    }
  }

  static void assertPrinted(CommandLineRun run, String script) throws IOException {
    assertThat(run.errors()).as("standard error").doesNotContain("ERROR");
    assertThat(run.exitCode()).as("exit code; standard error: %s", run.errors()).isZero();
    assertThat(expected(script)).exists();
    assertThat(run.output()).isEqualTo(Files.readString(expected(script)));
  }

  private static Path beside(String script, String ending) {
    return Repository.examples().resolve(script.replace(".sql", ending));
  }
}
