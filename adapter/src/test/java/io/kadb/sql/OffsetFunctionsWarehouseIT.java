package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestClients;
import io.kadb.testing.TestTopic;
import io.kadb.testing.UniqueNames;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The functions of schema {@code kadb} in statements that use tables of the warehouse. */
class OffsetFunctionsWarehouseIT extends TableFixture {
  private String target;

  @Override
  StoreForm store() {
    return StoreForm.POSTGRES;
  }

  @BeforeEach
  void define() throws SQLException {
    TestTopic topic = kafka.newTopic("functions", 1);
    topic.send(0, "a", "b");
    table("t (v text)", topic);
    target = UniqueNames.next("target", '_');
    postgres.execute("CREATE TABLE " + target + " (v text, note text)");
  }

  private String inTarget() throws SQLException {
    return sql.value("SELECT count(*) FROM pg.public." + target);
  }

  @Test
  void areCalledOnTheConnectionThatCopiesRows() throws SQLException {
    storeOffset("t", 0, 1);

    sql.update(
        "INSERT INTO pg.public."
            + target
            + " SELECT v, kadb.partitions_obtain('t') FROM t WHERE kadb.commit_offsets('t') = ''");

    assertThat(inTarget()).isEqualTo("1");
    assertThat(offsets("t")).containsExactly("0|2");
  }

  @Test
  void areCommittedTogetherWithRows() throws SQLException {
    sql.connection().setAutoCommit(false);
    sql.rows("SELECT kadb.partitions_obtain('t')");
    sql.update("INSERT INTO pg.public." + target + " SELECT v, '' FROM t");
    sql.rows("SELECT kadb.offsets_to_earliest('t')");
    assertThat(offsets(sql, "t")).containsExactly("0|0");
    assertThat(offsets("t")).isEmpty();

    sql.connection().commit();

    assertThat(offsets("t")).containsExactly("0|0");
    assertThat(inTarget()).isEqualTo("2");
    sql.connection().rollback();
  }

  @Test
  void areRolledBackTogetherWithRows() throws SQLException {
    storeOffset("t", 0, 0);
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO pg.public." + target + " SELECT v, '' FROM t");
    sql.rows("SELECT kadb.partitions_reset('t')");

    sql.connection().rollback();

    assertThat(offsets("t")).containsExactly("0|0");
    assertThat(inTarget()).isEqualTo("0");
    sql.connection().rollback();
  }

  @Test
  void tellTheGroupOnceTheRowsAreCommitted() throws SQLException {
    String group = UniqueNames.next("functions", '-');
    alter("t", "ADD k_consumer_group '" + group + "'");
    String load = "INSERT INTO pg.public." + target + " SELECT v, kadb.commit_offsets('t') FROM t";
    storeOffset("t", 0, 1);

    sql.update(load);
    assertThat(committed(group)).containsExactly(1L);

    moveOffsets("t", 0);
    sql.connection().setAutoCommit(false);
    sql.update(load);
    assertThat(committed(group)).containsExactly(1L);
    sql.rows("SELECT kadb.commit_offsets('t')");
    sql.connection().commit();
    assertThat(committed(group)).containsExactly(2L);
  }

  @Test
  void tellTheGroupNothingOfALoadThatFails() throws SQLException {
    String group = UniqueNames.next("functions", '-');
    alter("t", "ADD k_consumer_group '" + group + "'");
    storeOffset("t", 0, 1);
    postgres.execute("ALTER TABLE " + target + " ADD CHECK (v <> 'b')");
    String load = "INSERT INTO pg.public." + target + " SELECT v, kadb.commit_offsets('t') FROM t";

    refused("23514", () -> sql.update(load));
    sql.connection().setAutoCommit(false);
    refused("23514", () -> sql.update(load));
    sql.connection().commit();

    assertThat(committed(group)).isEmpty();
  }

  @Test
  void tellTheGroupNothingOfALoadWhoseCommitFails() throws SQLException {
    String group = UniqueNames.next("functions", '-');
    alter("t", "ADD k_consumer_group '" + group + "'");
    storeOffset("t", 0, 1);
    String parent = UniqueNames.next("parent", '_');
    postgres.execute(
        "CREATE TABLE " + parent + " (v text PRIMARY KEY)",
        "ALTER TABLE "
            + target
            + " ADD FOREIGN KEY (v) REFERENCES "
            + parent
            + " DEFERRABLE INITIALLY DEFERRED");

    refused(
        "23503",
        () ->
            sql.update(
                "INSERT INTO pg.public." + target + " SELECT v, kadb.commit_offsets('t') FROM t"));
    sql.rows("SELECT 1");
    sql.rows("SELECT count(*) FROM pg.public." + target);

    assertThat(committed(group)).isEmpty();
    assertThat(offsets("t")).containsExactly("0|1");
  }

  private List<Long> committed(String group) {
    return TestClients.await(
            kafka.clients().admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .values()
        .stream()
        .map(OffsetAndMetadata::offset)
        .toList();
  }

  @Test
  void takeTheirArgumentsFromTheWarehouse() throws SQLException {
    storeOffset("t", 0, 0);
    postgres.execute("INSERT INTO " + target + " VALUES ('t', ''), ('t', NULL), (NULL, 'x')");

    assertThat(
            sql.rows(
                "SELECT kadb.offsets_to_latest(v) FROM pg.public." + target + " ORDER BY note"))
        .containsExactly("", "null", "");

    assertThat(offsets("t")).containsExactly("0|2");
  }
}
