package io.kadb.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kadb.examples.PageShell.Condition;
import io.kadb.server.Kadb;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the pages on loading, offsets and migration, and the README's section on loading, tell their
 * readers to type. Only addresses and names of topics are others; a load that goes on by itself is
 * stopped when it has loaded what is there.
 */
@Timeout(180)
class LoadingPagesIT {
  private static final String DWH = "dwh";
  private static final Pattern EXECUTE = Pattern.compile("EXECUTE '([^']*)'");
  private static final Pattern URL = Pattern.compile("KADB_URL='([^']*)'");
  private static final String JOB_DATABASE = "warehouse";
  private static final String JOB_TARGET =
      "CREATE TABLE customers (id bigint PRIMARY KEY, name text, version int)";

  private static PageWarehouse warehouse;
  private static ProgramArchive program;

  @TempDir Path folder;
  private PageShell shell;

  @BeforeAll
  static void start(@TempDir Path shared) throws Exception {
    warehouse = new PageWarehouse();
    program = ProgramArchive.in(shared);
    warehouse.renew(DWH);
    define("id int", warehouse.newTopic(1));
    PageWarehouse.run(warehouse.postgres(DWH), "CREATE TABLE ids (id int)");
    PageShell first = new PageShell(shared, program.firstRun());
    connectByEnvironment(first);
    first.run("kadb load --from orders --into ids --quit-at-eof");
  }

  @AfterAll
  static void stop() {
    warehouse.close();
  }

  @BeforeEach
  void beginAgain() throws Exception {
    warehouse.renew(DWH);
    shell = new PageShell(folder, program.laterRun());
  }

  @Test
  void theLoadsOfThePageOnLoading() throws Exception {
    String topic = warehouse.newTopic(1);
    String columns = "id bigint, op text, changed_at timestamp";
    define(columns, topic);
    PageWarehouse.run(warehouse.postgres(DWH), "CREATE TABLE orders_t (" + columns + ")");
    List<String> commands = commands("docs/loading.md", 0);
    assertThat(commands).hasSize(4);
    shell.run(commands.get(0));

    send(topic, 0, "1,I,2026-01-01 00:00:00", "2,I,2026-01-01 00:00:00");
    String said = shell.runUntil(holds("SELECT count(*) = 2 FROM orders_t"), commands.get(1));
    assertThat(said).contains("2 rows loaded", "partition 0 at offset 2");

    send(topic, 0, "2,D,2026-01-03 00:00:00", "3,I,2026-01-02 00:00:00");
    send(topic, 0, "1,U,2026-01-03 00:00:00", "1,U,2026-01-02 00:00:00");
    shell.runUntil(holds("SELECT count(*) = 1 FROM orders_t WHERE id = 3"), commands.get(2));
    assertThat(dwh("SELECT * FROM orders_t ORDER BY id"))
        .containsExactly("1|U|2026-01-03 00:00:00", "3|I|2026-01-02 00:00:00");
    assertThat(warehouse.offsets(DWH, "orders")).containsExactly("0|6");

    writeJob(warehouse.newTopic(2), "{\"id\": 1, \"name\": \"Ann\", \"version\": 1}");
    assertThat(shell.run(commands.get(3))).contains("1 row loaded");
    assertThat(customers()).containsExactly("1|Ann|1");
  }

  /** Those of a load that is stopped need a process: the tests of module server have them. */
  @Test
  void exitCodesAreThoseOfThePage() throws Exception {
    String page = Files.readString(Repository.root().resolve("docs/loading.md"));
    assertThat(Pattern.compile("(?m)^\\| (\\d+) \\|").matcher(page).results().map(m -> m.group(1)))
        .containsExactly("0", "1", "3", "64", "65", "75");
    String topic = warehouse.newTopic(1);
    send(topic, 0, "1", "x");
    define("id int", topic);
    PageWarehouse.run(warehouse.postgres(DWH), "CREATE TABLE ids (id int)");
    assertThat(load("orders", "nosuch")).isEqualTo(1);
    assertThat(load("orders", "ids", "--mode", "wrong")).isEqualTo(64);
    assertThat(load("orders", "ids")).isEqualTo(65);
    String away = PageWarehouse.url("1", DWH);
    assertThat(load("orders", "ids", "--retry-for", "1s", "-u", away)).isEqualTo(75);
    assertThat(load("orders", "ids", "--force-reset-latest")).isEqualTo(0);
  }

