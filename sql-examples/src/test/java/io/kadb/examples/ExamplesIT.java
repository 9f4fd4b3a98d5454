package io.kadb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.demo.DemoEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each numbered script prints exactly its {@code .out}. After a change on purpose, {@code
 * -Dkadb.examples.record=true} writes the files anew; the test fails nevertheless.
 */
class ExamplesIT {
  private static final boolean RECORD = Boolean.getBoolean("kadb.examples.record");

  @TempDir static Path temporary;

  private static DemoEnvironment environment;

  @BeforeAll
  static void fillTheTopics() throws Exception {
    environment = ExampleScripts.start();
  }

  @AfterAll
  static void stop() {
    environment.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.kadb.examples.ExampleScripts#names")
  void printsWhatIsExpected(String script) throws Exception {
    ExampleScripts.prepare(script, environment);
    CommandLineRun run =
        CommandLineRun.of(
            temporary,
            Map.of("KADB_BROKERS", environment.brokers()),
            ExampleScripts.arguments(script, environment.kadbUrl()));
    if (RECORD) {
      Files.writeString(ExampleScripts.expected(script), run.output());
    }
    ExampleScripts.assertPrinted(run, script);
    assertThat(RECORD).as("recorded; look at the difference and run without recording").isFalse();
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
  void theDemoRunsAScriptOfSomebodyElseOnTheTopicsBesideIt() throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("own"));
    Path topic = Files.createDirectories(folder.resolve("messages").resolve("mine"));
    Files.writeString(topic.resolve("1.lines"), "first\nsecond\n");
    Files.writeString(
        folder.resolve("my.postgresql.sql"),
        "CREATE TABLE mine_loaded (line TEXT, airports INTEGER)");
    Path script = folder.resolve("my.sql");
    Files.writeString(
        script,
        """
        CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw
          OPTIONS (k_brokers '${env:KADB_BROKERS}', k_consumer_group 'g', k_stop_at_end 'true',
                   k_scan_mode 'snapshot', k_seg_batch '10000', k_timeout_ms '30000', format 'text');
        CREATE FOREIGN TABLE mine (line TEXT) SERVER k OPTIONS (k_topic 'mine');
        CREATE FOREIGN TABLE airports (line TEXT) SERVER k OPTIONS (k_topic 'airports');
        INSERT INTO pg.public.mine_loaded
          SELECT line, (SELECT count(*) FROM airports) FROM mine;
        SELECT * FROM pg.public.mine_loaded ORDER BY line;
        """);
    CommandLineRun run =
        CommandLineRun.of(temporary, Map.of(), List.of("demo", "--run", script.toString()));
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output()).contains("| first  |     3376 |", "| second |     3376 |");
  }

  @Test
  void hasAScriptForEachExpectedOutput() throws IOException {
    assertThat(
            ExampleScripts.files(".out").stream()
                .map(name -> name.replace(".out", ".sql"))
                .toList())
        .isNotEmpty()
        .isEqualTo(ExampleScripts.names());
  }
}
