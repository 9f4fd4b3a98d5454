package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kadb.loads says of loads into the warehouse. */
class LoadsViewIT extends TableFixture {
  @TempDir private Path folder;

  @Override
  StoreForm store() {
    return StoreForm.POSTGRES;
  }

  @BeforeEach
  void forgetEarlierLoads() throws SQLException {
    postgres.execute("DELETE FROM kadb.loads");
  }

  private TestTopic topicWith(int partitions) {
    return kafka.newTopic("loads", partitions);
  }

  private long ftoid(String table) throws SQLException {
    return Long.parseLong(sql.value("SELECT '" + table + "'::regclass::oid"));
  }

  @Test
  void writesDownWhatALoadTookFromEachPartition() throws SQLException {
    TestTopic topic = topicWith(3);
    topic.send(0, "a", "bb\ncc", "ddd");
    topic.send(2, "e");
    table("t (v text)", topic);
    postgres.execute("DROP TABLE IF EXISTS target", "CREATE TABLE target (v text)");

    assertThat(sql.update("INSERT INTO pg.public.target SELECT v FROM t")).isEqualTo(5);

    String loads =
        "SELECT ftoid, table_schema, table_name, target, prt, begin_off, end_off, row_count,"
            + " reject_count, byte_count, outcome FROM kadb.loads ORDER BY load_id, prt";
    String table = ftoid("t") + "|public|t|pg.public.target|";
    assertThat(sql.rows(loads))
        .containsExactly(
            table + "0|0|3|4|0|9|success",
            table + "1|0|0|0|0|0|success",
            table + "2|0|1|1|0|1|success");
    assertThat(
            sql.value(
                "SELECT count(*) FROM kadb.loads WHERE started_at <= finished_at AND finished_at"
                    + " BETWEEN CURRENT_TIMESTAMP - INTERVAL '1' MINUTE AND CURRENT_TIMESTAMP"))
        .isEqualTo("3");

    topic.send(1, "f");
    sql.update("INSERT INTO pg.public.target SELECT v FROM t");
    assertThat(sql.rows(loads + " OFFSET 3 ROWS"))
        .containsExactly(
            table + "0|3|3|0|0|0|success",
            table + "1|0|1|1|0|1|success",
            table + "2|1|1|0|0|0|success");
    assertThat(sql.value("SELECT count(DISTINCT load_id) FROM kadb.loads")).isEqualTo("2");

    sql.update("INSERT INTO pg.public.target SELECT v FROM t");
    assertThat(sql.value("SELECT count(*) FROM kadb.loads")).as("nothing was taken").isEqualTo("6");
  }

  @Test
  void countsWhatWasTakenOnceAndOnlyAsFarAsItWasTaken() throws SQLException {
    TestTopic topic = topicWith(1);
    topic.send(0, "1\n1", "22\n22", "333", "4444");
    table("t (v int)", topic);
    postgres.execute("DROP TABLE IF EXISTS target", "CREATE TABLE target (v int)");
    String last =
        "SELECT begin_off, end_off, row_count, byte_count FROM kadb.loads ORDER BY load_id DESC"
            + " LIMIT 1";

    sql.update("INSERT INTO pg.public.target SELECT v FROM t LIMIT 3");
    assertThat(sql.value(last)).isEqualTo("0|2|3|8");

    sql.update("INSERT INTO pg.public.target SELECT a.v FROM t a JOIN t b ON a.v < b.v");
    assertThat(sql.value(last)).isEqualTo("2|4|2|7");
  }

  @Test
  void forgetsALoadThatIsRolledBack() throws SQLException {
    TestTopic topic = topicWith(1);
    topic.send(0, "a");
    table("t (v text)", topic);
    postgres.execute("DROP TABLE IF EXISTS target", "CREATE TABLE target (v text)");
    sql.connection().setAutoCommit(false);

    sql.update("INSERT INTO pg.public.target SELECT v FROM t");

    assertThat(sql.value("SELECT count(*) FROM kadb.loads")).isEqualTo("1");
    assertThat(connect().value("SELECT count(*) FROM kadb.loads")).isEqualTo("0");
    sql.connection().rollback();
    assertThat(sql.value("SELECT count(*) FROM kadb.loads")).isEqualTo("0");
  }

  @Test
  void loadsViewsIntoTheWarehouse() throws SQLException {
    TestTopic topic = topicWith(2);
    topic.send(1, "a");
    table("t (v text)", topic);
    postgres.execute(
        "DROP TABLE IF EXISTS target", "CREATE TABLE target (prt int, next timestamp)");

    assertThat(
            sql.update(
                "INSERT INTO pg.public.target SELECT prt, next_timestamp FROM kadb.lag"
                    + " WHERE ftoid = 't'::regclass::oid"))
        .isEqualTo(2);

    assertThat(postgres.queryText("SELECT count(next) FROM target WHERE prt = 1")).isEqualTo("1");
    assertThat(sql.value("SELECT count(*) FROM kadb.loads WHERE ftoid = 't'::regclass::oid"))
        .isEqualTo("0");
  }

  @Test
  void isEmptyWhereThereIsNoWarehouse() throws SQLException {
    SqlClient embedded = connect("store=jdbc:sqlite:" + folder.resolve("kadb.db"));

    assertThat(embedded.rows("SELECT * FROM kadb.loads")).isEmpty();
  }
}
