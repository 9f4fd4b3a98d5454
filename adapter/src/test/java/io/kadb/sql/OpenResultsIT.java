package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestPostgres;
import io.kadb.testing.TestTopic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What statements may do to the store while a result of the same connection is open. */
@KafkaTest
@PostgresTest
class OpenResultsIT {
  private static final int ROWS = 10_000;
  private static final String FAILS = "SELECT 1 / (5000 - n) FROM pg.public.source";

  private final KafkaCluster kafka;
  private final TestPostgres postgres;
  private SqlClient sql;
  private Statement other;

  OpenResultsIT(KafkaCluster kafka, TestPostgres postgres) {
    this.kafka = kafka;
    this.postgres = postgres;
  }

  @BeforeEach
  void connect() throws SQLException {
    TestTopic topic = kafka.newTopic("open", 1);
    topic.send(0, "1", "2", "3");
    postgres.execute(
        "DROP TABLE IF EXISTS source, target",
        "CREATE TABLE source AS SELECT generate_series(1, " + ROWS + ") AS n",
        "CREATE TABLE target (n INT)");
    sql = SqlClient.connect(Map.of("store", postgres.jdbcUrl()));
    other = sql.connection().createStatement();
    sql.update(
        "CREATE SERVER IF NOT EXISTS k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + kafka.bootstrapServers()
            + "', k_consumer_group 'g', k_seg_batch '2', k_timeout_ms '20000',"
            + " k_stop_at_end 'true')");
    sql.update("DROP FOREIGN TABLE IF EXISTS t");
    sql.update(
        "CREATE FOREIGN TABLE t (n INT) SERVER k OPTIONS (format 'csv', k_topic '"
            + topic.name()
            + "')");
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  private ResultSet opened(String query) throws SQLException {
    ResultSet result = other.executeQuery(query);
    assertThat(result.next()).isTrue();
    return result;
  }

  @Test
  void keepsWhatWasInsertedWhileAResultThatIsClosedEarlyWasOpen() throws SQLException {
    sql.connection().setAutoCommit(false);
    ResultSet open = opened("SELECT n FROM pg.public.source");
    assertThat(sql.update("INSERT INTO pg.public.target SELECT n FROM t")).isEqualTo(2);
    open.close();
    sql.connection().commit();

    assertThat(postgres.queryLong("SELECT count(*) FROM target")).isEqualTo(2);
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).containsExactly("2");
  }

  @Test
  void refusesToWriteUnderAutocommitWhileAResultReadsTheWarehouse() throws SQLException {
    try (ResultSet open = opened("SELECT n FROM pg.public.source")) {
      for (String statement :
          new String[] {
            "INSERT INTO pg.public.target SELECT n FROM t",
            "SELECT n FROM t",
            "DELETE FROM kadb.offsets",
            "CREATE SCHEMA while_open"
          }) {
        assertThatThrownBy(() -> sql.connection().createStatement().execute(statement))
            .as(statement)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55006"));
      }
      int rows = 1;
      while (open.next()) {
        rows++;
      }
      assertThat(rows).isEqualTo(ROWS);
    }
    assertThat(sql.rows("SELECT n FROM t")).containsExactly("1", "2");
  }

