package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.GeneratedPage;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestClients;
import io.kadb.testing.TestTopic;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the views of schema kadb show. */
class SystemViewsIT extends TwoStoresFixture {
  @AfterEach
  void dropServers() throws SQLException {
    for (String server : sql.rows("SELECT server_name FROM kadb.servers")) {
      sql.update("DROP SERVER " + server + " CASCADE");
    }
  }

  private TestTopic topicWith(int partitions) {
    return kafka.newTopic("views", partitions);
  }

  /** Creates a server whose brokers refuse connections, with little patience. */
  private void deadServer(String name, String options) throws SQLException {
    server(name, NOBODY);
    sql.update("ALTER SERVER " + name + " OPTIONS (SET k_latency_ms '500'" + options + ")");
  }

  private void tableOf(String server, String table) throws SQLException {
    sql.update(
        "CREATE FOREIGN TABLE " + table + " (v text) SERVER " + server + " OPTIONS (k_topic 'x')");
  }

  private long ftoid(String table) throws SQLException {
    return Long.parseLong(sql.value("SELECT '" + table + "'::regclass::oid"));
  }

  @Test
  void showsServersWithSecretsMasked() throws SQLException {
    sql.update(
        "CREATE SERVER safe TYPE 'kafka' VERSION '4.3' FOREIGN DATA WRAPPER kadb_fdw"
            + " OPTIONS (k_brokers 'b:9092', \"#sasl.password\" 'geheim')");

    assertThat(sql.rows("SELECT * FROM kadb.servers WHERE server_name = 'safe'"))
        .containsExactly(
            "safe|kafka|4.3|{\"k_brokers\":\"b:9092\",\"#sasl.password\":\"********\"}");
    assertThat(sql.rows("SELECT server_name, server_type FROM kadb.servers ORDER BY 1"))
        .containsExactly("k|null", "safe|kafka");
  }

  @Test
  void showsForeignTablesWithTheirColumnsAndOptions() throws SQLException {
    sql.update(
        "CREATE FOREIGN TABLE t (id bigint NOT NULL, name varchar(5) DEFAULT 'x') SERVER k OPTIONS"
            + " (k_topic 'topic', schema_registry_password 'geheim')");

    assertThat(sql.rows("SELECT * FROM kadb.foreign_tables"))
        .containsExactly(
            ftoid("t")
                + "|public|t|k|"
                + "[{\"name\":\"id\",\"type\":\"bigint\",\"not_null\":true,\"options\":{}},"
                + "{\"name\":\"name\",\"type\":\"character varying(5)\",\"not_null\":false,"
                + "\"default\":\"x\",\"options\":{}}]|"
                + "{\"k_topic\":\"topic\",\"schema_registry_password\":\"********\"}");
    assertThat(sql.value("SELECT JSON_VALUE(options, 'strict $.k_topic') FROM kadb.foreign_tables"))
        .isEqualTo("topic");
  }

  @Test
  void showsAllOptions() throws SQLException {
    assertThat(
            sql.rows(
                "SELECT option_name, option_level, value_type, default_value, secret"
                    + " FROM kadb.options WHERE option_name IN"
                    + " ('k_latency_ms', 'path', 'schema_registry_password') ORDER BY 1"))
        .containsExactly(
            "k_latency_ms|connection, server, table|integer|2000|false",
            "path|column|text|null|false",
            "schema_registry_password|connection, server, table|text|null|true");
    assertThat(sql.value("SELECT count(*) FROM kadb.options WHERE description = ''"))
        .isEqualTo("0");
  }

  @Test
  void showsPartitionsAsTheBrokersKnowThem() throws SQLException {
    TestTopic topic = topicWith(2);
    topic.send(1, "a", "b", "c");
    topic.deleteRecordsBefore(1, 2);
    table("t (v text)", topic);

    List<String> rows =
        sql.rows(
            "SELECT table_schema, table_name, prt, earliest_off, end_off, leader IS NOT NULL"
                + " FROM kadb.partitions WHERE ftoid = 't'::regclass::oid ORDER BY prt");

    assertThat(rows).containsExactly("public|t|0|0|0|true", "public|t|1|2|3|true");
    assertThat(sql.warnings()).isEmpty();
  }

