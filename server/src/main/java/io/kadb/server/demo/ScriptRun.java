package io.kadb.server.demo;

import io.kadb.server.cli.SqlScript;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;

/**
 * A script told in front of the demo's topics, all filled. Beside {@code name.sql} there may be
 * {@code name.postgresql.sql}, which PostgreSQL runs first, and a folder {@code messages}, whose
 * folders become topics.
 *
 * @param script where it lies
 */
record ScriptRun(Path script) {
  private static final String BROKERS = "${env:KADB_BROKERS}";

  /** Fills the topics and runs the script, statement after statement, until one fails. */
  void tell(DemoEnvironment environment, PrintStream out)
      throws IOException, SQLException, ExecutionException, InterruptedException {
    SqlScript statements =
        SqlScript.parse(Files.readString(script).replace(BROKERS, environment.brokers()));
    fillTopics(environment.brokers());
    Path preparation = script.resolveSibling(name().replaceFirst("\\.sql$", ".postgresql.sql"));
    if (!preparation.equals(script) && Files.exists(preparation)) {
      try (Connection postgres = environment.postgres();
          Statement statement = postgres.createStatement()) {
        statement.execute(Files.readString(preparation));
      }
    }
    try (Connection kadb = DriverManager.getConnection(environment.kadbUrl())) {
      new Narrator(out).tell(kadb, statements);
    }
  }

  private void fillTopics(String brokers)
      throws IOException, ExecutionException, InterruptedException {
    TopicFiller topics = new TopicFiller(brokers);
    topics.createTopics();
    topics.produceAirports(RecordFile.AIRPORTS.records());
    topics.produceWeather(RecordFile.WEATHER.records());
    Path messages = script.resolveSibling("messages");
    if (Files.isDirectory(messages)) {
      new MessageSender(brokers).send(MessageFolder.in(messages));
    }
  }

  private String name() {
    return script.getFileName().toString();
  }
}
