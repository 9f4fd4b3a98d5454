package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestClients;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each function of schema {@code kadb} loads or sets. */
class OffsetFunctionsIT extends OffsetFunctionsFixture {
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

  @Test
  void refusesToCommitForAGroupWithLiveMembersAtOnceInATransaction() throws SQLException {
    table();
    store(2);
    sql.connection().setAutoCommit(false);
    try (Consumer<byte[], byte[]> member = liveMember("classic")) {
      refused("55006", () -> sql.rows("SELECT kadb.commit_offsets('t')"));

      sql.connection().commit();
      assertThat(member.committed(member.assignment()).values()).containsOnlyNulls();
    }
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
}
