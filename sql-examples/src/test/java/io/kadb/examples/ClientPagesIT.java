package io.kadb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import io.kadb.server.remote.config.ServerOption;
import io.kadb.server.remote.config.ServerSettings;
import io.kadb.server.remote.http.KadbServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sqlline.SqlLine;

/** What the pages for each client tell their readers to type, on the README's topic and table. */
class ClientPagesIT {
  private static final String PAGES = "docs/clients/";
  private static final String DRIVER = "io.kadb.driver.RemoteDriver";
  private static final String UNTOUCHED = "0:0 1:0";
  private static final String ALL_TAKEN = "0:6 1:6";
  private static final Pattern URL = Pattern.compile("jdbc:kadb://[^\"'<`\\s]+");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir static Path shared;

  private static BrokerProcess broker;
  private static KadbServer server;

  @TempDir Path folder;

  @BeforeAll
  static void serveTheTableOfTheReadme() throws Exception {
    broker = BrokerProcess.start(BrokerSpec.small());
    ReadmeIT.produce(broker.bootstrapServers());
    Map<ServerOption, String> options =
        Map.of(ServerOption.PORT, "0", ServerOption.HOME, shared.resolve("home").toString());
    server = KadbServer.start(ServerSettings.of(options, name -> null, Optional.empty()));
    String definitions = Readme.read().texts("sql").get(0);
    run("", definitions.replace(ReadmeIT.ADDRESS, broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    server.close();
    broker.close();
  }

  @BeforeEach
  void beginAgain() throws SQLException {
    run("", "CALL kadb.partitions_reset('public.my_messages')");
    assertThat(offsets()).isEqualTo(UNTOUCHED);
  }

  @Test
  void theJavaPagesProgramsDoWhatItSays() throws Exception {
    List<String> programs = page("java").texts("java");
    assertThat(programs).hasSize(2);
    assertThat(runJava(programs.get(0))).contains("0 5 message 10").hasLineCount(ReadmeIT.MESSAGES);
    assertThat(offsets()).isEqualTo(UNTOUCHED);
    assertThat(runJava(programs.get(1))).isEqualTo("taken: 12\n");
    assertThat(offsets()).isEqualTo(ALL_TAKEN);
  }

  @Test
  void theSqllinePagesCommandsDoWhatItSays() throws Exception {
    List<String> commands =
        page("sqlline").texts("sh").stream().flatMap(String::lines).map(this::here).toList();
    assertThat(commands).hasSize(3);
    assertThat(kadb(commands.get(0))).contains("| 0          | 6 ");
    assertThat(offsets()).isEqualTo(UNTOUCHED);
    assertThat(kadb(commands.get(1))).contains("message 11");
    assertThat(offsets()).isEqualTo(ALL_TAKEN);
    assertThat(kadb(commands.get(2))).contains("| 1 ", "| 6 ");
  }

  @Test
  void sqllineItselfRunsAScript() throws Exception {
    Path script = folder.resolve("script.sql");
    Files.writeString(script, String.join("\n", page("sqlline").texts("sql")));
    String command = here(page("sqlline").texts("sqlline").get(0));
    List<String> arguments =
        words(WORD, command.replace("--run=script.sql", "--run=" + script)).toList();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    SqlLine line = new SqlLine();
    line.setOutputStream(new PrintStream(output, true, StandardCharsets.UTF_8));
    line.setErrorStream(new PrintStream(output, true, StandardCharsets.UTF_8));
    SqlLine.Status status = line.begin(arguments.toArray(String[]::new), null, false);
    String text = output.toString(StandardCharsets.UTF_8);
    assertThat(status).as(text).isEqualTo(SqlLine.Status.OK);
    assertThat(text).contains("\"line\":\"message 2\"");
    assertThat(offsets()).isEqualTo(UNTOUCHED);
  }

  @Test
  void theDbeaverPagesQueriesMoveNothing() throws Exception {
    assertThat(run("?scanMode=snapshot", page("dbeaver").texts("sql"))).containsExactly(6, 2, 2);
    assertThat(offsets()).isEqualTo(UNTOUCHED);
  }

  @Test
  void sparksQueriesReadEachMessageOnceAndItsProbeNone() throws Exception {
    List<String> blocks = page("spark").texts("sql");
    List<String> tasks = statements(blocks.get(0));
    assertThat(tasks).hasSize(2);
    run("", "SELECT * FROM (SELECT _partition, _offset, line FROM my_messages) AS q WHERE 1=0");
    assertThat(run("?scanMode=snapshot", tasks)).containsExactly(6, 6);
    assertThat(run("?scanMode=peek", tasks)).containsExactly(6, 6);
    assertThat(offsets()).isEqualTo(UNTOUCHED);
    run("", blocks.get(1));
    assertThat(offsets()).isEqualTo("0:6 1:0");
    assertThat(run("", tasks.subList(1, 2))).as("mode consume").containsExactly(6);
    assertThat(offsets()).isEqualTo(ALL_TAKEN);
  }

  @Test
  void sparksQueryInModeConsumeMovesItsPartitionOnly() throws Exception {
    run("", statements(page("spark").texts("sql").get(0)).subList(0, 1));
    assertThat(offsets()).isEqualTo("0:6 1:0");
  }

  @Test
  void pxfsQueriesReadEachMessageOnce() throws Exception {
    List<String> queries = statements(page("pxf").texts("sql").get(0));
    assertThat(run("?scanMode=peek", queries)).containsExactly(0, 6, 6, 0, 0);
    assertThat(offsets()).isEqualTo(UNTOUCHED);
    assertThat(run("", queries.subList(0, 2))).containsExactly(0, 6);
    assertThat(offsets()).isEqualTo("0:6 1:0");
    assertThat(run("", queries.subList(2, 5))).containsExactly(6, 0, 0);
    assertThat(offsets()).isEqualTo(ALL_TAKEN);
  }

  @Test
  void pxfsSessionPropertyIsAStatement() throws Exception {
    assertThat(run("", List.of("SET kadb.scan_mode = peek", "SELECT line FROM my_messages")))
        .containsExactly(0, 12);
    assertThat(offsets()).isEqualTo(UNTOUCHED);
  }

  @Test
  void everyPageNamesTheDriverAndUrlsThatItTakesWithoutWarning() throws Exception {
    Class.forName(DRIVER);
    for (String name : List.of("java", "sqlline", "dbeaver", "spark", "pxf")) {
      String text = Files.readString(Repository.root().resolve(PAGES + name + ".md"));
      assertThat(text).as(name).contains("`" + DRIVER + "`").contains("scanMode");
      Matcher url = URL.matcher(here(text).replace("one:8765,two:8765", "localhost:8765"));
      while (url.find()) {
        // Kerberos needs a realm and certificates need files: the server's own tests have them.
        if (!url.group().matches(".*([{]|auth=kerberos|ssl[CTK]).*")) {
          try (Connection connection = DriverManager.getConnection(here(url.group()))) {
            assertThat((Throwable) connection.getWarnings()).as(url.group()).isNull();
          }
        }
      }
    }
  }

  private static Readme page(String name) throws IOException {
    return Readme.read(PAGES + name + ".md");
  }

  /** Puts the address of the test's server in the place of the page's. */
  private String here(String text) {
    return text.replace("localhost:8765", address())
        .replace("kadb-host:8765", address())
        .replace("//host:8765", "//" + address());
  }

  private static String address() {
    return server.url().replaceAll("^.*://|/$", "");
  }

  private String kadb(String command) throws Exception {
    CommandLineRun run = CommandLineRun.of(folder, Map.of(), ReadmeIT.kadbArguments(command));
    assertThat(run.exitCode()).as("%s: %s", command, run.errors()).isZero();
    return run.output();
  }

  /** Compiles and runs statements of Java, and returns what they print. */
  private String runJava(String statements) throws Exception {
    Path source = folder.resolve("Page.java");
    Files.writeString(
        source,
        "import java.sql.*;\npublic class Page {\n  public static void run() throws Exception {\n"
            + here(statements)
            + "  }\n}\n");
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int result = ToolProvider.getSystemJavaCompiler().run(null, null, errors, source.toString());
    assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader.loadClass("Page").getMethod("run").invoke(null);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static List<Integer> run(String properties, String script) throws SQLException {
    return run(properties, List.of(script));
  }

  /** Runs statements on one connection and returns how many rows each gave. */
  private static List<Integer> run(String properties, List<String> scripts) throws SQLException {
    List<Integer> counts = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:kadb://" + address() + "/public" + properties);
        Statement statement = connection.createStatement()) {
      for (String script : scripts) {
        for (String sql : statements(script)) {
          counts.add(statement.execute(sql) ? count(statement.getResultSet()) : 0);
        }
      }
    }
    return counts;
  }

  private static int count(ResultSet rows) throws SQLException {
    int count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }

  private static List<String> statements(String script) {
    return Arrays.stream(script.split(";\\s*")).filter(s -> !s.isBlank()).toList();
  }

  private static Stream<String> words(Pattern word, String line) {
    return word.matcher(line).results().map(m -> m.group(1) == null ? m.group(2) : m.group(1));
  }

  /** Returns the stored offsets as partition:offset. */
  private static String offsets() throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Connection connection =
            DriverManager.getConnection("jdbc:kadb://" + address() + "/public");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT prt, off FROM kadb.offsets ORDER BY prt")) {
      while (rows.next()) {
        text.append(' ').append(rows.getInt(1)).append(':').append(rows.getLong(2));
      }
    }
    return text.toString().strip();
  }
}
