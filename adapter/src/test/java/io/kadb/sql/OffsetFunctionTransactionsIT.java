package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of schema {@code kadb} in transactions, with DML, and in daily use. */
class OffsetFunctionTransactionsIT extends OffsetFunctionsFixture {
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

  // --- consumer groups and transactions

  @Test
  void commitsToTheGroupWhatTheTransactionSawOnceItIsCommitted() throws SQLException {
    table();
    store(0, 0);
    sql.connection().setAutoCommit(false);
    sql.rows("SELECT v FROM t WHERE _partition < 2");

    assertThat(sql.rows("SELECT kadb.commit_offsets('t')")).containsExactly("");
    sql.update("UPDATE kadb.offsets SET off = 1 WHERE prt = 0 AND ftoid = " + ftoid());
    assertThat(committed()).isEmpty();

    sql.connection().commit();
    assertThat(committed()).isEqualTo(Map.of(0, 2L, 1, 1L));
    assertThat(offsets("t")).containsExactly("0|1", "1|1");
    moveOffsets("t", 0);
    sql.connection().commit();
    assertThat(committed()).as("told once").isEqualTo(Map.of(0, 2L, 1, 1L));
  }

  @Test
  void theLastOfSeveralCommitsOfATransactionCounts() throws SQLException {
    table();
    table("u (v text)", topic, "k_consumer_group '" + group + "'");
    store(2, 1);
    storeOffset("u", 0, 1);
    sql.update("BEGIN");
    for (String table : List.of("t", "u", "t", "u")) {
      sql.rows("SELECT kadb.commit_offsets('" + table + "')");
    }

    sql.update("COMMIT");

    assertThat(committed()).isEqualTo(Map.of(0, 1L, 1, 1L));
  }

  @Test
  void commitsNothingToTheGroupAfterARollback() throws SQLException {
    table();
    store(2, 1);
    sql.connection().setAutoCommit(false);
    sql.rows("SELECT kadb.commit_offsets('t')");

    sql.connection().rollback();
    sql.connection().commit();

    assertThat(committed()).isEmpty();
  }

  @Test
  void commitsToTheGroupWhatWasAskedForBeforeTheSavepointOnly() throws SQLException {
    table();
    store(1, 0);
    sql.update("BEGIN");
    sql.rows("SELECT kadb.commit_offsets('t')");
    sql.update("SAVEPOINT s");
    sql.rows("SELECT kadb.offsets_to_latest('t')");
    sql.rows("SELECT kadb.commit_offsets('t')");

    sql.update("ROLLBACK TO SAVEPOINT s");
    sql.update("COMMIT");

    assertThat(committed()).isEqualTo(Map.of(0, 1L, 1, 0L));
  }

  @Test
  void commitsNothingToTheGroupIfTheStoreDoesNotCommit() throws SQLException {
    table();
    store(0);
    sql.connection().setAutoCommit(false);
    sql.rows("SELECT kadb.offsets_to_latest('t')");
    sql.rows("SELECT kadb.commit_offsets('t')");
    moveOffsets("t", 1);

    refused("40001", () -> sql.connection().commit());

    assertThat(committed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void commitsNothingToTheGroupInAStatementThatFails(boolean autoCommit) throws SQLException {
    table();
    store(2);
    sql.connection().setAutoCommit(autoCommit);

    refused(
        "42P01", () -> sql.rows("SELECT kadb.commit_offsets('t'), kadb.partitions_clean('nope')"));
    if (!autoCommit) {
      sql.connection().commit();
    }

    assertThat(committed()).isEmpty();
  }

  @Test
  void saysThatTheStoreHasTheOffsetsIfTheGroupDoesNotTakeThem() throws SQLException {
    table();
    store(0);
    sql.connection().setAutoCommit(false);
    sql.update("UPDATE kadb.offsets SET off = 1 WHERE ftoid = " + ftoid());
    sql.rows("SELECT kadb.commit_offsets('t')");
    try (Consumer<byte[], byte[]> member = liveMember("classic")) {
      String error = refused("55006", () -> sql.connection().commit());

      assertThat(error)
          .contains("public.t are committed in kadb.offsets, but not to consumer group " + group)
          .contains("live members", "SELECT kadb.commit_offsets('public.t')");
      assertThat(member.committed(member.assignment()).values()).containsOnlyNulls();
    }

    assertThat(offsets("t")).containsExactly("0|1");
    sql.connection().rollback();
    sql.rows("SELECT kadb.commit_offsets('public.t')");
    sql.connection().commit();
    assertThat(committed()).containsEntry(0, 1L);
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
}
