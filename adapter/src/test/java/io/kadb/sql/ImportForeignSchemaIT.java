package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestClients;
import io.kadb.testing.TestTopic;
import io.kadb.testing.UniqueNames;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** IMPORT FOREIGN SCHEMA makes foreign tables of topics. */
class ImportForeignSchemaIT extends TwoStoresFixture {
  private TestTopic first;
  private TestTopic second;
  private String schema;

  @BeforeEach
  void createTopics() throws SQLException {
    first = kafka.newTopic("Import.Me", 1);
    second = kafka.newTopic("import-me", 2);
    schema = UniqueNames.next("imported", '_');
    sql.update("CREATE SCHEMA " + schema);
  }

  @AfterEach
  void dropSchema() throws SQLException {
    sql.update("DROP SCHEMA " + schema + " CASCADE");
  }

  private static String quoted(TestTopic topic) {
    return '"' + topic.name() + '"';
  }

  private void importTopics(String which, String options) throws SQLException {
    sql.update(
        "IMPORT FOREIGN SCHEMA topics " + which + " FROM SERVER k INTO " + schema + " " + options);
  }

  private List<String> tables() throws SQLException {
    return sql.rows(
        "SELECT table_name FROM kadb.foreign_tables WHERE table_schema = ? ORDER BY 1", schema);
  }

  @Test
  void makesATextTableOfEachTopicUnderTheTopicsOwnName() throws SQLException {
    first.send(0, "a,b");
    importTopics("LIMIT TO (" + quoted(first) + ", " + quoted(second) + ")", "");

    assertThat(tables()).containsExactlyInAnyOrder(first.name(), second.name());
    assertThat(
            sql.rows(
                "SELECT f.server_name, f.columns, f.options FROM kadb.foreign_tables f"
                    + " WHERE f.table_schema = ? AND f.table_name = ?",
                schema,
                first.name()))
        .containsExactly(
            "k|[{\"name\":\"value\",\"type\":\"text\",\"not_null\":false,\"options\":{}}]"
                + "|{\"k_topic\":\""
                + first.name()
                + "\",\"format\":\"text\"}");
    assertThat(sql.rows("SELECT \"value\" FROM " + schema + "." + quoted(first)))
        .containsExactly("a,b");
  }

  @Test
  void leavesOutInternalTopicsAndThoseExcepted() throws SQLException {
    // Makes sure that the topic of committed offsets is there.
    TestClients.await(
        kafka
            .clients()
            .admin()
            .alterConsumerGroupOffsets(
                UniqueNames.next("import", '-'),
                Map.of(new TopicPartition(first.name(), 0), new OffsetAndMetadata(0)))
            .all());

    importTopics("EXCEPT (" + quoted(second) + ")", "");

    Set<String> all =
        TestClients.await(
            kafka.clients().admin().listTopics(new ListTopicsOptions().listInternal(true)).names());
    assertThat(all).anyMatch(topic -> topic.startsWith("__"));
    assertThat(tables())
        .contains(first.name())
        .doesNotContain(second.name())
        .noneMatch(table -> table.startsWith("__"));
  }

  @Test
  void givesEachTableTheOptionsOfTheStatement() throws SQLException {
    second.send(0, "x");
    importTopics(
        "LIMIT TO (" + quoted(second) + ")", "OPTIONS (k_scan_mode 'peek', format 'csv', zz '1')");

    assertThat(sql.warnings()).containsExactly("01000 unknown table option zz is ignored");
    assertThat(sql.rows("SELECT options FROM kadb.foreign_tables WHERE table_schema = ?", schema))
        .containsExactly(
            "{\"k_topic\":\""
                + second.name()
                + "\",\"format\":\"csv\",\"k_scan_mode\":\"peek\",\"zz\":\"1\"}");
    String query = "SELECT \"value\" FROM " + schema + "." + quoted(second);
    assertThat(sql.rows(query)).containsExactly("x");
    assertThat(sql.rows(query)).containsExactly("x");
  }

  @Test
  void makesAllTablesOrNone() throws SQLException {
    importTopics("LIMIT TO (" + quoted(second) + ")", "");
    String both = "LIMIT TO (" + quoted(first) + ", " + quoted(second) + ")";

    assertThat(refused("42P07", () -> importTopics(both, ""))).contains(second.name());
    refused(
        "HV024", () -> importTopics("LIMIT TO (" + quoted(first) + ")", "OPTIONS (format 'x')"));

    assertThat(tables()).containsExactly(second.name());
  }

  @Test
  void saysWhatDoesNotExist() throws SQLException {
    String into = " INTO " + schema;
    assertThat(
            refused("3F000", () -> sql.update("IMPORT FOREIGN SCHEMA tpics FROM SERVER k" + into)))
        .contains("tpics", "IMPORT FOREIGN SCHEMA topics");
    refused("42704", () -> sql.update("IMPORT FOREIGN SCHEMA topics FROM SERVER nobody" + into));
    refused(
        "3F000",
        () ->
            sql.update(
                "IMPORT FOREIGN SCHEMA topics LIMIT TO ("
                    + quoted(first)
                    + ") FROM SERVER k INTO nowhere"));
    importTopics("LIMIT TO (\"nobody-made-this\", " + quoted(first) + ")", "");
    assertThat(sql.warnings()).containsExactly("01000 topic nobody-made-this does not exist");
    assertThat(tables()).containsExactly(first.name());
  }

  @Test
  void takesPartInTheTransactionAndNeedsAWritableConnection() throws SQLException {
    sql.connection().setAutoCommit(false);
    importTopics("LIMIT TO (" + quoted(first) + ")", "");
    assertThat(tables()).hasSize(1);
    sql.connection().rollback();
    assertThat(tables()).isEmpty();
    sql.connection().setAutoCommit(true);
    SqlClient reader = connect("readOnly=true");

    refused(
        "25006", () -> reader.update("IMPORT FOREIGN SCHEMA topics FROM SERVER k INTO " + schema));
  }

  @Test
  void refusesATopicForAllTables() throws SQLException {
    assertThat(
            refused(
                "HV024",
                () -> importTopics("LIMIT TO (" + quoted(first) + ")", "OPTIONS (k_topic 'x')")))
        .contains("line 1, column", "k_topic", "LIMIT TO");
    assertThat(tables()).isEmpty();
  }
}
