package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TcpProxy;
import io.kadb.testing.TestTopic;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with brokers, options, messages and statements: state, place, nothing moved. */
class BadInputIT extends TableFixture {
  private TestTopic topic;

  @BeforeEach
  void createTable() throws SQLException {
    topic = kafka.newTopic("bad", 1);
    topic.send(0, "1,a", "2,b");
    table("t (id int, name text)", topic);
    storeOffset("t", 0, 0);
  }

  private void assertNothingMoved() throws SQLException {
    awaitIdle();
    assertThat(offsets("t")).containsExactly("0|0");
  }

  private void onServer(String brokers) throws SQLException {
    sql.update(
        "CREATE SERVER silent FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + brokers
            + "', k_consumer_group 'g', k_seg_batch '10', k_timeout_ms '60000', k_latency_ms '700',"
            + " format 'csv')");
    sql.update("CREATE FOREIGN TABLE s (v text) SERVER silent OPTIONS (k_topic 'x')");
  }

  private void assertUnreachable(String brokers) throws Throwable {
    onServer(brokers);
    for (String mode : new String[] {"consume", "snapshot"}) {
      sql.update("SET kadb.scan_mode = '" + mode + "'");
      String[] error = new String[1];
      Duration taken = time(() -> error[0] = refused("08001", () -> sql.rows("SELECT v FROM s")));

      assertThat(error[0]).contains(brokers, "700 ms", "k_");
      assertThat(taken).isBetween(Duration.ofMillis(600), Duration.ofMillis(1700));
      awaitIdle();
      assertThat(offsets("s")).isEmpty();
    }
  }

  @Test
  void brokersThatRefuseConnectionsAreUnreachable() throws Throwable {
    assertUnreachable(NOBODY);
  }

  @Test
  void brokersThatDoNotAnswerAreUnreachable() throws Throwable {
    String[] broker = kafka.bootstrapServers().split(":");
    try (TcpProxy proxy = new TcpProxy()) {
      proxy.forwardTo(broker[0], Integer.parseInt(broker[1]));
      proxy.stall();
      assertUnreachable("127.0.0.1:" + proxy.port());
    }
  }

