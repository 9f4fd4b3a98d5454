package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestPostgres;
import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An offsets table that another program made is used as it is, whatever else it holds. */
@KafkaTest
@PostgresTest
class AdoptedOffsetsIT {
  private final KafkaCluster kafka;
  private final TestPostgres postgres;

  AdoptedOffsetsIT(KafkaCluster kafka, TestPostgres postgres) {
    this.kafka = kafka;
    this.postgres = postgres;
  }

  @AfterEach
  void drop() throws SQLException {
    postgres.execute("DROP SCHEMA IF EXISTS kadb CASCADE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftoid OID, prt INT, off BIGINT, PRIMARY KEY (ftoid, prt)",
        "off BIGINT, prt INT, ftoid OID, PRIMARY KEY (ftoid, prt)",
        "ftoid OID, prt INT, off BIGINT, note TEXT DEFAULT 'kept', PRIMARY KEY (ftoid, prt)",
        "note TEXT DEFAULT 'kept', ftoid OID, prt INT, off BIGINT NOT NULL,"
            + " PRIMARY KEY (prt, ftoid)",
      })
  void isReadAndMoved(String columns) throws SQLException {
    postgres.execute(
        "DROP SCHEMA IF EXISTS kadb CASCADE",
        "CREATE SCHEMA kadb",
        "CREATE TABLE kadb.offsets (" + columns + ")",
        "INSERT INTO kadb.offsets (ftoid, prt, off) VALUES (16385, 0, 42)");
    TestTopic topic = kafka.newTopic("adopted", 2);
    topic.send(0, "a", "b");
    topic.send(1, "c");
    try (SqlClient sql = SqlClient.connect(Map.of("store", postgres.jdbcUrl()))) {
      sql.update(
          "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + kafka.bootstrapServers()
              + "', k_consumer_group 'g', k_seg_batch '10', k_timeout_ms '20000',"
              + " k_stop_at_end 'on', format 'csv')");
      sql.update(
          "CREATE FOREIGN TABLE t (v text) SERVER k OPTIONS (k_topic '" + topic.name() + "')");
      sql.update("INSERT INTO kadb.offsets VALUES ('t'::regclass::oid, 0, 1)");

      assertThat(sql.rows("SELECT v FROM t")).containsExactlyInAnyOrder("b", "c");

      assertThat(sql.rows("SELECT prt, off FROM kadb.offsets WHERE ftoid = 't'::regclass::oid"))
          .containsExactlyInAnyOrder("0|2", "1|1");
      assertThat(sql.rows("SELECT * FROM kadb.offsets WHERE ftoid = 16385"))
          .containsExactly("16385|0|42");
      sql.update("DELETE FROM kadb.offsets WHERE ftoid = 't'::regclass::oid");
    }
    assertThat(postgres.queryText("SELECT ftoid || ' ' || prt || ' ' || off FROM kadb.offsets"))
        .isEqualTo("16385 0 42");
  }
}