  @Test
  void showsHowFarATableIsBehind() throws SQLException {
    TestTopic topic = topicWith(3);
    topic.sendAt(0, 1_700_000_000_123L, "a");
    topic.sendAt(0, 1_700_000_001_456L, "b");
    topic.sendAt(0, 1_700_000_002_789L, "c");
    topic.sendAt(1, 1_700_000_003_000L, "d");
    topic.sendAborted(2, "e");
    table("t (v text)", topic);
    storeOffset("t", 0, 1);
    storeOffset("t", 1, 1);
    TestClients.await(
        kafka
            .clients()
            .admin()
            .alterConsumerGroupOffsets(
                "g", Map.of(new TopicPartition(topic.name(), 1), new OffsetAndMetadata(7)))
            .all());

    assertThat(
            sql.rows(
                "SELECT prt, stored_off, earliest_off, end_off, committed_off, lag, next_timestamp"
                    + " FROM kadb.lag ORDER BY prt"))
        .containsExactly(
            "0|1|0|3|null|2|2023-11-14 22:13:21.456", "1|1|0|1|7|0|null", "2|null|0|2|null|2|null");
    assertThat(sql.warnings()).isEmpty();
    assertThat(sql.value("SELECT sum(lag) FROM kadb.lag")).isEqualTo("4");
  }

  @Test
  void seesWhereTheTransactionStands() throws SQLException {
    TestTopic topic = topicWith(1);
    topic.send(0, "a", "b");
    table("t (v text)", topic);
    sql.connection().setAutoCommit(false);

    sql.rows("SELECT v FROM t");

    assertThat(sql.rows("SELECT stored_off, lag FROM kadb.lag")).containsExactly("2|0");
    assertThat(connect().rows("SELECT stored_off, lag FROM kadb.lag")).containsExactly("null|2");
    sql.connection().rollback();
    assertThat(sql.rows("SELECT stored_off, lag FROM kadb.lag")).containsExactly("null|2");
  }

  @Test
  void keepsTwoTablesOfOneTopicApart() throws SQLException {
    TestTopic topic = topicWith(1);
    topic.sendAt(0, 1000, "a");
    topic.sendAt(0, 2000, "b");
    table("t (v text)", topic);
    table("u (v text)", topic);
    storeOffset("u", 0, 1);

    assertThat(sql.rows("SELECT table_name, lag, next_timestamp FROM kadb.lag ORDER BY 1"))
        .containsExactly("t|2|1970-01-01 00:00:01", "u|1|1970-01-01 00:00:02");
  }

  @Test
  void warnsOfStoredOffsetsPastTheEnd() throws SQLException {
    TestTopic topic = topicWith(1);
    table("t (v text)", topic);
    storeOffset("t", 0, 5);

    assertThat(sql.rows("SELECT stored_off, end_off, lag FROM kadb.lag"))
        .containsExactly("5|0|null");
    assertThat(sql.warnings())
        .singleElement()
        .asString()
        .startsWith("01000 foreign table public.t: ")
        .contains("past the end offset 0");
  }

  @Test
  void givesNullsAndAWarningForTablesWhoseBrokersDoNotAnswer() throws Throwable {
    TestTopic topic = topicWith(1);
    topic.send(0, "a");
    table("alive (v text)", topic);
    for (int i = 0; i < 10; i++) {
      deadServer("d" + i, ", ADD \"#client.id\" 'd" + i + "'");
      tableOf("d" + i, "dead" + i);
    }
    storeOffset("dead3", 4, 44);
    List<String> rows = new ArrayList<>();

    Duration taken =
        time(
            () ->
                rows.addAll(
                    sql.rows(
                        "SELECT table_name, prt, stored_off, end_off, lag, next_timestamp"
                            + " FROM kadb.lag ORDER BY 1")));

    assertThat(rows)
        .hasSize(11)
        .first()
        .asString()
        .startsWith("alive|0|null|1|1|")
        .doesNotEndWith("null");
    assertThat(rows).contains("dead0|null|null|null|null|null", "dead3|4|44|null|null|null");
    assertThat(sql.warnings()).hasSize(10);
    assertThat(sql.warnings().get(0))
        .startsWith("01000 foreign table public.dead0: brokers 127.0.0.1:1: ");
    assertThat(taken).as("ten dead servers at once").isLessThan(Duration.ofMillis(4000));

    assertThat(sql.rows("SELECT table_name, prt, leader, end_off FROM kadb.partitions"))
        .hasSize(11)
        .contains("dead9|null|null|null");
    assertThat(sql.warnings()).hasSize(10);
  }