  @Test
  void catIsWhatCopyAndExternalWebTablesRead(TestReporter reporter) throws Exception {
    String topic = warehouse.newTopic(2);
    define("id bigint, customer text, amount numeric", topic);
    PageWarehouse.run(
        warehouse.postgres(DWH),
        "CREATE TABLE orders (id bigint, customer text, amount numeric)",
        "INSERT INTO orders VALUES (0, 'first', 0)");
    connectByEnvironment(shell);
    send(topic, 0, "1,\"Ann, B.\",2.50");
    String command = commands("docs/loading.md", 1).get(0);
    if (PageShell.isThere("psql")) {
      shell.run(command);
    } else {
      reporter.publishEntry("psql is not there: the test's own COPY reads what kadb cat writes");
      String[] halves = command.split(" \\| ");
      warehouse.copy(DWH, halves[1].replaceAll("^psql -c \"|\"$", ""), shell.run(halves[0]));
    }
    assertThat(dwh("SELECT * FROM orders")).containsExactly("0|first|0", "1|Ann, B.|2.50");

    PageWarehouse.run(
        warehouse.kadb(DWH), "ALTER FOREIGN TABLE orders OPTIONS (ADD csv_dialect 'postgresql')");
    send(topic, 0, "2,,3");
    send(topic, 1, "3,\"\",4");
    Matcher execute = EXECUTE.matcher(Readme.read("docs/loading.md").texts("sql").get(0));
    assertThat(execute.find()).isTrue();
    for (String rows : segments(execute.group(1))) {
      warehouse.copy(DWH, "COPY orders FROM STDIN (FORMAT csv)", rows);
    }
    assertThat(dwh("SELECT id, coalesce(customer, 'NULL') FROM orders WHERE id > 1 ORDER BY id"))
        .containsExactly("2|NULL", "3|");
    assertThat(warehouse.offsets(DWH, "orders")).containsExactly("0|2", "1|1");
  }

  @Test
  void produceKeepsBytesAndTakesKeys() throws Exception {
    warehouse.newTopic("orders", 1);
    define("line text", "orders");
    PageWarehouse.run(
        warehouse.kadb(DWH), "ALTER FOREIGN TABLE orders OPTIONS (SET format 'text')");
    connectByEnvironment(shell);
    List<String> commands = commands("docs/loading.md", 2);
    assertThat(commands).hasSize(2);
    shell.write("orders.csv", "7,\"two\nlines\"\n8,x\n");
    shell.write("orders.json", "{\"customer\": {\"id\": \"c1\"}}\n");
    shell.run(commands.get(0));
    shell.run(commands.get(1));
    assertThat(
            PageWarehouse.rows(
                warehouse.kadb(DWH), "SELECT CAST(_key AS VARCHAR), line FROM orders"))
        .containsExactly(
            "\\x37|7,\"two\nlines\"", "\\x38|8,x", "\\x6331|{\"customer\": {\"id\": \"c1\"}}");
  }

  @Test
  void theCommandsOfThePageOnOffsets() throws Exception {
    String topic = warehouse.newTopic(4);
    define("line text", topic);
    send(topic, 3, IntStream.range(0, 1900).mapToObj(String::valueOf).toArray(String[]::new));
    produce(topic, 0, "2026-02-28T13:59:59.999Z", "early");
    produce(topic, 0, "2026-02-28T14:00:00Z", "on time");
    PageWarehouse.rows(warehouse.kadb(DWH), "SELECT line FROM orders");
    connectByEnvironment(shell);
    List<String> commands = commands("docs/offsets.md", 0);
    assertThat(commands).hasSize(6);

    shell.run(commands.get(0));
    assertThat(Files.readString(folder.resolve("offsets.csv")))
        .startsWith("table,partition,offset\npublic.orders,0,2\n")
        .endsWith("public.orders,3,1900\n");
    PageWarehouse.run(warehouse.kadb(DWH), "UPDATE kadb.offsets SET off = 0 WHERE prt = 3");
    assertThat(shell.run(commands.get(1))).contains("public.orders[3]: 0 -> 1900");
    assertThat(warehouse.offsets(DWH, "orders")).contains("3|0");
    shell.run(commands.get(2));
    assertThat(warehouse.offsets(DWH, "orders")).contains("0|2", "3|1900");
    shell.run(commands.get(3));
    assertThat(warehouse.offsets(DWH, "orders")).containsExactly("0|0", "1|0", "2|0", "3|0");
    shell.run(commands.get(4));
    assertThat(warehouse.offsets(DWH, "orders")).contains("0|1");
    shell.run(commands.get(5));
    assertThat(warehouse.offsets(DWH, "orders")).contains("0|1", "3|1842");
  }

