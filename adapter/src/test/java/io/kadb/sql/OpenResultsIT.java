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
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What statements may do to the store while a result of the same connection is open. */
@KafkaTest
@PostgresTest
class OpenResultsIT {
  private static final int ROWS = 10_000;

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
  void failsTheTransactionWhenAResultFailsAfterOtherStatementsWrote() throws SQLException {
    sql.connection().setAutoCommit(false);
    ResultSet open = opened("SELECT 1 / (5000 - n) FROM pg.public.source");
    assertThat(sql.update("INSERT INTO pg.public.target SELECT n FROM t")).isEqualTo(2);

    assertThatThrownBy(
            () -> {
              while (open.next()) {}
            })
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22012"));
    assertThatThrownBy(() -> sql.rows("SELECT 1"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
    assertThatThrownBy(() -> sql.connection().commit())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));

    assertThat(postgres.queryLong("SELECT count(*) FROM target")).isZero();
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).isEmpty();
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
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).containsExactly("2");
  }
}
