package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.SqlClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When and how often the functions of schema {@code kadb} are called, and what they refuse. */
class OffsetFunctionCallsIT extends OffsetFunctionsFixture {
  // --- what does not ask Kafka

  @ParameterizedTest
  @ValueSource(
      strings = {
        "load_offsets_earliest('t')",
        "load_offsets_latest('t')",
        "load_offsets_at_timestamp('t', 1)",
        "load_offsets_committed('t')"
      })
  void givesNoRowsWithoutStoredOffsets(String call) throws SQLException {
    table("k_brokers '" + NOBODY + "'");

    assertThat(load(call)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit_offsets('t')",
        "partitions_clean('t')",
        "offsets_to_earliest('t')",
        "offsets_to_latest('t')",
        "offsets_to_timestamp('t', 1)",
        "offsets_to_committed('t')"
      })
  void doesNothingWithoutStoredOffsets(String call) throws SQLException {
    table("k_brokers '" + NOBODY + "'");

    assertThat(sql.rows("SELECT kadb." + call)).containsExactly("");
    assertThat(offsets("t")).isEmpty();
  }

  @Test
  void givesNullOnNull() throws SQLException {
    table("k_brokers '" + NOBODY + "'");
    store(1);

    assertThat(sql.rows("SELECT kadb.commit_offsets(NULL)")).containsExactly("null");
    assertThat(sql.rows("SELECT kadb.partitions_reset(CAST(NULL AS BIGINT))"))
        .containsExactly("null");
    assertThat(sql.rows("SELECT kadb.offsets_to_timestamp('t', NULL)")).containsExactly("null");
    assertThat(sql.rows("SELECT kadb.offsets_to_timestamp(NULL, 1)")).containsExactly("null");
    assertThat(sql.rows("SELECT kadb.offsets_to_latest(?)", new Object[] {null}))
        .containsExactly("null");
    assertThat(sql.rows("SELECT * FROM kadb.commit_offsets(NULL)")).containsExactly("null");
    assertThat(sql.rows("CALL kadb.commit_offsets(NULL)")).containsExactly("null");
    assertThat(sql.rows("SELECT * FROM kadb.load_partitions(NULL)")).isEmpty();
    assertThat(sql.rows("SELECT * FROM kadb.load_offsets_at_timestamp('t', NULL)")).isEmpty();
    assertThat(sql.rows("SELECT * FROM kadb.load_offsets_earliest(?)", new Object[] {null}))
        .isEmpty();
    assertThat(
            sql.rows(
                "SELECT kadb.commit_offsets(n) FROM (VALUES (CAST(NULL AS BIGINT)))" + " AS v (n)"))
        .containsExactly("null");
  }

  @Test
  void everyFunctionGivesNullOrNoRowsForANullAmongItsArguments() throws SQLException {
    table("k_brokers '" + NOBODY + "'");
    store(1);

    for (OffsetFunction function : OffsetFunction.values()) {
      for (String nothing :
          List.of("NULL", "CAST(NULL AS BIGINT)", "CAST(NULL AS VARCHAR)", "CAST(NULL AS OID)")) {
        List<String> calls =
            function.parameters().size() == 1
                ? List.of("(" + nothing + ")")
                : List.of("(" + nothing + ", 1)", "('t', CAST(NULL AS BIGINT))", "(NULL, NULL)");
        for (String arguments : calls) {
          boolean rows = function.result() == OffsetFunction.Result.OFFSETS;
          if (!rows) {
            assertThat(sql.rows("SELECT " + function + arguments)).containsExactly("null");
          }
          assertThat(sql.rows("SELECT * FROM " + function + arguments))
              .isEqualTo(rows ? List.of() : List.of("null"));
        }
      }
    }
    assertThat(offsets("t")).containsExactly("0|1");
  }