  @Test
  void doesNotAskTheBrokersOfOtherTables() throws SQLException {
    TestTopic topic = topicWith(1);
    table("alive (v text)", topic);
    deadServer("d", "");
    tableOf("d", "dead");
    String lag = "SELECT end_off FROM kadb.lag WHERE ";

    assertThat(sql.rows(lag + "table_name = 'alive'")).containsExactly("0");
    assertThat(sql.warnings()).isEmpty();
    assertThat(sql.rows(lag + "ftoid = 'alive'::regclass::oid AND prt >= 0")).containsExactly("0");
    assertThat(sql.warnings()).isEmpty();
    assertThat(sql.rows(lag + "ftoid = " + ftoid("alive"))).containsExactly("0");
    assertThat(sql.warnings()).isEmpty();
    assertThat(sql.rows(lag + "table_schema = 'public' AND table_name = ?", "alive"))
        .containsExactly("0");
    assertThat(sql.warnings()).isEmpty();
    assertThat(sql.rows(lag + "table_name = 'other'")).isEmpty();
    assertThat(sql.warnings()).isEmpty();
    assertThat(sql.rows("EXPLAIN SELECT * FROM kadb.lag")).isNotEmpty();
  }

  @Test
  void warnsOfTablesThatCannotBeUsed() throws SQLException {
    sql.update("CREATE FOREIGN TABLE nothing (v text) SERVER k");
    table("missing (v text)", new TestTopic(kafka, topicWith(1).name() + "-missing"));

    assertThat(sql.rows("SELECT table_name, prt, end_off FROM kadb.partitions ORDER BY 1"))
        .containsExactly("missing|null|null", "nothing|null|null");
    assertThat(sql.warnings()).hasSize(2);
    assertThat(sql.warnings().get(0)).contains("public.missing", "does not exist");
    assertThat(sql.warnings().get(1)).contains("public.nothing", "k_topic");
  }

  @Test
  void aReferenceThatCannotBeResolvedTroublesItsOwnTableOnly() throws SQLException {
    TestTopic topic = topicWith(1);
    table("alive (v text)", topic);
    for (String option :
        List.of("k_topic", "k_consumer_group", "k_initial_offset", "k_automatic_offsets")) {
      sql.update(
          "CREATE FOREIGN TABLE of_%s (v text) SERVER k OPTIONS (%1$s '${env:KADB_NOBODY_SET_THIS}'%s)"
              .formatted(option, option.equals("k_topic") ? "" : ", k_topic 'x'"));
    }
    String where = " WHERE prt IS NOT NULL";

    assertThat(sql.rows("SELECT table_name, lag, committed_off FROM kadb.lag" + where))
        .containsExactly("alive|0|null");
    assertThat(sql.warnings())
        .hasSize(4)
        .allMatch(warning -> warning.contains("KADB_NOBODY_SET_THIS is not set"));
    assertThat(sql.rows("SELECT table_name FROM kadb.partitions" + where)).containsExactly("alive");
    assertThat(sql.warnings()).hasSize(4);
  }

  @Test
  void joinsViews() throws SQLException {
    TestTopic topic = topicWith(2);
    table("t (v text)", topic);

    assertThat(
            sql.rows(
                "SELECT f.server_name, l.prt, p.leader IS NULL FROM kadb.lag l"
                    + " JOIN kadb.foreign_tables f ON f.ftoid = l.ftoid"
                    + " LEFT JOIN kadb.partitions p ON p.ftoid = l.ftoid AND p.prt = l.prt"
                    + " ORDER BY l.prt"))
        .containsExactly("k|0|false", "k|1|false");
    assertThat(sql.value("SELECT count(*) FROM kadb.partitions")).isEqualTo("2");
  }

  @Test
  void hasNoColumnWhoseNameNeedsQuotes() throws SQLException {
    for (SystemView view : SystemViews.all()) {
      for (SystemView.Column column : view.columns()) {
        sql.rows(
            "SELECT %s, x.%1$s AS y FROM kadb.%s x WHERE %1$s IS NULL ORDER BY %1$s LIMIT 1"
                .formatted(column.name(), view.name()));
      }
    }
  }

