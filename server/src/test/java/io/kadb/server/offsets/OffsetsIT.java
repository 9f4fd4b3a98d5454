package io.kadb.server.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Captured;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import io.kadb.testing.UniqueNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kadb offsets} with a real broker. */
@KafkaTest
class OffsetsIT {
  @TempDir Path folder;
  private SqlClient sql;

  @BeforeEach
  void defineTables(KafkaCluster kafka) throws SQLException {
    sql = SqlClient.connect(Map.of("kadb.home", folder.toString()));
    sql.update(
        "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + kafka.bootstrapServers()
            + "', k_consumer_group 'g', k_seg_batch '100', k_timeout_ms '20000', k_stop_at_end"
            + " 'true', k_latency_ms '20000', format 'text')");
    for (String table : List.of("orders", "\"Other\"")) {
      String topic = UniqueNames.next("offsets", '-');
      kafka.clients().createTopic(topic, 3, Map.of());
      TestTopic messages = new TestTopic(kafka, topic);
      messages.sendAt(0, 1_000, "a");
      messages.sendAt(0, 2_000, "b");
      messages.sendAt(0, 3_000, "c");
      messages.sendAt(1, 1_500, "d");
      sql.update(
          "CREATE FOREIGN TABLE " + table + " (v TEXT) SERVER k OPTIONS (k_topic '" + topic + "')");
    }
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  private Captured offsets(String... arguments) {
    List<String> line = new ArrayList<>(List.of("offsets", arguments[0]));
    line.addAll(List.of("-u", "jdbc:kadb:?kadb.home=" + folder));
    line.addAll(List.of(arguments).subList(1, arguments.length));
    return Captured.run(line.toArray(String[]::new));
  }

  private List<String> stored(String table) throws SQLException {
    return sql.rows(
        "SELECT prt, off FROM kadb.offsets WHERE ftoid = '"
            + table
            + "'::regclass::oid ORDER BY 1");
  }

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("offsets.csv"), String.join("\n", lines) + "\n");
  }

  @Test
  void restoresABackup() throws Exception {
    sql.rows("SELECT * FROM orders");
    sql.rows("SELECT * FROM \"Other\" WHERE _partition = 1");
    Captured export = offsets("export");
    assertThat(export.exitCode()).as(export.errors()).isZero();
    assertThat(export.output())
        .isEqualTo(
            "table,partition,offset\n"
                + "\"public.\"\"Other\"\"\",1,1\n"
                + "public.orders,0,3\npublic.orders,1,1\npublic.orders,2,0\n");
    Path backup = Files.writeString(folder.resolve("backup.csv"), export.output());
    sql.update("DELETE FROM kadb.offsets WHERE prt = 1");
    sql.update("UPDATE kadb.offsets SET off = 1 WHERE prt = 0");
    Captured imported = offsets("import", backup.toString());
    assertThat(imported.exitCode()).as(imported.errors()).isZero();
    assertThat(imported.output())
        .isEqualTo(
            "public.\"Other\"[1]: none -> 1\npublic.orders[0]: 1 -> 3\n"
                + "public.orders[1]: none -> 1\n3 offsets changed\n");
    assertThat(stored("orders")).containsExactly("0|3", "1|1", "2|0");
    assertThat(stored("\"Other\"")).containsExactly("1|1");
  }

  @Test
  void exportsOnlyTheTablesNamed() throws Exception {
    sql.rows("SELECT * FROM orders");
    sql.rows("SELECT * FROM \"Other\"");
    assertThat(offsets("export", "orders").output())
        .contains("public.orders,0,3")
        .doesNotContain("Other");
  }

  @Test
  void storesNothingInADryRun() throws Exception {
    Captured run =
        offsets("import", "--dry-run", file("table,partition,offset", "orders,0,2").toString());
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output())
        .isEqualTo("public.orders[0]: none -> 2\n1 offset would change; nothing was stored\n");
    assertThat(stored("orders")).isEmpty();
  }

  @Test
  void storesAllOrNothing() throws Exception {
    Path bad =
        file("table,partition,offset", "orders,0,2", "orders,1,9", "orders,7,0", "orders,2,0");
    Captured run = offsets("import", bad.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors())
        .contains("orders[1]@9: Kafka has the offsets from 0 to 1")
        .contains("orders[7]@0: Kafka has no such partition");
    assertThat(stored("orders")).isEmpty();
    assertThat(offsets("import", "--no-check", bad.toString()).exitCode()).isZero();
    assertThat(stored("orders")).containsExactly("0|2", "1|9", "2|0", "7|0");
  }

  @Test
  void refusesAPartitionThatIsNamedInTwoWays() throws Exception {
    Captured run =
        offsets(
            "import", file("table,partition,offset", "orders,0,2", "public.orders,0,3").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("public.orders[0]@3").contains("orders[0]@2");
    assertThat(stored("orders")).isEmpty();
  }

  @Test
  void leavesOtherPartitionsAloneThatMoveMeanwhile() throws Exception {
    sql.rows("SELECT * FROM orders");
    sql.update("UPDATE kadb.offsets SET off = 0 WHERE prt < 2");
    try (SqlClient other = SqlClient.connect(Map.of("kadb.home", folder.toString()))) {
      OffsetChanges changes = new OffsetChanges(other.connection(), notice -> {});
      long oid = changes.oid("orders");
      changes.make(
          true,
          () -> {
            changes.store(oid, 0, 2);
            // Another session moves another partition before this transaction ends.
            sql.update("UPDATE kadb.offsets SET off = 1 WHERE prt = 1");
          });
    }
    assertThat(stored("orders")).containsExactly("0|2", "1|1", "2|0");
    assertThat(offsets("set", "orders", "--to", "3", "--partition", "0").output())
        .isEqualTo("public.orders[0]: 2 -> 3\n1 offset changed\n");
    assertThat(stored("orders")).containsExactly("0|3", "1|1", "2|0");
  }

  @Test
  void refusesATableThatIsNotDefined() throws Exception {
    Captured run = offsets("import", file("table,partition,offset", "order,0,2").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("order");
  }

  @Test
  void setsAllPartitionsOfATable() throws Exception {
    Captured latest = offsets("set", "orders", "--to", "latest");
    assertThat(latest.exitCode()).as(latest.errors()).isZero();
    assertThat(stored("orders")).containsExactly("0|3", "1|1", "2|0");
    assertThat(offsets("set", "orders", "--to", "earliest").output())
        .isEqualTo("public.orders[0]: 3 -> 0\npublic.orders[1]: 1 -> 0\n2 offsets changed\n");
    assertThat(stored("orders")).containsExactly("0|0", "1|0", "2|0");
  }

  @Test
  void setsOnlyThePartitionsGiven() throws Exception {
    assertThat(offsets("set", "orders", "--to", "latest", "--partition", "0").exitCode()).isZero();
    assertThat(stored("orders")).containsExactly("0|3");
    assertThat(offsets("set", "orders", "--to", "1", "--partition", "0,1").exitCode()).isZero();
    assertThat(stored("orders")).containsExactly("0|1", "1|1");
  }

  @Test
  void setsOffsetsByTime() throws Exception {
    assertThat(offsets("set", "orders", "--at", "1970-01-01 00:00:02").exitCode()).isZero();
    assertThat(stored("orders")).containsExactly("0|1", "1|1", "2|0");
    assertThat(offsets("set", "orders", "--at", "2001").exitCode()).isZero();
    assertThat(stored("orders")).containsExactly("0|2", "1|1", "2|0");
  }

  @Test
  void refusesAnOffsetThatKafkaDoesNotHave() throws Exception {
    Captured run = offsets("set", "orders", "--to", "2");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("orders[1]@2: Kafka has the offsets from 0 to 1");
    assertThat(stored("orders")).isEmpty();
  }

  @Test
  void refusesAWrongCommandLine() {
    assertThat(offsets("set", "orders").exitCode()).isEqualTo(64);
    assertThat(offsets("set", "orders", "--to", "noon").exitCode()).isEqualTo(64);
    assertThat(offsets("set", "orders", "--at", "noon").exitCode()).isEqualTo(64);
  }
}