  @Test
  void loadFunctionsNeverWrite() throws SQLException {
    table("k_initial_offset '1'");
    store(0, 0);
    storeOffset("t", STRAY, 5);
    commitByHand(Map.of(0, 2L));

    for (OffsetFunction function : OffsetFunction.values()) {
      if (function.result() == OffsetFunction.Result.OFFSETS) {
        String arguments = function.parameters().size() == 2 ? "('t', 2000)" : "('t')";
        assertThat(sql.rows("SELECT * FROM " + function + arguments)).isNotEmpty();
        assertThat(offsets("t")).containsExactly("0|0", "1|0", STRAY + "|5");
      }
    }
    assertThat(committed()).isEqualTo(Map.of(0, 2L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT kadb.partitions_reset('t')",
        "SELECT * FROM kadb.partitions_reset('t')",
        "SELECT * FROM kadb.load_partitions('t')",
        "INSERT INTO kadb.offsets SELECT * FROM kadb.load_partitions('t')",
        "SELECT prt FROM kadb.offsets WHERE kadb.commit_offsets('t') = ''"
      })
  void isNotCalledByPlanning(String statement) throws SQLException {
    table("k_brokers '" + NOBODY + "'");
    store(1);

    String plan = String.join("\n", sql.rows("EXPLAIN " + statement));
    assertThat(plan).containsAnyOf("partitions_reset", "load_partitions", "commit_offsets");
    try (PreparedStatement prepared = sql.connection().prepareStatement(statement)) {
      if (statement.startsWith("SELECT")) {
        assertThat(prepared.getMetaData().getColumnCount()).isPositive();
      }
      assertThat(prepared.getParameterMetaData().getParameterCount()).isZero();
    }
    assertThat(offsets("t")).containsExactly("0|1");
  }

  // --- runs

  @Test
  void isCalledByEachExecutionOfAPreparedStatement() throws SQLException {
    table();
    store(0, 0);
    try (PreparedStatement prepared =
        sql.connection().prepareStatement("SELECT kadb.offsets_to_latest(?)")) {
      for (Object given : List.of("t", Long.valueOf(ftoid()), ftoid())) {
        moveOffsets("t", 0);
        prepared.setObject(1, given);
        try (ResultSet result = prepared.executeQuery()) {
          assertThat(result.next()).isTrue();
          assertThat(result.getString(1)).isEmpty();
        }
        assertThat(offsets("t")).containsExactly("0|2", "1|1");
      }
    }
    assertThat(
            sql.rows(
                "SELECT prt, off FROM kadb.load_offsets_at_timestamp(?, ?) ORDER BY 1", "t", 3000L))
        .containsExactly("0|1", "1|1");
  }

  @Test
  void isCalledOnceHoweverOftenThePlanComesBack() throws SQLException {
    table();
    store(0, 0, 0);
    commitByHand(Map.of(0, 1L));

    List<String> rows =
        sql.rows(
            "SELECT a.prt, b.prt FROM kadb.load_offsets_committed('t') a"
                + " JOIN kadb.load_offsets_committed('t') b ON a.prt < b.prt");

    assertThat(rows).containsExactlyInAnyOrder("0|1", "0|2", "1|2");
    assertThat(sql.warnings()).as("one for each partition without a commit").hasSize(2);
  }

  @Test
  void worksAlthoughNobodyReadsTheEmptyValue() throws SQLException {
    table();
    store(0, 0);
    try (Statement statement = sql.connection().createStatement()) {
      assertThat(statement.execute("SELECT kadb.offsets_to_latest('t')")).isTrue();
    }

    assertThat(offsets("t")).containsExactly("0|2", "1|1");
  }

  @Test
  void laterFunctionsOfAStatementSeeWhatEarlierOnesDid() throws SQLException {
    table();

    sql.rows("SELECT kadb.partitions_obtain('t'), kadb.offsets_to_latest('t')");

    assertThat(offsets("t")).containsExactly("0|2", "1|1", "2|0");
  }

  @Test
  void aStatementThatFailsChangesNothing() throws SQLException {
    table();
    table("missing (v text)", topic);
    alter("missing", "SET k_topic 'nobody-made-this'");

    refused(
        "HV00R",
        () -> sql.rows("SELECT kadb.partitions_obtain('t'), kadb.partitions_obtain('missing')"));

    assertThat(offsets("t")).isEmpty();
  }

  @Test
  void movesTheRowsOfTwoTablesApart() throws SQLException {
    table();
    table("u (v text)", topic, "k_initial_offset '1'");

    sql.rows("SELECT kadb.partitions_obtain('t'), kadb.partitions_obtain('u')");
    sql.rows("SELECT kadb.offsets_to_latest('t')");

    assertThat(offsets("t")).containsExactly("0|2", "1|1", "2|0");
    assertThat(offsets("u")).containsExactly("0|1", "1|1", "2|1");
  }

  // --- refusals

  @Test
  void readOnlyConnectionsLoadAndDoNotSet() throws SQLException {
    table();
    store(0);
    SqlClient reader = connect("readOnly=true");

    for (OffsetFunction function : OffsetFunction.values()) {
      String call = function + (function.parameters().size() == 2 ? "('t', 1)" : "('t')");
      if (function.result() == OffsetFunction.Result.OFFSETS) {
        assertThat(reader.rows("SELECT * FROM " + call)).isNotEmpty();
      } else {
        assertThat(refused("25006", () -> reader.rows("SELECT " + call)))
            .contains(function.toString());
        refused("25006", () -> reader.rows("CALL " + call));
      }
    }
    assertThat(offsets("t")).containsExactly("0|0");
    assertThat(committed()).isEmpty();
  }

  @Test
  void checksTheOptionsFirst() throws SQLException {
    topic = kafka.newTopic("functions", 1);
    sql.update("CREATE SERVER bare FOREIGN DATA WRAPPER kadb_fdw");
    try {
      sql.update("CREATE FOREIGN TABLE b (v text) SERVER bare OPTIONS (k_topic 'x')");
      for (OffsetFunction function : OffsetFunction.values()) {
        String call = function + (function.parameters().size() == 2 ? "('b', 1)" : "('b')");

        String error = refused("HV002", () -> sql.rows("SELECT * FROM " + call));

        assertThat(error).contains("k_brokers", "k_consumer_group", "k_seg_batch", "format");
      }
    } finally {
      sql.update("DROP SERVER bare CASCADE");
    }
  }

  @Test
  void warnsOfOptionsThatNobodyKnows() throws SQLException {
    table("k_initial_ofset '1'");

    sql.rows("SELECT kadb.partitions_obtain('t'), kadb.offsets_to_latest('t')");

    assertThat(sql.warnings())
        .singleElement()
        .asString()
        .startsWith("01000")
        .contains("k_initial_offset");
  }

  @Test
  void namesTheTableThatDoesNotExist() throws SQLException {
    table();

    assertThat(refused("42P01", () -> sql.rows("SELECT kadb.commit_offsets(4000000000)")))
        .contains("4000000000");
    assertThat(refused("42P01", () -> sql.rows("SELECT kadb.commit_offsets(-1)"))).contains("-1");
    assertThat(refused("42P01", () -> sql.rows("SELECT * FROM kadb.load_partitions('nope')")))
        .contains("public.nope");
    assertThat(
            refused("42P01", () -> sql.rows("SELECT * FROM kadb.load_partitions('kadb.offsets')")))
        .contains("kadb.offsets");
  }

  @Test
  void namesTheNearestFunction() throws SQLException {
    table();

    assertThat(refused("42883", () -> sql.rows("SELECT kadb.comit_offsets('t')")))
        .contains("kadb.comit_offsets", "did you mean kadb.commit_offsets?");
    assertThat(refused("42883", () -> sql.rows("SELECT * FROM kadb.load_partition('t')")))
        .contains("did you mean kadb.load_partitions?");
    assertThat(refused("42883", () -> sql.rows("CALL commit_offsets('t')")))
        .contains("did you mean kadb.commit_offsets?");
    assertThat(refused("42883", () -> sql.rows("CALL kadb.nothing_like_it('t')")))
        .doesNotContain("did you mean");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT kadb.commit_offsets()",
        "SELECT kadb.commit_offsets('t', 1)",
        "SELECT kadb.commit_offsets(TRUE)",
        "SELECT kadb.commit_offsets(1.5e0)",
        "SELECT * FROM kadb.load_partitions(DATE '2024-01-01')",
        "SELECT kadb.offsets_to_timestamp('t')",
        "SELECT kadb.offsets_to_timestamp('t', 'yesterday')"
      })
  void refusesOtherArguments(String call) throws SQLException {
    table();

    assertThat(refused("42883", () -> sql.rows(call))).contains("it is called as kadb.");
  }

