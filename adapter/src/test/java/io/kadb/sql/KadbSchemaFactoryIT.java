package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Foreign tables in plain Calcite, from a model. */
@KafkaTest
@Timeout(60)
class KadbSchemaFactoryIT {
  private static final String COLUMNS =
      "[{'name': 'id', 'type': 'bigint', 'notNull': true}, {'name': 'amount', 'type': 'numeric'},"
          + " {'name': 'at', 'type': 'timestamp(3)'}]";

  private final KafkaCluster kafka;
  private final TestTopic topic;

  KadbSchemaFactoryIT(KafkaCluster kafka) {
    this.kafka = kafka;
    this.topic = kafka.newTopic("model", 2);
    topic.send(0, "1,1.50,2024-02-29 12:00:00", "2,1000000000000000000000.0000001,");
    topic.send(1, "3,,2024-03-01 00:00:00.5");
  }

  @Test
  void readsEverythingInASnapshot() throws SQLException {
    try (SqlClient calcite = calcite(definitions("'k_scan_mode': 'snapshot'"))) {
      assertThat(calcite.rows("SELECT \"id\", \"at\" FROM \"t\" ORDER BY \"id\""))
          .containsExactly("1|2024-02-29 12:00:00.000", "2|null", "3|2024-03-01 00:00:00.500");
      assertThat(calcite.value("SELECT COUNT(*) FROM \"k\".\"t\" WHERE \"_partition\" = 0"))
          .isEqualTo("2");
      assertThat(
              calcite.rows(
                  "SELECT a.\"id\", b.\"id\" FROM \"t\" AS a JOIN \"t\" AS b"
                      + " ON a.\"id\" = b.\"id\" + 1 ORDER BY 1"))
          .containsExactly("2|1", "3|2");
    }
  }

  @Test
  void readsOnlyTheOffsetsThatAConditionOnASnapshotNames() throws SQLException {
    topic.send(0, "bad");
    try (SqlClient calcite = calcite(definitions("'k_scan_mode': 'snapshot'"))) {
      String query = "SELECT \"id\" FROM \"t\" WHERE \"_offset\" < ";
      assertThat(calcite.rows(query + "2 ORDER BY 1")).containsExactly("1", "2", "3");
      assertThat(calcite.rows(query + "? ORDER BY 1", 1L)).containsExactly("1", "3");
      assertThatExceptionOfType(KadbException.class).isThrownBy(() -> calcite.rows(query + "3"));
    }
  }

  @Test
  void keepsTheScaleOfEachValueOfANumericWithoutScale() throws SQLException {
    try (SqlClient calcite = calcite(definitions("'k_scan_mode': 'snapshot'"))) {
      assertThat(calcite.rows("SELECT \"id\", \"amount\" FROM \"t\" ORDER BY \"id\""))
          .containsExactly("1|1.50", "2|1000000000000000000000.0000001", "3|null");
    }
  }

  @Test
  void reckonsWithLongNumbersInTheTypeSystemOfKadb() throws SQLException {
    String model = definitions("'k_scan_mode': 'snapshot'");
    try (SqlClient calcite = calcite(model, Map.of("typeSystem", "io.kadb.sql.EngineTypeSystem"))) {
      assertThat(calcite.rows("SELECT \"id\" FROM \"t\" WHERE \"amount\" > 1.6"))
          .containsExactly("2");
      assertThat(calcite.value("SELECT SUM(\"amount\") FROM \"t\""))
          .isEqualTo("1000000000000000000001.5000001");
    }
  }

  @Test
  void readsTheNextBatchAgainAndAgain() throws SQLException {
    try (SqlClient calcite = calcite(definitions("'k_initial_offset': '1'"))) {
      for (int i = 0; i < 2; i++) {
        assertThat(calcite.rows("SELECT \"id\", \"_offset\" FROM \"t\"")).containsExactly("2|1");
      }
    }
  }

