package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of PostgreSQL next to topics: read, joined, and loaded together with the offsets. */
class WarehouseIT extends TableFixture {
  private TestTopic topic;

  @Override
  StoreForm store() {
    return StoreForm.POSTGRES;
  }

  @BeforeEach
  void createTables() throws SQLException {
    postgres.execute(
        "DROP SCHEMA IF EXISTS other CASCADE",
        "DROP TABLE IF EXISTS names, target",
        "CREATE TABLE names (id int PRIMARY KEY, name text)",
        "INSERT INTO names VALUES (1, 'one'), (2, 'two'), (9, 'nine')",
        "CREATE TABLE target (id int CHECK (id < 100), name text, amount numeric,"
            + " note text DEFAULT 'none')");
    topic = kafka.newTopic("warehouse", 2);
    topic.send(0, "1,a,1.50", "2,b,2.25");
    topic.send(1, "3,c,");
    table("t (id int, name text, amount numeric)", topic);
  }

  private List<String> target() throws SQLException {
    return sql.rows("SELECT * FROM pg.public.target ORDER BY id, name");
  }

  private void assertNothingHappened() throws SQLException {
    awaitIdle();
    assertThat(offsets("t")).isEmpty();
    assertThat(postgres.queryLong("SELECT count(*) FROM target")).isZero();
  }

  @Test
  void tablesOfAllSchemasCanBeRead() throws SQLException {
    postgres.execute(
        "CREATE SCHEMA other",
        "CREATE TABLE other.\"Mixed\" (\"Id\" bigint, d date, b boolean, n numeric(20, 5))",
        "INSERT INTO other.\"Mixed\" VALUES (5, '2024-02-29', true, 1.5)",
        "CREATE VIEW other.v AS SELECT \"Id\" + 1 AS x FROM other.\"Mixed\"");

    assertThat(sql.rows("SELECT id, name FROM pg.public.names WHERE id < 5 ORDER BY id"))
        .containsExactly("1|one", "2|two");
    assertThat(sql.rows("SELECT \"Id\", d, b, n FROM pg.other.\"Mixed\""))
        .containsExactly("5|2024-02-29|true|1.50000");
    assertThat(sql.value("SELECT x FROM pg.other.v")).isEqualTo("6");
    refused("42P01", () -> sql.rows("SELECT * FROM pg.public.nowhere"));
    refused("42P01", () -> sql.rows("SELECT * FROM pg.nowhere.names"));
    refused("42703", () -> sql.rows("SELECT nothing FROM pg.public.names"));
  }

