package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.jdbc.WarehouseLoads;
import io.kadb.load.LoadWatch;
import io.kadb.load.LoadedBatch;
import io.kadb.message.OffsetRange;
import io.kadb.testing.SqlClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads whose rows, offsets, history and own statements of the warehouse are one transaction. */
class WarehouseLoadsIT extends WarehouseFixture {
  private static final String INSERT = "INSERT INTO pg.public.target (id) SELECT id FROM t";
  private static final String STAGING =
      "CREATE TEMP TABLE kadb_batch (id int, name text, kadb_partition int, kadb_offset bigint,"
          + " kadb_row int, kadb_tombstone bool) ON COMMIT DELETE ROWS";
  private static final String STAGE =
      "INSERT INTO pg.pg_temp.kadb_batch SELECT id, name, _partition, _offset, _row, _tombstone"
          + " FROM t";

  private WarehouseLoads loads;

  @BeforeEach
  void begin() throws SQLException {
    postgres.execute("DELETE FROM kadb.loads");
    sql.connection().setAutoCommit(false);
    loads = sql.connection().unwrap(WarehouseLoads.class);
  }

  private static WarehouseLoads.Work<Integer> update(String statement) {
    return warehouse -> {
      try (Statement plain = warehouse.createStatement()) {
        return plain.executeUpdate(statement);
      }
    };
  }

  private long loaded() throws SQLException {
    return postgres.queryLong("SELECT count(*) FROM target");
  }

  @Test
  void tellsWhatABatchTook() throws SQLException {
    List<String> progress = new ArrayList<>();
    LoadedBatch batch =
        loads.insert(
            INSERT, "pg.public.elsewhere", (rows, bytes) -> progress.add(rows + " " + bytes));

    assertThat(batch.rowsWritten()).isEqualTo(3);
    assertThat(batch.partitions())
        .containsExactly(
            new LoadedBatch.Taken(0, new OffsetRange(0, 2), 2, 0, 16),
            new LoadedBatch.Taken(1, new OffsetRange(0, 1), 1, 0, 4));
    assertThat(progress).last().isEqualTo("3 6");
    assertThat(loaded()).isZero();
    sql.connection().commit();

    assertThat(loaded()).isEqualTo(3);
    assertThat(offsets("t")).containsExactly("0|2", "1|1");
    assertThat(
            postgres.queryText(
                "SELECT string_agg(load_id || ' ' || target, ', ' ORDER BY prt) FROM kadb.loads"))
        .isEqualTo("%1$s pg.public.elsewhere, %1$s pg.public.elsewhere".formatted(batch.loadId()));
  }

  @Test
  void aBatchWithoutMessagesLeavesNoTrace() throws SQLException {
    loads.insert(INSERT, "pg.public.target", LoadWatch.NOBODY);
    LoadedBatch second = loads.insert(INSERT, "pg.public.target", LoadWatch.NOBODY);
    sql.connection().commit();

    assertThat(second.isEmpty()).isTrue();
    assertThat(second.loadId()).isZero();
    assertThat(second.partitions()).hasSize(2);
    assertThat(postgres.queryLong("SELECT count(DISTINCT load_id) FROM kadb.loads")).isEqualTo(1);
  }

  @Test
  void rowsGoThroughATemporaryTableIntoTheTarget() throws SQLException {
    loads.inWarehouse(update(STAGING));
    for (int round = 0; round < 2; round++) {
      LoadedBatch batch = loads.insert(STAGE, "pg.public.target", LoadWatch.NOBODY);
      assertThat(batch.rowsWritten()).isEqualTo(3);
      int inserted =
          loads.inWarehouse(
              update(
                  "INSERT INTO target (id, name, note) SELECT id, upper(name), kadb_partition || '@'"
                      + " || kadb_offset || '.' || kadb_row FROM kadb_batch WHERE NOT"
                      + " kadb_tombstone"));
      assertThat(inserted).isEqualTo(3);
      sql.connection().commit();
      topic.send(0, "4,d,", "5,e,");
      topic.send(1, "6,f,");
    }

    assertThat(postgres.queryText("SELECT string_agg(name || note, ' ' ORDER BY id) FROM target"))
        .isEqualTo("A0@0.0 B0@1.0 C1@0.0 D0@2.0 E0@3.0 F1@1.0");
    assertThat(offsets("t")).containsExactly("0|4", "1|2");
  }

  @Test
  void rollbackUndoesEverything() throws SQLException {
    loads.insert(INSERT, "pg.public.target", LoadWatch.NOBODY);
    loads.inWarehouse(update("UPDATE names SET name = 'changed'"));
    sql.connection().rollback();

    assertThat(loaded()).isZero();
    assertThat(offsets("t")).isEmpty();
    assertThat(postgres.queryLong("SELECT count(*) FROM kadb.loads")).isZero();
    assertThat(postgres.queryLong("SELECT count(*) FROM names WHERE name = 'changed'")).isZero();
  }

