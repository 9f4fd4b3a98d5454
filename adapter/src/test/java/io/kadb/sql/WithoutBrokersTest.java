package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What works while no broker answers. What did ask would wait for a minute, and fail. */
@Timeout(30)
class WithoutBrokersTest extends EmbeddedFixture {
  @BeforeEach
  void define() throws SQLException {
    sql.update(
        "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + NOBODY
            + "', k_consumer_group 'g', k_seg_batch '10', k_timeout_ms '60000',"
            + " k_latency_ms '60000', format 'csv')");
    sql.update(
        "CREATE FOREIGN TABLE t (id int NOT NULL, name varchar(20), amount numeric(10,2),"
            + " \"At\" timestamp(3)) SERVER s OPTIONS (k_topic 'x')");
    sql.update("INSERT INTO kadb.offsets VALUES ('t'::regclass::oid, 0, 5)");
  }

  @AfterEach
  void nothingMoved() throws SQLException {
    assertThat(sql.rows("SELECT prt, off FROM kadb.offsets")).containsExactly("0|5");
  }

  @Test
  void readingFails() throws SQLException {
    sql.update("ALTER SERVER s OPTIONS (SET k_latency_ms '300')");
    refused("08001", () -> sql.rows("SELECT * FROM t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE 1 = 0",
        "SELECT id FROM t WHERE FALSE",
        "SELECT * FROM t WHERE _partition < 0",
        "SELECT * FROM t WHERE _partition IS NULL",
        "SELECT * FROM t WHERE _partition = 1 AND _partition = 2",
        "SELECT * FROM t WHERE _partition BETWEEN 5 AND 3",
        "SELECT * FROM t WHERE _partition IN (-1, -2) AND name LIKE 'a%'",
        "SELECT * FROM t WHERE _partition = -1 OR _partition < -5",
        "SELECT * FROM t LIMIT 0",
        "SELECT a.id FROM t a JOIN t b ON a.id = b.id WHERE a._partition < 0 AND b._partition < 0"
      })
  void queriesOfNoPartitionAskNobody(String query) throws SQLException {
    assertThat(sql.rows(query)).isEmpty();
    assertThat(sql.warnings()).isEmpty();
  }

  @Test
  void aggregatesOfNoPartitionAskNobody() throws SQLException {
    assertThat(sql.value("SELECT count(*), sum(amount) FROM t WHERE _partition < 0"))
        .isEqualTo("0|null");
  }

  @Test
  void parametersMayExcludeAllPartitions() throws SQLException {
    assertThat(sql.rows("SELECT * FROM t WHERE _partition < ?", 0)).isEmpty();
    assertThat(sql.rows("SELECT * FROM t WHERE _partition >= ? AND _partition < ?", 3, 3))
        .isEmpty();
    assertThat(sql.rows("SELECT * FROM t WHERE _partition = ?", new Object[] {null})).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id FROM t WHERE _partition = 3 AND name = 'x'|columns=[[id, name]]"
            + "|partitions=[_partition = 3]",
        "SELECT count(*) FROM t WHERE _partition IN (1, 2)|columns=[[_partition]]"
            + "|partitions=[(_partition = 1 OR _partition = 2)]",
        "SELECT name FROM t WHERE _partition >= 2 AND _partition < 4|columns=[[name, _partition]]"
            + "|partitions=[_partition >= 2 AND _partition < 4]",
        "SELECT name FROM t WHERE 7 > _partition|columns=[[name,"
            + " _partition]]|partitions=[_partition < 7]",
        "SELECT name FROM t WHERE _partition + 1 = 2 OR name = 'a'"
            + "|columns=[[name, _partition]]|partitions=[all]",
        "SELECT _offset FROM t|columns=[[_offset]]|partitions=[all]"
      })
  void explainShowsModeColumnsAndPartitions(String query, String columns, String partitions)
      throws SQLException {
    String plan = String.join("\n", sql.rows("EXPLAIN " + query));
    assertThat(plan).contains(columns, partitions, "public.t: mode consume");
  }

  @Test
  void explainShowsTheModeOfTheConnection() throws SQLException {
    assertThat(plan(connect("scanMode=snapshot"))).contains("public.t: mode snapshot");
    assertThat(plan(connect("readOnly=true"))).contains("public.t: mode peek");
    sql.update("SET kadb.scan_mode = peek");
    assertThat(plan(sql)).contains("public.t: mode peek");
    sql.update("RESET kadb.scan_mode");
    assertThat(plan(sql)).contains("public.t: mode consume");
    sql.update("ALTER FOREIGN TABLE t OPTIONS (k_scan_mode 'snapshot')");
    assertThat(plan(sql)).contains("public.t: mode snapshot");
  }

  private static String plan(SqlClient client) throws SQLException {
    return String.join("\n", client.rows("EXPLAIN SELECT * FROM t"));
  }

  @Test
  void preparedStatementsDescribeTheirColumnsAndParameters() throws SQLException {
    try (PreparedStatement select =
        sql.connection()
            .prepareStatement(
                "SELECT *, _offset, amount * 2 AS twice FROM t WHERE _partition = ? AND id > ?")) {
      List<String> columns = new ArrayList<>();
      var metaData = select.getMetaData();
      for (int i = 1; i <= metaData.getColumnCount(); i++) {
        columns.add(metaData.getColumnLabel(i) + " " + metaData.getColumnTypeName(i));
      }
      assertThat(columns)
          .startsWith(
              "id integer",
              "name character varying",
              "amount numeric",
              "At timestamp without time zone",
              "_offset bigint")
          .hasSize(6);
      assertThat(select.getParameterMetaData().getParameterCount()).isEqualTo(2);
    }
  }

  @Test
  void metadataListsTablesAndColumns() throws SQLException {
    DatabaseMetaData metaData = sql.connection().getMetaData();
    List<String> tables = new ArrayList<>();
    try (ResultSet result = metaData.getTables(null, "public", "%", null)) {
      while (result.next()) {
        tables.add(result.getString("TABLE_NAME") + " " + result.getString("TABLE_TYPE"));
      }
    }
    assertThat(tables).containsExactly("t FOREIGN TABLE");
    List<String> columns = new ArrayList<>();
    try (ResultSet result = metaData.getColumns(null, "public", "t", "%")) {
      while (result.next()) {
        columns.add(result.getString("COLUMN_NAME") + " " + result.getString("IS_NULLABLE"));
      }
    }
    assertThat(columns)
        .as("without hidden ones")
        .containsExactly("id NO", "name YES", "amount YES", "At YES");
  }
}