  @Test
  void theOffsetsOfKadbFdwAreTakenOver() throws Exception {
    String topic = warehouse.newTopic(2);
    send(topic, 0, "0,old", "1,new");
    send(topic, 1, "2,new");
    PageWarehouse.run(
        warehouse.postgres(DWH),
        "CREATE SCHEMA kadb",
        "CREATE TABLE kadb.offsets (ftoid oid, prt int, off bigint, PRIMARY KEY (ftoid, prt))",
        "INSERT INTO kadb.offsets VALUES (16420, 0, 1), (16420, 1, 0), (16421, 0, 5)");
    Matcher url = URL.matcher(Files.readString(Repository.root().resolve("docs/migration.md")));
    assertThat(url.find()).isTrue();
    shell.set("KADB_URL", warehouse.here(url.group(1)));
    String update = Readme.read("docs/migration.md").texts("sql").get(0);
    String definition =
        String.join(";\n", warehouse.definition("orders", "id int, line text", topic));
    shell.write("migration.sql", definition + ";\n" + update);
    shell.run("kadb sql -f migration.sql");

    assertThat(warehouse.offsets(DWH, "orders")).containsExactly("0|1", "1|0");
    assertThat(dwh("SELECT ftoid, off FROM kadb.offsets WHERE ftoid IN (16420, 16421)"))
        .containsExactly("16421|5");
    assertThat(PageWarehouse.rows(warehouse.kadb(DWH), "SELECT prt, lag FROM kadb.lag"))
        .containsExactlyInAnyOrder("0|1", "1|1");
    assertThat(PageWarehouse.rows(warehouse.kadb(DWH), "SELECT id FROM orders ORDER BY id"))
        .containsExactly("1", "2");
  }

  @Test
  void aJobGoesOnWhereGpkafkaStood() throws Exception {
    String old = "{\"id\": 1, \"name\": \"loaded by gpkafka\", \"version\": 1}";
    String topic = warehouse.newTopic(2);
    writeJob(topic, old, "{\"id\": 2, \"name\": \"Bob\", \"version\": 1}");
    shell.program("gpkafka", "echo \"$@\"");
    List<String> commands = commands("docs/migration.md", 0);
    assertThat(commands).hasSize(5);
    shell.run(commands.get(0));

    assertThat(shell.run("kadb load job.yaml --dry-run")).contains("customers_" + topic);
    shell.run(commands.get(1));
    assertThat(shell.run(commands.get(2))).contains("0 rows loaded");
    assertThat(customers()).isEmpty();
    String table = "public.customers_" + topic;
    shell.write("offsets.csv", "table,partition,offset\n" + table + ",0,1\n");
    assertThat(shell.run(commands.get(3))).contains("[0]: 2 -> 1");
    shell.runUntil(() -> !customers().isEmpty(), commands.get(4));
    assertThat(customers()).containsExactly("2|Bob|1");
  }

