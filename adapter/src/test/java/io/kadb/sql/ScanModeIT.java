package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ways to look at a topic that move no offset, and who decides between them. */
class ScanModeIT extends TwoStoresFixture {
  private static final String SELECT = "SELECT v FROM t";

  private TestTopic topic;

  @BeforeEach
  void createTable() throws SQLException {
    topic = kafka.newTopic("mode", 1);
    topic.send(0, "a", "b", "c", "d", "e");
    table("t (v text)", topic, "k_seg_batch '2'");
  }

  @Test
  void peekGivesWhatConsumeWouldGiveNext() throws SQLException {
    alter("t", "ADD k_scan_mode 'peek'");

    assertThat(sql.rows(SELECT)).containsExactly("a", "b");
    assertThat(sql.rows(SELECT)).containsExactly("a", "b");
    assertThat(offsets("t")).isEmpty();

    storeOffset("t", 0, 2);
    assertThat(sql.rows(SELECT)).containsExactly("c", "d");
    assertThat(offsets("t")).containsExactly("0|2");
  }

  @Test
  void snapshotGivesEverythingWhateverIsStored() throws SQLException {
    alter("t", "ADD k_scan_mode 'snapshot'");
    assertThat(sql.rows(SELECT)).containsExactly("a", "b", "c", "d", "e");
    assertThat(sql.warnings()).isEmpty();
    assertThat(offsets("t")).isEmpty();

    storeOffset("t", 0, 42);
    topic.deleteRecordsBefore(0, 3);
    assertThat(sql.rows(SELECT)).containsExactly("d", "e");
    assertThat(sql.warnings()).isEmpty();
    assertThat(offsets("t")).containsExactly("0|42");
  }

  @Test
  void snapshotEndsWhereTheTopicEndedWhenItBegan() throws SQLException {
    alter("t", "ADD k_scan_mode 'snapshot'");
    try (Statement statement = sql.connection().createStatement();
        ResultSet result = statement.executeQuery(SELECT)) {
      topic.send(0, "late");
      int rows = 0;
      while (result.next()) {
        rows++;
      }

      assertThat(rows).isEqualTo(5);
    }
    assertThat(sql.rows(SELECT)).hasSize(6);
  }

  @Test
  void theConnectionsModeBeatsTheTables() throws SQLException {
    sql.update("SET kadb.scan_mode = 'snapshot'");
    assertThat(sql.rows(SELECT)).hasSize(5);
    sql.update("SET kadb.scan_mode TO peek");
    assertThat(sql.rows(SELECT)).hasSize(2);
    assertThat(sql.value("SHOW kadb.scan_mode")).isEqualTo("peek");
    assertThat(offsets("t")).isEmpty();

    alter("t", "ADD k_scan_mode 'snapshot'");
    sql.update("SET kadb.scan_mode = 'consume'");
    assertThat(sql.rows(SELECT)).containsExactly("a", "b");
    assertThat(offsets("t")).containsExactly("0|2");
    sql.update("RESET kadb.scan_mode");
    assertThat(sql.rows(SELECT)).hasSize(5);
    assertThat(offsets("t")).containsExactly("0|2");
  }

  @Test
  void theTablesModeBeatsTheServersWhichBeatsTheConnectionsDefault() throws SQLException {
    SqlClient client = connect("k_scan_mode=peek");
    assertThat(client.rows(SELECT)).hasSize(2);
    assertThat(offsets("t")).isEmpty();
    sql.update("ALTER SERVER k OPTIONS (ADD k_scan_mode 'snapshot')");
    assertThat(client.rows(SELECT)).hasSize(5);
    alter("t", "ADD k_scan_mode 'consume'");
    assertThat(client.rows(SELECT)).containsExactly("a", "b");
    assertThat(offsets("t")).containsExactly("0|2");
    assertThat(connect("k_scan_mode=peek", "scanMode=snapshot").rows(SELECT)).hasSize(5);
  }

  @Test
  void aPropertySetsTheConnectionsMode() throws SQLException {
    SqlClient client = connect("scanMode=snapshot");

    assertThat(client.rows(SELECT)).hasSize(5);
    client.update("SET kadb.scan_mode = 'peek'");
    assertThat(client.rows(SELECT)).hasSize(2);
    client.update("SET kadb.scan_mode TO DEFAULT");

    assertThat(client.rows(SELECT)).hasSize(5);
    assertThat(offsets("t")).isEmpty();
  }

  @Test
  void refusesAModeThatDoesNotExist() throws SQLException {
    assertThat(refused("22023", () -> sql.update("SET kadb.scan_mode = 'look'")))
        .contains("look", "consume", "peek", "snapshot");
    assertThat(sql.rows(SELECT)).hasSize(2);
  }

  @Test
  void aReadOnlyConnectionMovesNothing() throws SQLException {
    SqlClient client = connect("readOnly=true");
    assertThat(client.rows(SELECT)).containsExactly("a", "b");
    client.update("SET kadb.scan_mode = 'consume'");
    assertThat(client.rows(SELECT)).containsExactly("a", "b");
    client.update("SET kadb.scan_mode = 'snapshot'");
    assertThat(client.rows(SELECT)).hasSize(5);

    refused("25006", () -> client.update("DELETE FROM kadb.offsets"));
    refused("25006", () -> client.update("DROP FOREIGN TABLE t"));
    assertThat(offsets("t")).isEmpty();
  }

  @Test
  void aConnectionCanBecomeReadOnlyAndWritableAgain() throws SQLException {
    sql.connection().setReadOnly(true);
    assertThat(sql.rows(SELECT)).containsExactly("a", "b");
    assertThat(offsets("t")).isEmpty();

    sql.connection().setReadOnly(false);
    assertThat(sql.rows(SELECT)).containsExactly("a", "b");
    assertThat(offsets("t")).containsExactly("0|2");
  }
}