  @Test
  void keepsWhatOtherStatementsWroteWhenAResultFails() throws SQLException {
    sql.connection().setAutoCommit(false);
    ResultSet open = opened(FAILS);
    assertThat(sql.update("INSERT INTO pg.public.target SELECT n FROM t")).isEqualTo(2);
    assertThat(sql.update("INSERT INTO pg.public.target VALUES (7)")).isEqualTo(1);

    refused("22012", () -> drain(open));
    assertThat(sql.update("INSERT INTO pg.public.target SELECT n FROM t")).isEqualTo(1);
    sql.connection().commit();

    assertThat(sql.rows("SELECT n FROM pg.public.target")).containsExactly("1", "2", "7", "3");
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).containsExactly("3");
  }

  @Test
  void keepsSavepointsThatWereSetWhileAResultWasOpenThatFails() throws SQLException {
    sql.connection().setAutoCommit(false);
    ResultSet open = opened(FAILS);
    sql.update("INSERT INTO pg.public.target VALUES (1)");
    Savepoint first = sql.connection().setSavepoint();
    sql.update("INSERT INTO pg.public.target VALUES (2)");
    Savepoint second = sql.connection().setSavepoint("second");
    sql.update("INSERT INTO pg.public.target VALUES (3)");
    refused("22012", () -> drain(open));

    assertThat(sql.rows("SELECT n FROM pg.public.target")).containsExactly("1", "2", "3");
    sql.connection().rollback(second);
    assertThat(sql.rows("SELECT n FROM pg.public.target")).containsExactly("1", "2");
    sql.connection().releaseSavepoint(first);
    refused("3B001", () -> sql.connection().rollback(second));
    sql.connection().commit();
    assertThat(sql.rows("SELECT n FROM pg.public.target")).containsExactly("1", "2");
  }

  @Test
  void keepsAnotherResultWhenOneFails() throws SQLException {
    sql.connection().setAutoCommit(false);
    try (Statement second = sql.connection().createStatement()) {
      ResultSet failing = opened(FAILS);
      ResultSet later = second.executeQuery("SELECT n FROM pg.public.source ORDER BY n");
      assertThat(later.next()).isTrue();
      sql.update("INSERT INTO pg.public.target VALUES (1)");

      refused("22012", () -> drain(failing));

      int rows = 1;
      while (later.next()) {
        rows++;
        assertThat(later.getInt(1)).isEqualTo(rows);
      }
      assertThat(rows).isEqualTo(ROWS);
    }
    sql.connection().commit();
    assertThat(sql.rows("SELECT n FROM pg.public.target")).containsExactly("1");
  }

  @Test
  void keepsTheFirstResultWhenALaterOneFails() throws SQLException {
    sql.connection().setAutoCommit(false);
    try (Statement second = sql.connection().createStatement()) {
      ResultSet first = opened("SELECT n FROM pg.public.source");
      sql.update("INSERT INTO pg.public.target VALUES (1)");
      refused("22012", () -> drain(second.executeQuery(FAILS)));
      refused("22012", () -> second.executeQuery("SELECT 1 / (n - n) FROM pg.public.source"));
      drain(first);
    }
    sql.connection().commit();
    assertThat(sql.rows("SELECT n FROM pg.public.target")).containsExactly("1");
  }

  @Test
  void keepsEachOfManyWritesAndSavepointsWhenAResultFails() throws SQLException {
    sql.connection().setAutoCommit(false);
    ResultSet open = opened(FAILS);
    for (int i = 0; i < 50; i++) {
      sql.update("INSERT INTO pg.public.target VALUES (" + i + ")");
      if (i % 10 == 0) {
        sql.update("SAVEPOINT s");
      }
      if (i % 20 == 15) {
        sql.update("RELEASE s");
      }
    }
    refused("22012", () -> drain(open));
    sql.connection().commit();
    assertThat(postgres.queryLong("SELECT count(*) FROM target")).isEqualTo(50);
  }

  @Test
  void refusesToMoveOffsetsThatTheTransactionChangedWhileTheResultWasOpen() throws SQLException {
    sql.rows("SELECT n FROM t");
    sql.connection().setAutoCommit(false);
    ResultSet open = other.executeQuery("SELECT n FROM t");
    sql.update("UPDATE kadb.offsets SET off = 0");

    assertThatThrownBy(
            () -> {
              while (open.next()) {}
            })
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
    sql.connection().commit();
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).containsExactly("0");
  }

  @Test
  void countsAResultThatStandsOnItsLastRowAtCommit() throws SQLException {
    other.execute("BEGIN");
    ResultSet open = opened("SELECT n FROM t WHERE n = 1");
    sql.update("COMMIT");
    assertThat(open.getInt(1)).isEqualTo(1);
    assertThat(sql.rows("SELECT off FROM kadb.offsets WHERE ftoid = 't'::regclass::oid"))
        .containsExactly("2");
  }

  @Test
  void movesOffsetsAlthoughAnotherResultFailed() throws SQLException {
    sql.connection().setAutoCommit(false);
    try (Statement reading = sql.connection().createStatement()) {
      ResultSet consuming = reading.executeQuery("SELECT n FROM t");
      ResultSet failing = opened(FAILS);
      assertThat(sql.update("INSERT INTO pg.public.target VALUES (1)")).isEqualTo(1);
      refused("22012", () -> drain(failing));
      drain(consuming);
    }
    sql.connection().commit();
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).containsExactly("2");
  }

  @Test
  void keepsMovesThatWereMadeWhileAResultWasOpenThatFails() throws SQLException {
    sql.connection().setAutoCommit(false);
    assertThat(sql.update("INSERT INTO pg.public.target VALUES (1)")).isEqualTo(1);
    ResultSet failing = opened(FAILS);
    assertThat(sql.rows("SELECT n FROM t")).hasSize(2);
    refused("22012", () -> drain(failing));
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).containsExactly("2");
    sql.connection().commit();
    assertThat(postgres.queryLong("SELECT count(*) FROM target")).isEqualTo(1);
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).containsExactly("2");
  }

  @Test
  void refusesToReadTheWarehouseUnderAutocommitWhileAResultConsumes() throws SQLException {
    try (ResultSet consuming = opened("SELECT n FROM t")) {
      refused("55006", () -> sql.rows("SELECT n FROM pg.public.source"));
      drain(consuming);
    }
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).containsExactly("2");
  }

  @Test
  void movesNothingWhenTheConnectionIsAborted() throws SQLException {
    try (SqlClient lost = SqlClient.connect(Map.of("store", postgres.jdbcUrl()))) {
      ResultSet open =
          lost.connection().createStatement().executeQuery("SELECT n FROM t WHERE n = 1");
      assertThat(open.next()).isTrue();
      lost.connection().abort(Runnable::run);
    }
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).isEmpty();
  }

  @Test
  void passesTheWholeBatchOfALimitedLoadIfAsked() throws SQLException {
    sql.update("ALTER FOREIGN TABLE t OPTIONS (ADD k_limit_offsets 'batch')");
    assertThat(sql.update("INSERT INTO pg.public.target SELECT n FROM t LIMIT 1")).isEqualTo(1);
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).containsExactly("2");
    assertThat(sql.rows("SELECT * FROM (SELECT n FROM t LIMIT 1) UNION ALL SELECT 7"))
        .containsExactly("3", "7");
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).containsExactly("3");
  }

  @Test
  void readsATableThatTheStatementReachesAfterItsTime() throws SQLException {
    sql.update(
        "ALTER FOREIGN TABLE t OPTIONS (ADD k_timeout_ms '1000', ADD k_stop_at_end 'false',"
            + " ADD k_seg_batch '10')");
    sql.update("DROP FOREIGN TABLE IF EXISTS u");
    TestTopic topic = kafka.newTopic("late", 1);
    topic.send(0, "8", "9");
    sql.update(
        "CREATE FOREIGN TABLE u (n INT) SERVER k OPTIONS (format 'csv', k_timeout_ms '1000',"
            + " k_stop_at_end 'false', k_topic '"
            + topic.name()
            + "')");
    assertThat(sql.rows("SELECT n FROM t UNION ALL SELECT n FROM u"))
        .containsExactly("1", "2", "3", "8", "9");
    sql.update("DROP FOREIGN TABLE u");
  }

  @Test
  void findsTheLatestOfSavepointsWithOneName() throws SQLException {
    for (String step :
        new String[] {"BEGIN", "SAVEPOINT a", "SAVEPOINT a", "RELEASE a", "ROLLBACK TO a"}) {
      sql.update(step);
    }
    refused("3B001", () -> sql.update("ROLLBACK TO b"));
    sql.update("ROLLBACK");
    refused("25P01", () -> sql.update("SAVEPOINT a"));
  }

  private static void drain(ResultSet result) throws SQLException {
    while (result.next()) {
      assertThat(result.getObject(1)).isNotNull();
    }
  }

  private static void refused(String state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }
}