  @Test
  void aTopicJoinsATable() throws SQLException {
    assertThat(
            sql.rows(
                "SELECT t.id, n.name, t.name FROM t JOIN pg.public.names n ON t.id = n.id"
                    + " ORDER BY t.id"))
        .containsExactly("1|one|a", "2|two|b");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");

    moveOffsets("t", 0);
    assertThat(
            sql.rows(
                "SELECT n.id, t.name FROM pg.public.names n LEFT JOIN t ON t.id = n.id"
                    + " ORDER BY n.id"))
        .containsExactly("1|a", "2|b", "9|null");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");

    moveOffsets("t", 0);
    assertThat(
            sql.rows(
                "SELECT n.name, count(*), sum(t.amount) FROM t LEFT JOIN pg.public.names n"
                    + " ON t.id = n.id GROUP BY n.name ORDER BY 1 NULLS LAST"))
        .containsExactly("one|1|1.50", "two|1|2.25", "null|1|null");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT t.id FROM t JOIN pg.public.target x ON t.id = x.id",
        "SELECT t.id FROM pg.public.target x JOIN t ON t.id = x.id",
        "SELECT t.id FROM pg.public.target x JOIN t ON t.id < x.id",
        "SELECT id FROM t WHERE id IN (SELECT id FROM pg.public.target)",
      })
  void aJoinWithAnEmptyTableConsumesTheBatch(String query) throws SQLException {
    assertThat(sql.rows(query)).isEmpty();

    assertThat(offsets("t")).containsExactly("0|2", "1|1");
  }

  @Test
  void insertLoadsABatchAndMovesItsOffsets() throws SQLException {
    assertThat(sql.update("INSERT INTO pg.public.target (id, name, amount) SELECT * FROM t"))
        .isEqualTo(3);

    assertThat(target()).containsExactly("1|a|1.50|none", "2|b|2.25|none", "3|c|null|none");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");
    assertThat(sql.update("INSERT INTO pg.public.target (id, name, amount) SELECT * FROM t"))
        .isZero();
    topic.send(1, "4,d,4");
    assertThat(sql.update("INSERT INTO pg.public.target (id, name, amount) SELECT * FROM t"))
        .isEqualTo(1);
    assertThat(target()).hasSize(4);
  }

  @Test
  void columnsCanBeGivenInAnyOrder() throws SQLException {
    sql.update("INSERT INTO pg.public.target (note, id) SELECT name, id + 10 FROM t WHERE id < 3");

    assertThat(target()).containsExactly("11|null|null|a", "12|null|null|b");
  }

  @Test
  void columnsThatAreLeftOutAtTheEndGetTheirDefaults() throws SQLException {
    sql.update("INSERT INTO pg.public.target SELECT id FROM t WHERE _partition = 1");

    assertThat(target()).containsExactly("3|null|null|none");
    assertThat(offsets("t")).containsExactly("1|1");
  }

  @Test
  void aLimitLoadsAndMovesThatFar() throws SQLException {
    assertThat(
            sql.update(
                "INSERT INTO pg.public.target (id) SELECT id FROM t WHERE _partition = 0 LIMIT 1"))
        .isEqualTo(1);

    assertThat(target()).containsExactly("1|null|null|none");
    assertThat(offsets("t")).containsExactly("0|1");
  }

  @Test
  void cancelEndsALoadThatWaitsForMessages() throws Exception {
    alter("t", "ADD k_stop_at_end 'false', ADD k_timeout_ms '60000'");
    try (Statement statement = sql.connection().createStatement()) {
      Future<Integer> load =
          inBackground(
              () -> statement.executeUpdate("INSERT INTO pg.public.target (id) SELECT id FROM t"));
      await(() -> KafkaClients.shared().borrowed() > 0, "no segment reads");
      statement.cancel();

      assertThat(load)
          .failsWithin(Duration.ofSeconds(1))
          .withThrowableOfType(ExecutionException.class)
          .havingCause()
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
    assertNothingHappened();
    alter("t", "SET k_stop_at_end 'true'");
    assertThat(sql.update("INSERT INTO pg.public.target (id) SELECT id FROM t")).isEqualTo(3);
  }

  @Test
  void hiddenColumnsCanBeStored() throws SQLException {
    postgres.execute("DROP TABLE target", "CREATE TABLE target (p int, o bigint, at timestamp)");
    topic.sendAt(1, 1_709_210_096_789L, "4,d,4");

    sql.update("INSERT INTO pg.public.target SELECT _partition, _offset, _timestamp FROM t");

    assertThat(
            postgres.queryText("SELECT string_agg(p || '@' || o, ' ' ORDER BY p, o) FROM target"))
        .isEqualTo("0@0 0@1 1@0 1@1");
    assertThat(postgres.queryText("SELECT at FROM target WHERE p = 1 AND o = 1"))
        .isEqualTo("2024-02-29 12:34:56.789");
  }

  @Test
  void constantsCanBeInserted() throws SQLException {
    assertThat(sql.update("INSERT INTO pg.public.target (id, name) VALUES (1, 'x'), (2, NULL)"))
        .isEqualTo(2);
    assertThat(sql.update("INSERT INTO pg.public.target (id, name) VALUES (?, ?)", 3, "ü"))
        .isEqualTo(1);

    assertThat(target()).containsExactly("1|x|null|none", "2|null|null|none", "3|ü|null|none");
  }

  @Test
  void twoTopicsCanBeLoadedAtOnce() throws SQLException {
    TestTopic second = kafka.newTopic("warehouse", 1);
    second.send(0, "7,g", "8,h");
    table("u (id int, name text)", second);

    assertThat(
            sql.update(
                "INSERT INTO pg.public.target (id, name)"
                    + " SELECT id, name FROM t UNION ALL SELECT id, name FROM u"))
        .isEqualTo(5);

    assertThat(postgres.queryText("SELECT string_agg(id::text, ' ' ORDER BY id) FROM target"))
        .isEqualTo("1 2 3 7 8");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");
    assertThat(offsets("u")).containsExactly("0|2");
  }

  @Test
  void tablesCanBeReadWhileOneIsLoaded() throws SQLException {
    assertThat(
            sql.update(
                "INSERT INTO pg.public.target (id, name) SELECT t.id, n.name FROM t"
                    + " JOIN pg.public.names n ON t.id = n.id"))
        .isEqualTo(2);
    assertThat(sql.update("INSERT INTO pg.public.target (id) SELECT id + 50 FROM pg.public.target"))
        .isEqualTo(2);

    assertThat(target())
        .containsExactly(
            "1|one|null|none", "2|two|null|none", "51|null|null|none", "52|null|null|none");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");
  }

  @Test
  void rollbackUndoesRowsAndOffsets() throws SQLException {
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO pg.public.target (id) SELECT id FROM t");
    assertThat(sql.value("SELECT count(*) FROM pg.public.target")).isEqualTo("3");
    assertThat(offsets(sql, "t")).containsExactly("0|2", "1|1");
    assertNothingHappened();

    sql.connection().rollback();
    assertNothingHappened();
    assertThat(offsets(sql, "t")).isEmpty();

    sql.update("INSERT INTO pg.public.target (id) SELECT id FROM t");
    sql.connection().commit();
    assertThat(postgres.queryLong("SELECT count(*) FROM target")).isEqualTo(3);
    assertThat(offsets("t")).containsExactly("0|2", "1|1");
  }

  @Test
  void rollbackToASavepointUndoesRowsAndOffsets() throws SQLException {
    alter("t", "ADD k_seg_batch '1', ADD k_segments '1'");
    sql.connection().setAutoCommit(false);
    sql.rows("SELECT id FROM t WHERE _partition = 0");
    var savepoint = sql.connection().setSavepoint();
    sql.update("INSERT INTO pg.public.target (id) SELECT id FROM t WHERE _partition = 0");
    assertThat(offsets(sql, "t")).containsExactly("0|2");

    sql.connection().rollback(savepoint);
    assertThat(offsets(sql, "t")).containsExactly("0|1");
    sql.connection().commit();

    assertThat(offsets("t")).containsExactly("0|1");
    assertThat(postgres.queryLong("SELECT count(*) FROM target")).isZero();
  }

  @Test
  void aStatementThatFailsLeavesTheRestOfTheTransaction() throws SQLException {
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO pg.public.target (id) SELECT id FROM t WHERE _partition = 0");
    refused("23514", () -> sql.update("INSERT INTO pg.public.target (id) SELECT id + 100 FROM t"));
    refused(
        "22012", () -> sql.update("INSERT INTO pg.public.target (id) SELECT 1 / (id - 3) FROM t"));
    refused("42703", () -> sql.rows("SELECT nothing FROM pg.public.target"));
    assertThat(sql.value("SELECT count(*) FROM pg.public.target")).isEqualTo("2");
    sql.connection().commit();

    assertThat(postgres.queryLong("SELECT count(*) FROM target")).isEqualTo(2);
    assertThat(offsets("t")).containsExactly("0|2");
  }

  @Test
  void aSessionThatWritesMakesOthersWaitNoLongerThanTheLatency() throws Throwable {
    alter("t", "ADD k_latency_ms '1000'");
    SqlClient other = connect();
    sql.rows("SELECT id FROM t LIMIT 0");
    storeOffset("t", 0, 0);
    storeOffset("t", 1, 0);
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO pg.public.target (id) SELECT id FROM t");

    assertThat(time(() -> refused("40001", () -> other.rows("SELECT id FROM t"))))
        .isLessThan(Duration.ofSeconds(4));
    sql.connection().commit();

    assertThat(offsets("t")).containsExactly("0|2", "1|1");
    assertThat(postgres.queryLong("SELECT count(*) FROM target")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "INSERT INTO pg.public.target (id) SELECT id + 98 FROM t; 23514",
        "INSERT INTO pg.public.target (id) SELECT name FROM t; 22P02",
        "INSERT INTO pg.public.names SELECT 1, name FROM t; 23505",
        "INSERT INTO pg.public.names (name) SELECT name FROM t; 23502",
        "INSERT INTO pg.public.target (id) SELECT id * 3000000000 FROM t; 22003",
        "INSERT INTO pg.public.target (id) SELECT 1 / (id - 3) FROM t; 22012",
        "INSERT INTO pg.public.nowhere SELECT id FROM t; 42P01",
        "INSERT INTO pg.nowhere.target SELECT id FROM t; 42P01",
        "INSERT INTO pg.target SELECT id FROM t; 42P01",
        "INSERT INTO pg.public.target (id, nothing) SELECT id, name FROM t; 42703",
        "INSERT INTO pg.public.target (id, id) SELECT id, id FROM t; 42701",
        "INSERT INTO pg.public.target (id) SELECT id, name FROM t; 42601",
        "INSERT INTO pg.public.target (id, name) SELECT id FROM t; 42601",
        "INSERT INTO pg.public.target SELECT id, name, amount, name, id FROM t; 42601",
        "INSERT INTO pg.public.target SELECT nothing FROM t; 42703",
        "INSERT INTO pg.public.target (id) SELECT id FROM nowhere; 42P01",
        "UPDATE pg.public.target SET id = 1; 0A000",
        "DELETE FROM pg.public.target; 0A000",
      })
  void whatIsRefusedWritesNothing(String statement, String state) throws SQLException {
    refused(state, () -> sql.update(statement));

    assertNothingHappened();
    assertThat(sql.update("INSERT INTO pg.public.target (id) SELECT id FROM t")).isEqualTo(3);
  }

  @Test
  void aMalformedFieldWritesNothing() throws SQLException {
    topic.send(1, "x,y,1");

    assertThat(refused("22P02", () -> sql.update("INSERT INTO pg.public.target SELECT * FROM t")))
        .contains(topic.name() + "[1]@1", "column id");

    assertNothingHappened();
  }

  @Test
  void aReadOnlyConnectionLoadsNothing() throws SQLException {
    sql.connection().setReadOnly(true);

    refused("25006", () -> sql.update("INSERT INTO pg.public.target (id) SELECT id FROM t"));

    assertNothingHappened();
  }

  @Test
  void loadsManyRows() throws SQLException {
    int rows = 100_000;
    TestTopic large = kafka.newTopic("warehouse", 2);
    for (int from = 0; from < rows; from += 1000) {
      StringBuilder message = new StringBuilder();
      for (int i = from; i < from + 1000; i++) {
        message.append(i).append(",\"name\t").append(i).append("\\\"\n");
      }
      large.send(from / 1000 % 2, message.toString());
    }
    postgres.execute("DROP TABLE target", "CREATE TABLE target (id int, name text)");
    table("large (id int, name text)", large, "k_segments '2'");

    assertThat(sql.update("INSERT INTO pg.public.target SELECT * FROM large")).isEqualTo(rows);

    assertThat(
            postgres.queryText(
                "SELECT count(DISTINCT id) || ' ' || min(id) || ' ' || max(id) || ' ' ||"
                    + " count(*) FILTER (WHERE name = E'name\\t' || id || E'\\\\') FROM target"))
        .isEqualTo(rows + " 0 " + (rows - 1) + " " + rows);
    assertThat(offsets("large")).containsExactly("0|50", "1|50");
  }
}