  @Test
  void whatFailsIsUndoneAndTheTransactionGoesOn() throws SQLException {
    loads.insert(
        "INSERT INTO pg.public.target (id) SELECT id FROM t WHERE _partition = 0",
        "pg.public.target",
        LoadWatch.NOBODY);
    String error =
        refused(
            "23505",
            () ->
                loads.inWarehouse(
                    warehouse -> {
                      update("DELETE FROM target").on(warehouse);
                      return update("INSERT INTO names VALUES (1, 'again')").on(warehouse);
                    }));
    assertThat(error).contains("names_pkey");
    String place =
        refused(
            "22P02",
            () ->
                loads.insert(
                    "INSERT INTO pg.public.target (id) SELECT name FROM t",
                    "pg.public.target",
                    LoadWatch.NOBODY));
    assertThat(place).startsWith(topic.name() + "[1]@0: ");
    assertThat(loads.inWarehouse(update("UPDATE target SET note = 'kept'"))).isEqualTo(2);
    sql.connection().commit();

    assertThat(postgres.queryLong("SELECT count(*) FROM target WHERE note = 'kept'")).isEqualTo(2);
    assertThat(offsets("t")).containsExactly("0|2");
  }

  @Test
  void workMayGiveNothing() throws SQLException {
    assertThat(
            loads.<Object>inWarehouse(
                warehouse -> {
                  try (Statement statement = warehouse.createStatement();
                      ResultSet result = statement.executeQuery("SELECT max(id) FROM target")) {
                    result.next();
                    return result.getObject(1);
                  }
                }))
        .isNull();
  }

  @Test
  void needsATransaction() throws SQLException {
    sql.connection().setAutoCommit(true);
    for (String error :
        List.of(
            refused("25P01", () -> loads.insert(INSERT, "x", LoadWatch.NOBODY)),
            refused("25P01", () -> loads.inWarehouse(update("DELETE FROM names"))))) {
      assertThat(error).contains("autocommit off");
    }
    assertThat(loaded()).isZero();
    assertThat(postgres.queryLong("SELECT count(*) FROM names")).isEqualTo(3);
  }

  @Test
  void needsAWarehouse(@TempDir Path home) throws SQLException {
    try (SqlClient embedded = SqlClient.connect(Map.of("kadb.home", home.toString()))) {
      Connection connection = embedded.connection();
      connection.setAutoCommit(false);
      WarehouseLoads none = connection.unwrap(WarehouseLoads.class);
      assertThat(refused("0A000", () -> none.inWarehouse(update("SELECT 1"))))
          .contains("the store has no warehouse");
      assertThat(
              refused(
                  "0A000",
                  () ->
                      none.insert(
                          "INSERT INTO pg.public.target VALUES (1)", "x", LoadWatch.NOBODY)))
          .contains("the store has no warehouse");
    }
  }

  @Test
  void takesNoOtherStatementAndNoReadOnlyConnection() throws SQLException {
    refused("0A000", () -> loads.insert("DELETE FROM kadb.offsets", "x", LoadWatch.NOBODY));
    refused("0A000", () -> loads.insert("SELECT id FROM t", "x", LoadWatch.NOBODY));
    refused(
        "42P01",
        () -> loads.insert("INSERT INTO pg.pg_temp.none SELECT id FROM t", "x", LoadWatch.NOBODY));
    sql.connection().setReadOnly(true);
    refused("25006", () -> loads.insert(INSERT, "x", LoadWatch.NOBODY));
    refused("25006", () -> loads.inWarehouse(update("DELETE FROM names")));
  }

  @Test
  void anAbortedConnectionEndsALoadThatWaits() throws Exception {
    sql.connection().setAutoCommit(true);
    alter("t", "ADD k_timeout_ms '60000', ADD k_stop_at_end 'false'");
    SqlClient other = connect();
    other.connection().setAutoCommit(false);
    WarehouseLoads waiting = other.connection().unwrap(WarehouseLoads.class);
    Future<LoadedBatch> load =
        inBackground(() -> waiting.insert(INSERT, "pg.public.target", LoadWatch.NOBODY));
    await(() -> io.kadb.kafka.KafkaClients.shared().borrowed() > 0, "no segment reads");
    other.connection().abort(Runnable::run);

    assertThat(load)
        .failsWithin(Duration.ofSeconds(1))
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOf(SQLException.class);
    awaitIdle();
    assertThat(loaded()).isZero();
  }

  @Test
  void noticesAreWarningsOfTheConnection() throws SQLException {
    sql.connection().clearWarnings();
    loads.insert(INSERT, "pg.public.target", LoadWatch.NOBODY);
    assertThat(sql.connection().getWarnings().getMessage()).contains("k_initial_offset");
  }
}
