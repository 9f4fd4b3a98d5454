package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.SqlClient;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Loads into PostgreSQL that are refused, given up or rolled back: neither rows nor offsets stay.
 */
class RefusedLoadsIT extends WarehouseFixture {
  private void assertNothingHappened() throws SQLException {
    awaitIdle();
    assertThat(offsets("t")).isEmpty();
    assertThat(postgres.queryLong("SELECT count(*) FROM target")).isZero();
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
}