  @Test
  void listsTheViewsInMetadata() throws SQLException {
    List<String> views = new ArrayList<>();
    try (ResultSet tables =
        sql.connection().getMetaData().getTables(null, "kadb", "%", new String[] {"VIEW"})) {
      while (tables.next()) {
        views.add(tables.getString("TABLE_NAME"));
      }
    }
    assertThat(views)
        .containsExactly(
            "foreign_tables",
            "lag",
            "loads",
            "options",
            "partitions",
            "queries",
            "rejects",
            "servers");
  }

  @Test
  void showsTheStatementsThatRun() throws SQLException {
    SqlClient other = connect("user=ann");
    TestTopic topic = topicWith(1);
    topic.send(0, "a", "b", "c");
    table("t (v text)", topic);

    try (ResultSet open =
        other.connection().createStatement().executeQuery("SELECT v FROM t WHERE v <> 'x'")) {
      assertThat(open.next()).isTrue();
      assertThat(
              sql.rows(
                  "SELECT user_name, state, sql_text FROM kadb.queries WHERE user_name = 'ann'"))
          .containsExactly("ann|fetching|SELECT v FROM t WHERE v <> 'x'");
    }
    assertThat(sql.rows("SELECT sql_text FROM kadb.queries WHERE user_name = 'ann'")).isEmpty();
    assertThat(sql.rows("SELECT state FROM kadb.queries WHERE sql_text LIKE '%kadb.queries%'"))
        .containsExactly("running");
  }

  @Test
  void cancelsAStatementThatWaitsInAnotherConnection() throws Exception {
    table(
        "t (v text)",
        topicWith(1),
        "k_stop_at_end 'off', k_timeout_ms '60000', k_topic_x 'geheim'");
    SqlClient waiting = connect("user=ann");
    Future<String> refused =
        inBackground(() -> refused("57014", () -> waiting.rows("SELECT v FROM t")));
    List<String> id = new ArrayList<>();
    await(
        () -> {
          try {
            id.addAll(
                sql.rows(
                    "SELECT query_id FROM kadb.queries WHERE user_name = 'ann' AND state ="
                        + " 'running' AND sql_text = 'SELECT v FROM t'"));
            return !id.isEmpty();
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        },
        "the statement is not shown");

    long began = System.nanoTime();
    assertThat(sql.value("SELECT kadb.cancel(" + id.get(0) + ")")).isEqualTo("true");
    assertThat(soon(refused)).contains("cancel");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));

    assertThat(sql.value("SELECT kadb.cancel(?)", Long.parseLong(id.get(0)))).isEqualTo("false");
    assertThat(sql.value("SELECT kadb.cancel(NULL)")).isEqualTo("null");
    assertThat(sql.value("SELECT count(*) FROM kadb.queries WHERE user_name = 'ann'"))
        .isEqualTo("0");
  }

  @Test
  void cancelsAViewThatWaitsForBrokers() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      server("mute", "127.0.0.1:" + silent.getLocalPort());
      tableOf("mute", "mute_t");
      SqlClient waiting = connect("user=bob");
      Future<String> refused =
          inBackground(() -> refused("57014", () -> waiting.rows("SELECT * FROM kadb.lag")));
      await(() -> cancelled("bob"), "the statement is not shown");

      long began = System.nanoTime();
      soon(refused);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }
  }

  private boolean cancelled(String user) {
    try {
      return sql.rows("SELECT kadb.cancel(query_id) FROM kadb.queries WHERE user_name = ?", user)
          .contains("true");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void runsTheExamplesOfItsPage() throws Exception {
    TestTopic topic = topicWith(1);
    topic.send(0, "a");
    table("orders (v text)", topic);
    String page = Files.readString(GeneratedPage.find("docs/views.md"));
    Matcher block = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL).matcher(page);
    int statements = 0;
    while (block.find()) {
      for (String statement : block.group(1).split(";")) {
        if (!statement.isBlank()) {
          sql.rows(statement);
          statements++;
        }
      }
    }
    assertThat(statements).isGreaterThan(8);
  }

  @Test
  void readsViewsOnAReadOnlyConnection() throws SQLException {
    table("t (v text)", topicWith(1));
    SqlClient reader = connect("readOnly=true");

    assertThat(reader.rows("SELECT table_name, lag FROM kadb.lag")).containsExactly("t|0");
    refused("0A000", () -> sql.update("INSERT INTO kadb.servers VALUES ('a', 'b', 'c', 'd')"));
  }
}
