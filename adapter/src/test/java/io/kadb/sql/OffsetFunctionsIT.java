package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestClients;
import io.kadb.testing.TestTopic;
import io.kadb.testing.UniqueNames;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of schema {@code kadb} that read and set offsets. */
class OffsetFunctionsIT extends TwoStoresFixture {
  /** A partition that no topic of this class has. */
  private static final int STRAY = 9;

  private TestTopic topic;
  private String group;

  @BeforeEach
  void name() {
    group = UniqueNames.next("functions", '-');
  }

  /** Partition 0 has messages of the times 1000 and 3000, partition 1 one of 2000, 2 none. */
  private void table(String... options) throws SQLException {
    topic = kafka.newTopic("functions", 3);
    topic.sendAt(0, 1000, "a");
    topic.sendAt(0, 3000, "b");
    topic.sendAt(1, 2000, "c");
    List<String> all = new ArrayList<>(List.of("k_consumer_group '" + group + "'"));
    all.addAll(List.of(options));
    table("t (v text)", topic, all.toArray(String[]::new));
  }

  private void store(long... offsets) throws SQLException {
    for (int p = 0; p < offsets.length; p++) {
      storeOffset("t", p, offsets[p]);
    }
  }

  private String ftoid() throws SQLException {
    return sql.value("SELECT 't'::regclass::oid");
  }

  /** Returns rows as they are in kadb.offsets, without the table's OID. */
  private List<String> load(String call) throws SQLException {
    return sql.rows("SELECT prt, off FROM kadb." + call + " ORDER BY prt");
  }

  private void commitByHand(Map<Integer, Long> offsets) {
    Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
    offsets.forEach(
        (partition, offset) ->
            commits.put(
                new TopicPartition(topic.name(), partition), new OffsetAndMetadata(offset)));
    TestClients.await(kafka.clients().admin().alterConsumerGroupOffsets(group, commits).all());
  }

  /** Returns what the group has committed, as Kafka's admin client says. */
  private Map<Integer, Long> committed() {
    Map<Integer, Long> committed = new TreeMap<>();
    TestClients.await(
            kafka.clients().admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach((partition, offset) -> committed.put(partition.partition(), offset.offset()));
    return committed;
  }

  private Consumer<byte[], byte[]> liveMember(String protocol) {
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put("group.id", group);
    settings.put("group.protocol", protocol);
    Consumer<byte[], byte[]> member =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    member.subscribe(List.of(topic.name()));
    await(
        () -> {
          member.poll(Duration.ofMillis(50));
          return !member.assignment().isEmpty();
        },
        "the consumer did not become a member of its group");
    return member;
  }

  // --- load_partitions and partitions_…

  @Test
  void loadsAllPartitionsAtTheInitialOffset() throws SQLException {
    table("k_initial_offset '7'");
    String ftoid = ftoid();

    assertThat(sql.rows("SELECT * FROM kadb.load_partitions(" + ftoid + ")"))
        .containsExactlyInAnyOrder(ftoid + "|0|7", ftoid + "|1|7", ftoid + "|2|7");

    assertThat(offsets("t")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM kadb.load_partitions('public.t')",
        "SELECT * FROM kadb.load_partitions('t')",
        "SELECT * FROM kadb.load_partitions(' \"public\".T ')",
        "SELECT * FROM kadb.load_partitions('t'::regclass)",
        "SELECT * FROM kadb.load_partitions('t'::regclass::oid)",
        "SELECT * FROM TABLE(kadb.load_partitions('t'))",
        "SELECT ftoid, prt, off FROM kadb.load_partitions('t') AS p",
        "SELECT l.* FROM (SELECT * FROM kadb.load_partitions('t')) AS l",
        "CALL kadb.load_partitions('t');"
      })
  void findsTheTableInEveryForm(String query) throws SQLException {
    table();

    try (Statement statement = sql.connection().createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> labels = new ArrayList<>();
      List<String> types = new ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        labels.add(result.getMetaData().getColumnLabel(i));
        types.add(result.getMetaData().getColumnClassName(i));
      }
      assertThat(labels).containsExactly("ftoid", "prt", "off");
      assertThat(types).containsExactly("java.lang.Long", "java.lang.Integer", "java.lang.Long");
      int rows = 0;
      while (result.next()) {
        rows++;
      }
      assertThat(rows).isEqualTo(3);
    }
  }