  @Test
  void catGoesOnWhereTheConsumerGroupStood() throws Exception {
    String topic = warehouse.newTopic(2);
    define("id int, what text", topic);
    PageWarehouse.run(warehouse.kadb(DWH), "ALTER FOREIGN TABLE orders RENAME TO crimes_topic");
    send(topic, 0, "1,theft", "2,arson");
    send(topic, 1, "3,fraud");
    Matcher execute = EXECUTE.matcher(Readme.read("docs/migration.md").texts("sql").get(1));
    assertThat(execute.find()).isTrue();
    String group = execute.group(1).replaceAll("^.*--group (\\S+).*$", "$1");
    try (var admin = warehouse.admin()) {
      Map<TopicPartition, OffsetAndMetadata> stood =
          Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1));
      admin.alterConsumerGroupOffsets(group, stood).all().get();
    }
    connectByEnvironment(shell);
    assertThat(segments(execute.group(1))).containsExactly("2,arson\n", "3,fraud\n");
  }

  @Test
  void theReadmesLoads() throws Exception {
    String topic = warehouse.newTopic(1);
    send(topic, 0, "1,a", "2,b");
    define("id int, what text", topic);
    PageWarehouse.run(warehouse.postgres(DWH), "CREATE TABLE orders_t (id int, what text)");
    List<String> commands = ReadmeIT.loads().stream().map(warehouse::here).toList();
    assertThat(commands).hasSize(3);
    shell.run(commands.get(0));
    assertThat(shell.run(commands.get(1))).contains("2 rows loaded");
    assertThat(dwh("SELECT * FROM orders_t ORDER BY id")).containsExactly("1|a", "2|b");
    writeJob(warehouse.newTopic(1), "{\"id\": 1, \"name\": \"Ann\", \"version\": 1}");
    shell.runUntil(() -> customers().equals(List.of("1|Ann|1")), commands.get(2));
  }

  @Test
  void onATerminalProgressIsOneLineThatGoesAway() throws Exception {
    assumeTrue(PageShell.isThere("script"), "util-linux's script is not there");
    String topic = warehouse.newTopic(1);
    send(topic, 0, "1,a", "2,b");
    define("id int, what text", topic);
    PageWarehouse.run(warehouse.postgres(DWH), "CREATE TABLE orders_t (id int, what text)");
    connectByEnvironment(shell);
    String load = "kadb load --from orders --into orders_t";
    // A build in the background ignores SIGINT, and so would everything that it starts; a shell
    // that stays above the load would get the key as well, and end by it.
    String script = "script -qefc 'exec " + load + "' /dev/null";
    Process terminal = shell.start("exec env --default-signal=INT " + script);
    shell.await(() -> shell.said(terminal, "out").contains("\u001b[K2 rows, "), terminal, load);
    List<String> live = Screen.of(shell.said(terminal, "out"));
    assertThat(live).as("a notice, and below it the progress").hasSize(2);
    assertThat(live.get(0)).startsWith("kadb: " + topic + "[0] is new");
    assertThat(live.get(1)).startsWith("2 rows, ");
    OutputStream keys = terminal.getOutputStream();
    keys.write(3);
    keys.flush();
    PageShell.Run run = shell.end(load, terminal);
    assertThat(run.exitCode()).as(run.output()).isZero();
    List<String> screen = Screen.of(run.output());
    assertThat(screen).as(run.output()).hasSize(4).startsWith(live.get(0));
    assertThat(screen.get(1)).startsWith("2 rows loaded in 1 batch, ");
    assertThat(screen.subList(2, 4))
        .containsExactly("0 messages rejected", "partition 0 at offset 2");
  }

  /** The exit code of a load up to the end, in this JVM. */
  private static int load(String from, String into, String... more) {
    List<String> arguments = new ArrayList<>(List.of("load", "--from", from, "--into", into));
    arguments.add("--quit-at-eof");
    arguments.addAll(List.of(more));
    if (!arguments.contains("-u")) {
      arguments.addAll(List.of("-u", PageWarehouse.url(warehouse.port(), DWH)));
    }
    PrintStream errors = System.err;
    PrintStream output = System.out;
    try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream())) {
      System.setErr(nowhere);
      System.setOut(nowhere);
      return Kadb.run(arguments.toArray(String[]::new));
    } finally {
      System.setErr(errors);
      System.setOut(output);
    }
  }

  /** Defines server my_kafka and foreign table public.orders. */
  private static void define(String columns, String topic) throws Exception {
    PageWarehouse.run(warehouse.kadb(DWH), warehouse.definition("orders", columns, topic));
  }

  /** The commands of a page's n-th block of sh, with the addresses of the test. */
  private static List<String> commands(String page, int block) throws Exception {
    return Readme.read(page).texts("sh").get(block).lines().map(warehouse::here).toList();
  }

  /** Lets kadb and psql find the database. */
  private static void connectByEnvironment(PageShell shell) throws Exception {
    shell.run(commands("docs/loading.md", 0).get(0));
    shell.set("PGHOST", "localhost");
    shell.set("PGPORT", warehouse.port());
    shell.set("PGUSER", "etl");
    shell.set("PGDATABASE", DWH);
  }

  /** What two segments get that run a command at the same time. */
  private List<String> segments(String command) throws Exception {
    List<Process> started = new ArrayList<>();
    for (int segment = 0; segment < 2; segment++) {
      shell.set("GP_SEGMENT_ID", String.valueOf(segment));
      shell.set("GP_SEGMENT_COUNT", "2");
      started.add(shell.start("exec " + command));
    }
    List<String> outputs = new ArrayList<>();
    for (Process process : started) {
      PageShell.Run run = shell.end(command, process);
      assertThat(run.exitCode()).as(run.errors()).isZero();
      outputs.add(run.output());
    }
    return outputs;
  }

  /** The job file of the page on job files and its target, with messages in partition 0. */
  private void writeJob(String topic, String... messages) throws Exception {
    String job = warehouse.here(Readme.read("docs/job-files.md").texts("yaml").get(0));
    shell.write("job.yaml", job.replaceAll("(?m)^( *TOPIC:) .*", "$1 " + topic));
    shell.set("LOADER_PASSWORD", "secret");
    warehouse.renew(JOB_DATABASE);
    PageWarehouse.run(warehouse.postgres(JOB_DATABASE), JOB_TARGET);
    send(topic, 0, messages);
  }

  private static List<String> customers() throws Exception {
    return PageWarehouse.rows(
        warehouse.postgres(JOB_DATABASE), "SELECT * FROM customers ORDER BY id");
  }

  private static List<String> dwh(String query) throws Exception {
    return PageWarehouse.rows(warehouse.postgres(DWH), query);
  }

  private static Condition holds(String query) {
    return () -> dwh(query).equals(List.of("t"));
  }

  private static void send(String topic, int partition, String... messages) {
    warehouse.produce(topic, partition, System.currentTimeMillis(), messages);
  }

  private static void produce(String topic, int partition, String time, String message) {
    warehouse.produce(topic, partition, Instant.parse(time).toEpochMilli(), message);
  }
}