  @Test
  void saysHowToCallAFunctionThatGivesRows() throws SQLException {
    table();

    assertThat(refused("0A000", () -> sql.rows("SELECT kadb.load_partitions('t')")))
        .contains("SELECT * FROM kadb.load_partitions(table)");
  }

  @Test
  void saysWithinTheLimitThatBrokersDoNotAnswer() throws SQLException {
    table("k_brokers '" + NOBODY + "'", "k_latency_ms '300'");
    store(0);

    for (String call : List.of("partitions_obtain('t')", "commit_offsets('t')")) {
      assertThat(refused("08001", () -> sql.rows("SELECT kadb." + call))).contains(NOBODY);
    }
    assertThat(offsets("t")).containsExactly("0|0");
  }

  @Test
  void stopsWaitingForBrokersWhenItIsCancelled() throws Throwable {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Statement statement = sql.connection().createStatement()) {
      table("k_brokers '127.0.0.1:" + silent.getLocalPort() + "'", "k_latency_ms '60000'");
      store(0);
      Future<Boolean> running =
          inBackground(() -> statement.execute("SELECT kadb.offsets_to_latest('t')"));
      await(() -> KafkaClients.shared().borrowed() > 0, "the function did not ask Kafka");

      Duration taken =
          time(
              () -> {
                statement.cancel();
                assertThatThrownBy(() -> soon(running))
                    .cause()
                    .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
              });

      assertThat(taken).isLessThan(Duration.ofSeconds(5));
      assertThat(offsets("t")).containsExactly("0|0");
    }
  }

  @Test
  void worksForEachRowOfAQuery() throws SQLException {
    table();
    table("u (v text)", topic);
    store(0);
    storeOffset("u", 1, 0);

    assertThat(
            sql.rows(
                "SELECT l.prt, l.off FROM (SELECT DISTINCT ftoid FROM kadb.offsets) o,"
                    + " LATERAL TABLE(kadb.load_offsets_latest(o.ftoid)) l ORDER BY 1"))
        .containsExactly("0|2", "1|1");
    assertThat(sql.rows("SELECT kadb.offsets_to_latest(ftoid) FROM kadb.offsets")).hasSize(2);

    assertThat(offsets("t")).containsExactly("0|2");
    assertThat(offsets("u")).containsExactly("1|1");
  }

  @Test
  void saysThatTheTopicIsMissing() throws SQLException {
    table();
    store(1);
    alter("t", "SET k_topic 'nobody-made-this'");

    for (String call : List.of("partitions_clean('t')", "offsets_to_latest('t')")) {
      assertThat(refused("HV00R", () -> sql.rows("SELECT kadb." + call)))
          .contains("nobody-made-this");
    }
    assertThat(offsets("t")).containsExactly("0|1");
  }
}