  @Test
  void readsFromTheOffsetsOfAStoreAndDoesNotMoveThem(@TempDir Path home) throws SQLException {
    try (SqlClient kadb = SqlClient.connect(Map.of("kadb.home", home.toString()))) {
      kadb.update(
          "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + kafka.bootstrapServers()
              + "', k_consumer_group 'g', k_seg_batch '10', k_timeout_ms '30000',"
              + " k_stop_at_end 'true', format 'csv')");
      kadb.update(
          "CREATE FOREIGN TABLE t (id bigint, amount numeric, at text) SERVER s OPTIONS (k_topic '"
              + topic.name()
              + "')");
      kadb.update("INSERT INTO kadb.offsets VALUES ('t'::regclass::oid, 0, 1)");
      String operand = "'store': 'jdbc:sqlite:" + home.resolve("kadb.db") + "'";
      try (SqlClient calcite = calcite(operand)) {
        for (int i = 0; i < 2; i++) {
          assertThat(calcite.rows("SELECT \"id\" FROM \"t\" ORDER BY 1")).containsExactly("2", "3");
        }
        assertThat(kadb.rows("SELECT prt, off FROM kadb.offsets")).containsExactly("0|1");
        kadb.update("UPDATE kadb.offsets SET off = 2");
        assertThat(calcite.rows("SELECT \"id\" FROM \"t\"")).containsExactly("3");
      }
    }
  }

  @Test
  void readsKeysPositionsAndPathsByTheOptionsOfColumns() throws SQLException {
    TestTopic documents = kafka.newTopic("documents", 1);
    documents.sendKeyed(0, "k", "[{\"a\": {\"b\": 1.50}}, {}]");
    String columns =
        "[{'name': 'k', 'type': 'text', 'options': {'source': 'key'}},"
            + " {'name': 'off', 'type': 'bigint', 'options': {'source': 'offset'}},"
            + " {'name': 'b', 'type': 'numeric', 'options': {'path': '/a/b'}}]";
    String json =
        definitions("'k_scan_mode': 'snapshot'")
            .replace(COLUMNS, columns)
            .replace(topic.name(), documents.name())
            .replace("'format': 'csv'", "'format': 'json'");
    try (SqlClient calcite = calcite(json)) {
      assertThat(calcite.rows("SELECT \"k\", \"off\", \"b\" FROM \"t\""))
          .containsExactly("k|0|1.50", "k|0|null");
    }
    assertThat(failure(json.replace("'offset'", "'where'"))).contains("source: \"where\"");
  }

  @Test
  void refusesAnOperandThatItDoesNotKnow() {
    assertThat(failure(definitions("") + ", 'sever': {}")).contains("sever", "unknown");
  }

  @Test
  void refusesDefinitionsBesidesAStore(@TempDir Path home) {
    String store = ", 'store': 'jdbc:sqlite:" + home.resolve("kadb.db") + "'";
    assertThat(failure(definitions("") + store)).contains("either a store or servers and tables");
  }

  @Test
  void refusesWrongOptionsAndTypes() {
    assertThat(failure(definitions("'k_scan_mode': 'all', 'k_segments': '0'")))
        .contains("k_scan_mode", "k_segments");
    assertThat(failure("'tables': [{'name': 't', 'server': 's', 'columns': [{'name': 'a'}]}]"))
        .contains("type of column of table t is missing");
  }

  private String definitions(String option) {
    return "'servers': {'s': {'k_brokers': '"
        + kafka.bootstrapServers()
        + "', 'k_consumer_group': 'g', 'k_stop_at_end': 'true'}},"
        + " 'tables': [{'name': 't', 'server': 's', 'columns': "
        + COLUMNS
        + ", 'options': {'k_topic': '"
        + topic.name()
        + "', 'k_seg_batch': '10', 'k_timeout_ms': '30000', 'format': 'csv'"
        + (option.isEmpty() ? "" : ", " + option)
        + "}}]";
  }

  private static SqlClient calcite(String operand) throws SQLException {
    return calcite(operand, Map.of());
  }

  private static SqlClient calcite(String operand, Map<String, String> more) throws SQLException {
    String model =
        "{'version': '1.0', 'defaultSchema': 'k', 'schemas': [{'name': 'k', 'type': 'custom',"
            + " 'factory': 'io.kadb.sql.KadbSchemaFactory', 'operand': {"
            + operand
            + "}}]}";
    Properties properties = new Properties();
    properties.putAll(more);
    properties.setProperty("model", "inline:" + model.replace('\'', '"'));
    return new SqlClient(DriverManager.getConnection("jdbc:calcite:", properties));
  }

  /** Returns all texts of the failure to connect, its causes' too. */
  private static String failure(String operand) {
    Exception error = catchThrowableOfType(Exception.class, () -> calcite(operand).close());
    assertThat(error).as("must fail: " + operand).isNotNull();
    StringBuilder texts = new StringBuilder();
    for (Throwable t = error; t != null; t = t.getCause()) {
      texts.append(t.getMessage()).append('\n');
    }
    return texts.toString();
  }
}
