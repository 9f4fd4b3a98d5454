package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.testing.SqlClient;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.junit.jupiter.api.Test;

/** When changes of {@code kadb.offsets} take effect. */
class OffsetsTransactionTest extends EmbeddedFixture {
  @Test
  void showsWhatWasWrittenToOtherConnections() throws SQLException {
    SqlClient other = connect();
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 10)");
    assertThat(offsets(other)).containsExactly("1|0|10");
    other.update("UPDATE kadb.offsets SET off = 11");
    assertThat(offsets()).containsExactly("1|0|11");
  }

  @Test
  void undoesABatchThatFailsWhenItIsRolledBack() throws SQLException {
    Connection connection = sql.connection();
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO kadb.offsets VALUES (1, ?, 0)")) {
      for (int partition : new int[] {0, 1, 0}) {
        insert.setInt(1, partition);
        insert.addBatch();
      }
      BatchUpdateException error =
          catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
      assertThat(error.getSQLState()).isEqualTo("23505");
      assertThat(error.getUpdateCounts()).startsWith(1, 1);
    }
    connection.rollback();
    assertThat(offsets()).isEmpty();
  }

  @Test
  void keepsChangesForTheTransactionUntilItCommits() throws SQLException {
    SqlClient other = connect();
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 10), (1, 1, 20)");
    Connection connection = sql.connection();
    connection.setAutoCommit(false);
    sql.update("UPDATE kadb.offsets SET off = off + 1");
    sql.update("UPDATE kadb.offsets SET off = off + 1 WHERE prt = 0");
    sql.update("DELETE FROM kadb.offsets WHERE prt = 1");
    sql.update("INSERT INTO kadb.offsets VALUES (1, 1, 99), (1, 2, 5)");
    assertThat(offsets()).containsExactly("1|0|12", "1|1|99", "1|2|5");
    assertThat(offsets(other)).containsExactly("1|0|10", "1|1|20");
    connection.rollback();
    assertThat(offsets()).containsExactly("1|0|10", "1|1|20");
    sql.update("DELETE FROM kadb.offsets WHERE prt = 0");
    connection.commit();
    assertThat(offsets(other)).containsExactly("1|1|20");
  }

  @Test
  void goesBackToSavepoints() throws SQLException {
    Connection connection = sql.connection();
    connection.setAutoCommit(false);
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 10)");
    Savepoint first = connection.setSavepoint();
    sql.update("UPDATE kadb.offsets SET off = 20");
    Savepoint second = connection.setSavepoint("second");
    sql.update("DELETE FROM kadb.offsets");
    assertThat(offsets()).isEmpty();
    connection.rollback(second);
    assertThat(offsets()).containsExactly("1|0|20");
    sql.update("UPDATE kadb.offsets SET off = 21");
    connection.rollback(second);
    assertThat(offsets()).containsExactly("1|0|20");
    connection.releaseSavepoint(second);
    refused("3B001", () -> sql.update("ROLLBACK TO second"));
    connection.rollback(first);
    assertThat(offsets()).containsExactly("1|0|10");
    connection.commit();
    assertThat(offsets(connect())).containsExactly("1|0|10");
  }

  @Test
  void goesBackToSavepointsSetBeforeDefinitionsWereWritten() throws SQLException {
    sql.update("BEGIN");
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 10)");
    sql.update("SAVEPOINT a");
    server("s");
    sql.update("UPDATE kadb.offsets SET off = 20");
    assertThat(offsets()).containsExactly("1|0|20");
    sql.update("ROLLBACK TO SAVEPOINT a");
    assertThat(offsets()).containsExactly("1|0|10");
    server("s");
    sql.update("SAVEPOINT b");
    sql.update("UPDATE kadb.offsets SET off = 30");
    sql.update("DROP SERVER s");
    sql.update("ROLLBACK TO SAVEPOINT b");
    assertThat(offsets()).containsExactly("1|0|10");
    sql.update("COMMIT");
    SqlClient other = connect();
    assertThat(offsets(other)).containsExactly("1|0|10");
    other.update("DROP SERVER s");
  }

  @Test
  void refusesChangesOfRowsThatAnotherSessionMovedMeanwhile() throws SQLException {
    SqlClient other = connect();
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 10), (1, 1, 20)");
    sql.connection().setAutoCommit(false);
    sql.update("UPDATE kadb.offsets SET off = 11 WHERE prt = 0");
    other.update("UPDATE kadb.offsets SET off = 21 WHERE prt = 1");
    sql.connection().commit();
    assertThat(offsets()).as("different partitions").containsExactly("1|0|11", "1|1|21");

    sql.update("UPDATE kadb.offsets SET off = 12 WHERE prt = 0");
    sql.update("INSERT INTO kadb.offsets VALUES (1, 2, 5)");
    other.update("UPDATE kadb.offsets SET off = 99 WHERE prt = 0");
    refused("40001", () -> sql.connection().commit());
    assertThat(offsets()).containsExactly("1|0|99", "1|1|21");
    sql.connection().commit();
    assertThat(offsets(other)).containsExactly("1|0|99", "1|1|21");
  }

  @Test
  void goesOnAfterAStatementOfTheTransactionFailed() throws SQLException {
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 10)");
    refused("23505", () -> sql.update("INSERT INTO kadb.offsets VALUES (1, 1, 1), (1, 0, 99)"));
    refused("22012", () -> sql.rows("SELECT off / (off - 10) FROM kadb.offsets"));
    sql.update("INSERT INTO kadb.offsets VALUES (1, 2, 30)");
    sql.connection().commit();
    assertThat(offsets(connect())).containsExactly("1|0|10", "1|2|30");
  }
}