  @Test
  void insertsThePartitionsThatItLoads() throws SQLException {
    table();

    assertThat(
            sql.update("INSERT INTO kadb.offsets SELECT * FROM kadb.load_partitions('public.t')"))
        .isEqualTo(3);

    assertThat(offsets("t")).containsExactly("0|0", "1|0", "2|0");
    refused(
        "23505",
        () -> sql.update("INSERT INTO kadb.offsets SELECT * FROM kadb.load_partitions('t')"));
    assertThat(
            sql.update(
                "INSERT INTO kadb.offsets (off, prt, ftoid)"
                    + " SELECT off, prt + 10, ftoid FROM kadb.load_partitions('t') WHERE prt < 2"))
        .isEqualTo(2);
    assertThat(offsets("t")).containsExactly("0|0", "1|0", "2|0", "10|0", "11|0");
  }

  @Test
  void obtainsOnlyThePartitionsThatAreMissing() throws SQLException {
    table("k_initial_offset '1'");
    storeOffset("t", 1, 5);
    storeOffset("t", STRAY, 5);

    assertThat(sql.rows("SELECT kadb.partitions_obtain('t')")).containsExactly("");

    assertThat(offsets("t")).containsExactly("0|1", "1|5", "2|1", STRAY + "|5");
  }

  @Test
  void obtainsPartitionsAddedLater() throws SQLException {
    table();
    sql.rows("SELECT kadb.partitions_obtain('t')");
    TestClients.await(
        kafka
            .clients()
            .admin()
            .createPartitions(Map.of(topic.name(), NewPartitions.increaseTo(4)))
            .all());

    sql.rows("SELECT kadb.partitions_obtain('t')");

    assertThat(offsets("t")).containsExactly("0|0", "1|0", "2|0", "3|0");
  }

  @Test
  void cleansAwayThePartitionsThatKafkaDoesNotHave() throws SQLException {
    table();
    store(1, 1);
    storeOffset("t", STRAY, 5);

    sql.rows("SELECT kadb.partitions_clean('t')");

    assertThat(offsets("t")).containsExactly("0|1", "1|1");
  }

  @Test
  void resetsToTheInitialOffset() throws SQLException {
    table("k_initial_offset '1'");
    store(2, 1);
    storeOffset("t", STRAY, 5);

    sql.rows("SELECT kadb.partitions_reset('t')");

    assertThat(offsets("t")).containsExactly("0|1", "1|1", "2|1");
  }

  // --- by time

  @Test
  void setsOffsetsToTheFirstMessageNotOlderThanATime() throws SQLException {
    table();
    store(0, 0);

    assertThat(load("load_offsets_at_timestamp('t', 2000)")).containsExactly("0|1", "1|0");
    assertThat(sql.warnings()).isEmpty();
    assertThat(offsets("t")).containsExactly("0|0", "1|0");

    sql.rows("SELECT kadb.offsets_to_timestamp('t', 1001)");
    assertThat(offsets("t")).containsExactly("0|1", "1|0");
    sql.rows("SELECT kadb.offsets_to_timestamp('t', -1)");
    assertThat(offsets("t")).containsExactly("0|0", "1|0");
  }

  @Test
  void leavesAnEmptyPartitionAndGoesToTheEndAfterTheLastMessage() throws SQLException {
    table();
    store(0, 0, 4);

    sql.rows("SELECT kadb.offsets_to_timestamp('t', 2500)");

    assertThat(offsets("t")).containsExactly("0|1", "1|1", "2|4");
    assertThat(sql.warnings()).hasSize(2).allMatch(w -> w.startsWith("00000 "));
    assertThat(sql.warnings().get(0)).contains(topic.name() + "[1]", "2500", "end offset 1");
    assertThat(sql.warnings().get(1))
        .contains(topic.name() + "[2]", "empty", "4 is left unchanged");
    assertThat(load("load_offsets_at_timestamp('t', 2500)")).containsExactly("0|1", "1|1", "2|4");
  }