  @Test
  void brokersWithoutAnAddressAreUnreachable() throws SQLException {
    onServer("no-such-host.invalid:9092");

    assertThat(refused("08001", () -> sql.rows("SELECT v FROM s")))
        .contains("no-such-host.invalid:9092");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "k_seg_batch '0'; HV024; k_seg_batch",
        "k_seg_batch 'many'; HV024; many",
        "k_timeout_ms '-1'; HV024; k_timeout_ms",
        "k_timeout_ms '12abc'; HV024; 12abc",
        "k_latency_ms ''; HV024; k_latency_ms",
        "k_initial_offset '-1'; HV024; k_initial_offset",
        "k_automatic_offsets '1'; HV024; k_automatic_offsets",
        "format 'xml'; HV024; xml",
        "csv_delimeter ',,'; HV024; csv_delimeter",
        "k_scan_mode 'look'; HV024; look",
        "\"#enable.auto.commit\" 'true'; HV00D; enable.auto.commit",
        "\"#fetch.max.byte\" '1'; HV00D; fetch.max.bytes",
      })
  void wrongOptionsAreRefusedWithTheDefinition(String option, String state, String named)
      throws SQLException {
    assertThat(refused(state, () -> table("w (v text)", topic, option))).contains(named);

    refused("42P01", () -> sql.rows("SELECT * FROM w"));
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() throws SQLException {
    String quote = "csv_delimeter '\"'";
    assertThat(refused("HV024", () -> table("w (id int, name text)", topic, quote)))
        .contains("csv_quote", "csv_delim");

    table("w (id int, name text)", topic);
    sql.update("ALTER SERVER k OPTIONS (ADD " + quote + ")");
    assertThat(refused("HV024", () -> sql.rows("SELECT id FROM w")))
        .contains("csv_quote", "csv_delim");
    sql.update("ALTER SERVER k OPTIONS (DROP csv_delimeter)");
    assertThat(
            refused(
                "HV024", () -> table("x (v text)", topic, "csv_delimeter ';'", "csv_quote ';'")))
        .contains("csv_quote", "csv_delim");
  }

  @ParameterizedTest
  @CsvSource({
    "k_brokers,SERVER bare",
    "k_topic,SERVER k",
    "k_consumer_group,SERVER bare",
    "k_seg_batch,SERVER bare",
    "k_timeout_ms,SERVER bare",
    "format,SERVER bare"
  })
  void missingOptionsAreNamedWhenTheTableIsUsed(String option, String server) throws SQLException {
    sql.update("CREATE SERVER bare FOREIGN DATA WRAPPER kadb_fdw");
    StringBuilder given = new StringBuilder();
    for (String each :
        new String[] {
          "k_brokers '" + kafka.bootstrapServers() + "'",
          "k_topic '" + topic.name() + "'",
          "k_consumer_group 'g'",
          "k_seg_batch '10'",
          "k_timeout_ms '100'",
          "format 'csv'"
        }) {
      if (!each.startsWith(option + " ")) {
        given.append(given.isEmpty() ? "" : ", ").append(each);
      }
    }
    sql.update("CREATE FOREIGN TABLE m (v text) " + server + " OPTIONS (" + given + ")");

    assertThat(refused("HV002", () -> sql.rows("SELECT v FROM m"))).contains(option);
    assertThat(offsets("m")).isEmpty();
  }

  @Test
  void anUnknownOptionIsAWarning() throws SQLException {
    table("w (id int, name text)", topic, "k_colour 'blue'");
    assertThat(sql.warnings()).singleElement().asString().startsWith("01000").contains("k_colour");

    assertThat(sql.rows("SELECT id FROM w")).hasSize(2);
    assertThat(sql.warnings().get(0)).startsWith("01000").contains("k_colour");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "id, name, extra; 22P04; '[0]@2'",
        "x, name; 22P02; '[0]@2, column id: found \"x\"'",
        "3000000000, name; 22003; '[0]@2, column id'",
        ", name; 23502; '[0]@2, column id'",
      })
  void aMalformedMessageIsNamed(String message, String state, String place) throws SQLException {
    table("n (id int NOT NULL, name text)", topic);
    topic.send(0, message);

    assertThat(refused(state, () -> sql.rows("SELECT * FROM n"))).contains(topic.name() + place);

    awaitIdle();
    assertThat(offsets("n")).isEmpty();
    assertNothingMoved();
  }

  @Test
  void malformedUtf8IsNamed() throws SQLException {
    topic.sendBytes(0, new byte[] {'3', ',', (byte) 0xc3, '(', 'x'});
    topic.sendBytes(0, "4,d".getBytes(StandardCharsets.UTF_8));

    assertThat(refused("22021", () -> sql.rows("SELECT * FROM t")))
        .contains(topic.name() + "[0]@2", "column name");
    assertNothingMoved();

    assertThat(sql.rows("SELECT id FROM t")).containsExactly("1", "2", "3", "4");
  }

  @Test
  void aTextThatIsTooLongIsRefused() throws SQLException {
    table("c (id int, name varchar(3))", topic);
    topic.send(0, "3,long");

    assertThat(refused("22001", () -> sql.rows("SELECT * FROM c")))
        .contains("[0]@2", "column name");
  }

  @Test
  void longValuesAreCutInErrors() throws SQLException {
    topic.send(0, "y".repeat(1000) + ",x");

    String error = refused("22P02", () -> sql.rows("SELECT id FROM t"));

    assertThat(error).contains("y".repeat(64)).doesNotContain("y".repeat(65));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT nothing FROM t; 42703; nothing",
        "SELECT t.nothing FROM t; 42703; nothing",
        "SELECT id FROM t ORDER BY nothing; 42703; nothing",
        "SELECT * FROM nowhere; 42P01; nowhere",
        "SELECT * FROM nowhere.t; 42P01; nowhere",
        "SELECT nothing(id) FROM t; 42883; nothing",
        "SELECT upper(id, name) FROM t; 42883; UPPER",
        "SELECT id FROM t a JOIN t b ON a.id = b.id; 42702; id",
        "SELEC id FROM t; 42601; line 1",
        "SELECT id FROM; 42601; line 1",
        "SELECT id FROM t WHERE; 42601; line 1",
        "SELECT 'open FROM t; 42601; line 1",
        "SELECT id / 0 FROM t; 22012; zero",
        "SELECT id % 0 FROM t; 22012; zero",
        "SELECT 1.0 / (id - 1) FROM t; 22012; zero",
        "SELECT id + 2147483647 FROM t; 22003; overflow",
        "SELECT CAST(name AS integer) FROM t; 22P02; a",
        "SELECT name::date FROM t; 22007; a",
        "SELECT id FROM t GROUP BY name; 42803; id",
        "SELECT id FROM t WHERE count(*) > 1; 42803; WHERE",
        "INSERT INTO t (nosuch) VALUES (1); 42703; nosuch",
        "INSERT INTO pg.public.x SELECT id FROM t; 0A000; store",
      })
  void aWrongStatementMovesNothing(String statement, String state, String named)
      throws SQLException {
    String error = refused(state, () -> sql.rows(statement));

    assertThat(error).contains(named == null ? "" : named);
    assertThat(error).doesNotContain("\n", "calcite", "Exception");
    assertNothingMoved();
    assertThat(sql.rows("SELECT id FROM t")).containsExactly("1", "2");
  }

  @Test
  void twoStatementsAtOnceAreRefused() throws SQLException {
    refused("42601", () -> sql.rows("SELECT id FROM t; SELECT id FROM t"));

    assertNothingMoved();
    assertThat(sql.rows("SELECT id FROM t;")).hasSize(2);
  }
}
