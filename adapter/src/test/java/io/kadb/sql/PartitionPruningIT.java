package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions on {@code _partition} choose what is read and moved. */
class PartitionPruningIT extends TableFixture {
  private static final String FILTER = "$condition";

  @BeforeEach
  void createTable() throws SQLException {
    TestTopic topic = kafka.newTopic("prune", 4);
    for (int p = 0; p < 4; p++) {
      topic.send(p, "a" + p);
    }
    table("t (v text)", topic, "k_segments '2'");
  }

  private String plan(String query) throws SQLException {
    return String.join("\n", sql.rows("EXPLAIN " + query));
  }

  /** Returns the partitions that have moved, like {@code 0,3}. */
  private String moved() throws SQLException {
    return offsets("t").stream()
        .peek(row -> assertThat(row).endsWith("|1"))
        .map(row -> row.substring(0, row.indexOf('|')))
        .collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "_partition = 1; 1",
        "1 = _partition; 1",
        "_partition IN (0, 3); 0,3",
        "_partition = 0 OR _partition = 3; 0,3",
        "_partition >= 1 AND _partition < 3; 1,2",
        "_partition > 0 AND _partition <= 2; 1,2",
        "3 > _partition AND 1 <= _partition; 1,2",
        "_partition BETWEEN 1 AND 2; 1,2",
        "_partition NOT BETWEEN 1 AND 2; 0,3",
        "_partition <> 2; 0,1,3",
        "NOT (_partition = 2); 0,1,3",
        "_partition NOT IN (0, 1); 2,3",
        "(_partition = 1 OR _partition = 2) AND _partition <> 2; 1",
        "_partition = 1 OR _partition BETWEEN 2 AND 3; 1,2,3",
        "_partition = 3::bigint; 3",
        "_partition IN (3, 4, 5, 99); 3",
        "_partition < 1.5; 0,1",
        "_partition >= 1.5; 2,3",
        "_partition <= 99999999999999999999 AND _partition > 2; 3",
      })
  void readsTheChosenPartitionsOnly(String condition, String partitions) throws SQLException {
    String query = "SELECT v, _partition FROM t WHERE " + condition;
    assertThat(plan(query)).contains("_partition ").doesNotContain("[all]", FILTER);

    List<String> rows = sql.rows(query);

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(partitions.split(",")).map(p -> "a" + p + "|" + p).toList());
    assertThat(moved()).isEqualTo(partitions);
  }

  @Test
  void takesLongLists() throws SQLException {
    String list =
        IntStream.range(2, 300).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String query = "SELECT count(*) FROM t WHERE _partition IN (" + list + ")";
    assertThat(plan(query)).doesNotContain("[all]");

    assertThat(sql.value(query)).isEqualTo("2");
    assertThat(moved()).isEqualTo("2,3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "_partition = 1 AND v = 'b'; 1",
        "v LIKE 'b%' AND _partition IN (0, 2); 0,2",
        "_partition >= 2 AND (v = 'a3' OR _offset > 7); 2,3",
        "(_partition = 1 AND v = 'a1') OR (_partition = 3 AND _offset = 0); 1,3",
        "_partition = 0 OR (_partition = 2 AND v <> 'a2'); 0,2",
        "(_partition < 2 OR v = 'a9') AND _partition > 0 AND (_partition < 3 AND v > ''); 1,2",
      })
  void keepsTheOtherConditionsAsFilters(String condition, String partitions) throws SQLException {
    String query = "SELECT v FROM t WHERE " + condition;
    assertThat(plan(query)).contains(FILTER).doesNotContain("[all]");

    sql.rows(query);

    assertThat(moved()).isEqualTo(partitions);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_partition = 1 OR v = 'a0'",
        "MOD(_partition, 2) = 1",
        "_partition = _offset",
        "v = 'a1'",
        "_partition IS NOT NULL",
        "_partition <> 0.5",
        "_partition IN (SELECT 1 UNION ALL SELECT 2)",
        "(_partition = 1 AND v = 'a1') OR v = 'a2'",
        "_partition >= 0",
        "CASE WHEN _partition = 1 THEN TRUE ELSE FALSE END OR v = 'a2'",
      })
  void readsEverythingForOtherConditions(String condition) throws SQLException {
    sql.rows("SELECT v FROM t WHERE " + condition);

    assertThat(moved()).isEqualTo("0,1,2,3");
  }

  @Test
  void takesParameters() throws SQLException {
    String range = "SELECT v FROM t WHERE _partition >= ? AND _partition < ?";
    assertThat(plan(range)).contains("_partition >= ?0", "_partition < ?1").doesNotContain(FILTER);
    assertThat(sql.rows(range, 1, 2)).containsExactly("a1");
    assertThat(moved()).isEqualTo("1");

    assertThat(sql.rows("SELECT v FROM t WHERE _partition = ?", 3L)).containsExactly("a3");
    assertThat(moved()).isEqualTo("1,3");
    assertThat(sql.rows("SELECT v FROM t WHERE _partition IN (?, ?)", 2, 17)).containsExactly("a2");
    assertThat(moved()).isEqualTo("1,2,3");
    assertThat(sql.rows("SELECT v FROM t WHERE _partition BETWEEN ? AND ?", 0, 1))
        .containsExactly("a0");
    assertThat(moved()).isEqualTo("0,1,2,3");
  }

  @Test
  void seesThroughSubqueriesAndAliases() throws SQLException {
    assertThat(sql.rows("SELECT v FROM (SELECT v, _partition AS p FROM t) AS x WHERE x.p = 1"))
        .containsExactly("a1");
    assertThat(moved()).isEqualTo("1");
    assertThat(
            sql.rows(
                "WITH w AS (SELECT *, _partition FROM t) SELECT v FROM w WHERE _partition = 2"))
        .containsExactly("a2");
    assertThat(moved()).isEqualTo("1,2");
    assertThat(sql.value("SELECT count(*) FROM t WHERE _partition = 3")).isEqualTo("1");
    assertThat(moved()).isEqualTo("1,2,3");
  }

  @Test
  void doesNotCheckPartitionsThatAreNotWanted() throws SQLException {
    alter("t", "ADD k_automatic_offsets 'false'");
    storeOffset("t", 0, 42);
    storeOffset("t", 1, 0);
    storeOffset("t", 77, 1);

    assertThat(sql.rows("SELECT v FROM t WHERE _partition = 1")).containsExactly("a1");

    assertThat(sql.warnings()).isEmpty();
    assertThat(offsets("t")).containsExactly("0|42", "1|1", "77|1");
    refused("55000", () -> sql.rows("SELECT v FROM t WHERE _partition IN (0, 1)"));
    refused("55000", () -> sql.rows("SELECT v FROM t WHERE _partition >= 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_partition < 0",
        "_partition = -1",
        "_partition IS NULL",
        "_partition = NULL",
        "1 = 0",
        "FALSE",
        "v = 'a' AND 1 = 0",
        "_partition = 1 AND _partition = 2",
        "_partition > 5 AND _partition <= 5",
        "_partition BETWEEN 3 AND 2",
        "_partition = 5000000000",
        "_partition IN (-1, -2)",
        "_partition = 0.5",
        "(_partition < 0 AND v = 'a') OR (_partition = -7 AND v = 'b')",
      })
  void doesNotAskKafkaForNoPartition(String condition) throws Throwable {
    server("dead", NOBODY);
    sql.update("CREATE FOREIGN TABLE d (v text) SERVER dead OPTIONS (k_topic 'x')");

    Duration taken =
        time(() -> assertThat(sql.rows("SELECT v FROM d WHERE " + condition)).isEmpty());

    assertThat(taken).isLessThan(Duration.ofSeconds(5));
    assertThat(sql.warnings()).isEmpty();
  }

  @Test
  void doesNotAskKafkaForParametersThatChooseNoPartition() throws SQLException {
    server("dead", NOBODY);
    sql.update("CREATE FOREIGN TABLE d (v text) SERVER dead OPTIONS (k_topic 'x')");

    assertThat(sql.rows("SELECT v FROM d WHERE _partition = ?", -1)).isEmpty();
    assertThat(sql.rows("SELECT v FROM d WHERE _partition = ?", new Object[] {null})).isEmpty();
    assertThat(sql.rows("SELECT v FROM d WHERE _partition >= ? AND _partition < ?", 3, 3))
        .isEmpty();
  }

  @Test
  void letsStatementsOnDifferentPartitionsRunAtTheSameTime() throws SQLException {
    SqlClient other = connect();
    try (Statement one = sql.connection().createStatement();
        Statement two = other.connection().createStatement();
        ResultSet first = one.executeQuery("SELECT v FROM t WHERE _partition < 2");
        ResultSet second = two.executeQuery("SELECT v FROM t WHERE _partition >= 2")) {
      assertThat(first.next() && first.next()).isTrue();
      assertThat(second.next() && second.next()).isTrue();

      assertThat(first.next()).isFalse();
      assertThat(second.next()).isFalse();
    }
    assertThat(moved()).isEqualTo("0,1,2,3");
  }
}