  @Test
  void knowsAnEmptiedPartitionFromOneWithMessages() throws SQLException {
    table();
    store(1, 0);
    topic.deleteRecordsBefore(0, 2);

    sql.rows("SELECT kadb.offsets_to_timestamp('t', 0)");

    assertThat(offsets("t")).containsExactly("0|1", "1|0");
    assertThat(sql.warnings()).singleElement().asString().contains("[0]", "empty");
  }

  // --- earliest and latest

  @Test
  void setsOffsetsToTheEarliestAndToTheEnd() throws SQLException {
    table();
    topic.deleteRecordsBefore(0, 1);
    store(5, 5);

    assertThat(load("load_offsets_earliest('t')")).containsExactly("0|1", "1|0");
    assertThat(load("load_offsets_latest('t')")).containsExactly("0|2", "1|1");
    assertThat(offsets("t")).containsExactly("0|5", "1|5");

    sql.rows("SELECT kadb.offsets_to_earliest('t')");
    assertThat(offsets("t")).containsExactly("0|1", "1|0");
    sql.rows("SELECT kadb.offsets_to_latest('t')");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");
    assertThat(sql.rows("SELECT v FROM t WHERE _partition < 2")).isEmpty();
  }

  @Test
  void takesTheEndThatAReaderOfCommittedMessagesSees() throws SQLException {
    topic = kafka.newTopic("functions", 1);
    topic.sendCommitted(0, "a");
    table("t (v text)", topic);
    store(0);
    try (var open = topic.beginTransaction()) {
      open.send(0, "b");

      sql.rows("SELECT kadb.offsets_to_latest('t')");

      assertThat(offsets("t")).containsExactly("0|2");
      open.abort();
    }
  }

  // --- committed offsets

  @Test
  void setsOffsetsToThoseThatTheGroupCommitted() throws SQLException {
    table();
    store(0, 0, 0);
    commitByHand(Map.of(0, 2L, 2, 0L));

    assertThat(load("load_offsets_committed('t')")).containsExactly("0|2", "1|0", "2|0");
    sql.rows("SELECT kadb.offsets_to_committed('t')");

    assertThat(offsets("t")).containsExactly("0|2", "1|0", "2|0");
    assertThat(sql.warnings())
        .singleElement()
        .asString()
        .startsWith("00000 " + topic.name() + "[1]")
        .contains(group, "no offset", "0 is left unchanged");
  }

  @Test
  void leavesOffsetsOfAGroupThatNeverCommitted() throws SQLException {
    table();
    store(1, 1);

    sql.rows("SELECT kadb.offsets_to_committed('t')");

    assertThat(offsets("t")).containsExactly("0|1", "1|1");
    assertThat(sql.warnings()).hasSize(2);
  }

  @Test
  void commitsForKafkasOwnToolToSee() throws Exception {
    table();
    store(2, 1);

    sql.rows("SELECT kadb.commit_offsets('t')");

    assertThat(ConsumerGroupsTool.committed(kafka, group))
        .containsExactly(topic.name() + "|0|2", topic.name() + "|1|1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT kadb.commit_offsets('t')",
        "SELECT kadb.commit_offsets('t'::regclass::oid)",
        "SELECT kadb.commit_offsets(ftoid) FROM kadb.offsets",
        "SELECT * FROM kadb.commit_offsets('t')",
        "SELECT * FROM TABLE(kadb.commit_offsets('public.t'))",
        "CALL kadb.commit_offsets('t')",
        "call kadb.commit_offsets('t'::regclass::oid);"
      })
  void commitsInEveryFormAndGivesAnEmptyValue(String call) throws SQLException {
    table();
    store(2);

    assertThat(sql.rows(call)).containsExactly("");

    assertThat(committed()).containsExactly(Map.entry(0, 2L));
  }

