package io.kadb.server.demo;

import io.kadb.server.cli.SqlScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/**
 * The story: topics are filled, become tables, are explored, are loaded into PostgreSQL; more
 * messages arrive and are loaded as well. The statements are scripts, the numbers are checked.
 */
public final class Demo {
  private static final String FOLDER = "/io/kadb/server/demo/scripts/";
  private static final int LATE_AIRPORTS = 376;

  private final DemoEnvironment environment;
  private final PrintStream out;
  private final Narrator narrator;

  /** A demo on this environment, told to this stream. */
  public Demo(DemoEnvironment environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
    this.narrator = new Narrator(out);
  }

  /** Tells the story; returns whether every message that was produced was loaded, once. */
  public boolean run() throws IOException, SQLException {
    List<String> airports = RecordFile.AIRPORTS.records();
    int early = airports.size() - LATE_AIRPORTS;
    TopicFiller topics = new TopicFiller(environment.brokers());
    topics.createTopics();
    topics.produceAirports(airports.subList(0, early));
    topics.produceWeather(RecordFile.WEATHER.records());
    narrator.say("== In PostgreSQL, " + environment.kadbUrl().replaceAll(".*store=|&.*", ""));
    try (Connection postgres = environment.postgres()) {
      narrator.tell(postgres, script("01-warehouse.sql"));
    }
    narrator.say("== In kadb, " + environment.kadbUrl());
    try (Connection kadb = DriverManager.getConnection(environment.kadbUrl())) {
      narrator.tell(kadb, script("02-define.sql"));
      narrator.tell(kadb, script("03-explore.sql"));
      narrator.tell(kadb, script("04-load.sql"));
      report(early);
      narrator.say("== " + LATE_AIRPORTS + " more airports are produced to the topic");
      topics.produceAirports(airports.subList(early, airports.size()));
      narrator.tell(kadb, script("05-new-messages.sql"));
    }
    return report(airports.size());
  }

  /** Counts in PostgreSQL itself: messages, and airports, lest one was loaded twice. */
  private boolean report(int produced) throws SQLException {
    try (Connection postgres = environment.postgres();
        Statement statement = postgres.createStatement();
        ResultSet counts =
            statement.executeQuery("SELECT count(*), count(DISTINCT iata) FROM public.airports")) {
      counts.next();
      long loaded = counts.getLong(1);
      out.println();
      out.printf(Locale.ROOT, "PostgreSQL itself: loaded %d of %d produced%n", loaded, produced);
      return loaded == produced && counts.getLong(2) == produced;
    }
  }

  private SqlScript script(String name) throws IOException {
    try (InputStream in = Demo.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IOException("not on the class path: " + FOLDER + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return SqlScript.parse(text.replace("${brokers}", environment.brokers()));
    }
  }
}