  @Test
  void committedOffsetsComeBack() throws SQLException {
    table();
    store(2, 1);
    sql.rows("SELECT kadb.commit_offsets('t')");
    moveOffsets("t", 0);

    sql.rows("SELECT kadb.offsets_to_committed('t')");

    assertThat(offsets("t")).containsExactly("0|2", "1|1");
    assertThat(sql.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void refusesToCommitForAGroupWithLiveMembers(String protocol) throws SQLException {
    table();
    store(2);
    try (Consumer<byte[], byte[]> member = liveMember(protocol)) {
      String error = refused("55006", () -> sql.rows("SELECT kadb.commit_offsets('t')"));

      assertThat(error).contains(group, "live members", "k_consumer_group");
      assertThat(member.committed(member.assignment()).values()).containsOnlyNulls();
    }
    assertThat(offsets("t")).containsExactly("0|2");
  }

  // --- partitions that Kafka does not have

  @ParameterizedTest
  @ValueSource(
      strings = {
        "load_offsets_earliest('t')",
        "load_offsets_latest('t')",
        "load_offsets_at_timestamp('t', 1)",
        "load_offsets_committed('t')"
      })
  void leavesAStrayPartitionUnchangedAndAnswersForTheOthers(String call) throws Throwable {
    table();
    store(1);
    storeOffset("t", STRAY, 5);
    commitByHand(Map.of(0, 1L));
    String setting = call.replace("load_", "").replace("_at_", "_to_").replace("s_e", "s_to_e");
    setting = setting.replace("s_l", "s_to_l").replace("s_c", "s_to_c");
    String set = "SELECT kadb." + setting;

    Duration taken = time(() -> assertThat(load(call)).hasSize(2).contains(STRAY + "|5"));
    assertThat(sql.warnings()).singleElement().asString().contains("[" + STRAY + "]", "5");
    sql.rows(set);

    assertThat(taken).isLessThan(Duration.ofSeconds(10));
    assertThat(sql.warnings()).singleElement().asString().contains("[" + STRAY + "]", "5");
    assertThat(offsets("t")).hasSize(2).contains(STRAY + "|5");
  }

  @Test
  void commitsTheOthersWhenAPartitionIsStray() throws SQLException {
    table();
    store(2, 1);
    storeOffset("t", STRAY, 5);

    sql.rows("SELECT kadb.commit_offsets('t')");

    assertThat(committed()).isEqualTo(Map.of(0, 2L, 1, 1L));
    assertThat(sql.warnings()).singleElement().asString().contains("[" + STRAY + "]");
  }

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

  // --- transactions

  @Test
  void isPartOfTheTransaction() throws SQLException {
    table();
    sql.connection().setAutoCommit(false);

    sql.rows("SELECT kadb.partitions_obtain('t')");
    sql.rows("SELECT kadb.offsets_to_latest('t')");
    assertThat(offsets(sql, "t")).containsExactly("0|2", "1|1", "2|0");
    assertThat(load("load_offsets_earliest('t')")).containsExactly("0|0", "1|0", "2|0");
    assertThat(offsets("t")).isEmpty();

    sql.connection().rollback();
    assertThat(offsets(sql, "t")).isEmpty();

    sql.rows("SELECT kadb.partitions_obtain('t')");
    sql.connection().commit();
    assertThat(offsets("t")).containsExactly("0|0", "1|0", "2|0");
  }

  @Test
  void isUndoneByRollbackToASavepoint() throws SQLException {
    table();
    store(1);
    sql.update("BEGIN");
    sql.rows("SELECT kadb.offsets_to_latest('t')");
    sql.update("SAVEPOINT s");
    sql.rows("SELECT kadb.partitions_reset('t')");

    sql.update("ROLLBACK TO SAVEPOINT s");

    assertThat(offsets(sql, "t")).containsExactly("0|2");
    sql.update("COMMIT");
    assertThat(offsets("t")).containsExactly("0|2");
  }

  @Test
  void commitsToKafkaWhatTheTransactionSees() throws SQLException {
    table();
    store(0, 0);
    sql.connection().setAutoCommit(false);
    sql.rows("SELECT v FROM t WHERE _partition < 2");

    sql.rows("SELECT kadb.commit_offsets('t')");

    assertThat(committed()).isEqualTo(Map.of(0, 2L, 1, 1L));
    sql.connection().rollback();
    assertThat(offsets("t")).containsExactly("0|0", "1|0");
  }

  @Test
  void failsAtCommitIfAnotherSessionMovedTheOffsets() throws SQLException {
    table();
    store(0);
    sql.connection().setAutoCommit(false);
    sql.rows("SELECT kadb.offsets_to_latest('t')");
    moveOffsets("t", 1);

    refused("40001", () -> sql.connection().commit());

    assertThat(offsets("t")).containsExactly("0|1");
  }

  // --- a statement that reads, calls and writes

  @Test
  void refusesToInsertAPartitionThatTheSameStatementReads() throws SQLException {
    table();

    refused(
        "23505",
        () ->
            sql.update(
                "INSERT INTO kadb.offsets SELECT 't'::regclass::oid, _partition, _offset FROM t"
                    + " WHERE _partition = 1"));

    assertThat(offsets("t")).isEmpty();
  }

  @Test
  void updatesOffsetsOfATableThatTheSameStatementReads() throws SQLException {
    table();
    store(0);

    sql.update(
        "UPDATE kadb.offsets SET off = (SELECT max(_offset) FROM t WHERE _partition = 0)"
            + " WHERE prt = 0 AND ftoid = "
            + ftoid());

    assertThat(offsets("t")).containsExactly("0|1");
  }

  @Test
  void updatesOffsetsFromWhatItLoads() throws SQLException {
    table();
    store(0, 0);

    assertThat(
            sql.update(
                "UPDATE kadb.offsets SET off = (SELECT l.off FROM kadb.load_offsets_latest('t') l"
                    + " WHERE l.prt = 0) WHERE prt = 0 AND ftoid = "
                    + ftoid()))
        .isEqualTo(1);

    assertThat(offsets("t")).containsExactly("0|2", "1|0");
  }

  // --- the life of a user

  @Test
  void goesOnWhereAnotherProgramStopped() throws SQLException {
    table();
    commitByHand(Map.of(0, 1L, 1, 1L, 2, 0L));

    sql.update("INSERT INTO kadb.offsets SELECT * FROM kadb.load_partitions('public.t')");
    sql.rows("SELECT kadb.offsets_to_committed('public.t')");
    assertThat(sql.rows("SELECT v FROM t")).containsExactly("b");
    sql.rows("SELECT kadb.commit_offsets('public.t')");

    assertThat(committed()).isEqualTo(Map.of(0, 2L, 1, 1L, 2, 0L));
    topic.send(2, "d");
    assertThat(sql.rows("SELECT v FROM t")).containsExactly("d");
  }

  @Test
  void readsAgainFromAPointInTime() throws SQLException {
    table();
    sql.rows("SELECT v FROM t");

    assertThat(
            sql.rows(
                "SELECT o.prt, o.off AS now_at, l.off AS would_be"
                    + " FROM kadb.load_offsets_at_timestamp('public.t', 2000) AS l"
                    + " JOIN kadb.offsets AS o ON o.ftoid = l.ftoid AND o.prt = l.prt"
                    + " ORDER BY o.prt"))
        .containsExactly("0|2|1", "1|1|0", "2|0|0");
    assertThat(
            sql.value(
                "SELECT sum(l.off - o.off) AS waiting FROM kadb.load_offsets_latest('t') AS l"
                    + " JOIN kadb.offsets AS o ON o.ftoid = l.ftoid AND o.prt = l.prt"))
        .isEqualTo("0");
    sql.update("BEGIN");
    sql.rows("SELECT kadb.offsets_to_timestamp('public.t', 2000)");
    assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("2");
    sql.update("COMMIT");

    assertThat(offsets("t")).containsExactly("0|2", "1|1", "2|0");
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
