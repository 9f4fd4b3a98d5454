package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.TestTopic;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions on offsets choose what a snapshot reads, and nothing but rows in other modes. */
class SnapshotRangesIT extends TableFixture {
  private static final int MESSAGES = 30;

  private static final String RANGE = "SELECT n FROM t WHERE _offset >= ? AND _offset < ?";

  /** A message of partitions 0 and 1 that is no number, in the middle. */
  private static final int BAD = 25;

  @BeforeEach
  void createTable() throws SQLException {
    TestTopic topic = kafka.newTopic("ranges", 3);
    String[] numbers =
        IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toArray(String[]::new);
    topic.send(2, numbers);
    numbers[BAD] = "bad";
    topic.send(0, numbers);
    topic.send(1, numbers);
    table("t (n int)", topic, "k_scan_mode 'snapshot'", "k_segments '2'");
    table("good (n int)", topic, "k_seg_batch '1000'");
  }

  /** Returns how many messages all scans have taken so far. */
  private static long taken() {
    return KafkaClients.shared().activity().messages();
  }

  private List<String> plan(String query) throws SQLException {
    return sql.rows("EXPLAIN " + query);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "_offset < 3; 0-2 0-2 0-2",
        "_offset >= 10 AND _offset < 20; 10-19 10-19 10-19",
        "_offset > 9 AND 20 > _offset; 10-19 10-19 10-19",
        "_offset BETWEEN 3 AND 5; 3-5 3-5 3-5",
        "_offset = 7; 7-7 7-7 7-7",
        "_offset >= 26; 26-29 26-29 26-29",
        "_offset > 1.5 AND _offset <= 3.5; 2-3 2-3 2-3",
        "_offset > -5 AND _offset < 2; 0-1 0-1 0-1",
        "_offset >= 28 AND _offset < 99999999999999999999; 28-29 28-29 28-29",
        "_offset >= 26 AND _offset <= 9223372036854775807; 26-29 26-29 26-29",
        "NOT (_offset >= 2); 0-1 0-1 0-1",
        "_partition = 0 AND _offset >= 10 AND _offset < 20 OR _partition = 1 AND _offset = 4;"
            + " 10-19 4-4 -",
        "_partition = 2 OR _offset < 4; 0-3 0-3 0-29",
        "_partition < 2 AND NOT (_offset > 3 OR _partition = 0); - 0-3 -",
        "_partition IN (0, 2) AND _offset IN (1, 2); 1-2 - 1-2",
        "_offset < 0; - - -",
        "_offset > 9223372036854775807; - - -",
        "_offset = 1.5; - - -",
        "_offset > 5 AND _offset < 5; - - -",
        "_offset >= 30; - - -",
        "_partition = 0 AND _offset = 4 AND n > 100; 4-4 - -",
      })
  void areRangesOfASnapshot(String condition, String ranges) throws SQLException {
    List<String> wanted = new ArrayList<>();
    String[] each = ranges.split(" ");
    for (int partition = 0; partition < each.length; partition++) {
      if (!each[partition].equals("-")) {
        String[] bounds = each[partition].split("-");
        for (int n = Integer.parseInt(bounds[0]); n <= Integer.parseInt(bounds[1]); n++) {
          wanted.add(partition + "|" + n + "|" + n);
        }
      }
    }
    long before = taken();

    List<String> rows = sql.rows("SELECT _partition, _offset, n FROM t WHERE " + condition);

    assertThat(taken() - before).isEqualTo(wanted.size());
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(condition.contains("n > 100") ? List.of() : wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_offset <> 25",
        "_offset < 25 OR _offset > 25",
        "_offset < 3 OR n = 28",
        "MOD(_offset, 2) = 0",
        "_offset = _partition",
        "_offset > 2.4e1",
        "NOT (_offset > 3 AND n = 4)",
      })
  void leaveTheRestToTheFilter(String condition) throws SQLException {
    String query = "SELECT _offset, n FROM t WHERE _partition = 2 AND (" + condition + ")";
    assertThat(plan(query).toString()).contains("$condition");
    long before = taken();

    List<String> rows = sql.rows(query);

    assertThat(taken() - before).isBetween(5L, (long) MESSAGES);
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            sql.rows(
                "SELECT o, n FROM (SELECT _offset AS o, n, _partition AS p FROM t"
                    + " WHERE _partition = 2 LIMIT 1000) AS x WHERE ("
                    + condition.replace("_offset", "o").replace("_partition", "p")
                    + ")"));
  }

  @Test
  void comeFromParameters() throws SQLException {
    assertThat(sql.rows(RANGE, 3, 5L)).containsExactlyInAnyOrder("3", "4", "3", "4", "3", "4");
    assertThat(sql.rows(RANGE, -3, 1)).containsExactly("0", "0", "0");
    assertThat(sql.rows(RANGE, 29, Long.MAX_VALUE)).containsExactly("29", "29", "29");
    assertThat(sql.rows(RANGE, 5, 5)).isEmpty();
    assertThat(sql.rows(RANGE, null, 5)).isEmpty();
    assertThat(sql.rows(RANGE, 3, null)).isEmpty();
    assertThat(sql.rows("SELECT n FROM t WHERE _offset IN (?, ?)", 3, null))
        .containsExactly("3", "3", "3");
    assertThat(sql.rows("SELECT n FROM t WHERE _offset >= ? - 1 AND _offset < ? + 1", 27, 27))
        .containsExactlyInAnyOrder("26", "27", "26", "27", "26", "27");
    refused("22P02", () -> sql.rows(RANGE, 20, 26));
  }

  @Test
  void readNothingForNull() throws SQLException {
    long before = taken();
    assertThat(sql.rows(RANGE, null, 5)).isEmpty();
    assertThat(sql.rows("SELECT n FROM t WHERE NOT (_offset >= ?)", new Object[] {null})).isEmpty();
    assertThat(taken()).isEqualTo(before);
  }

  @Test
  void differBetweenTwoScansOfOneStatement() throws SQLException {
    long before = taken();

    List<String> rows =
        sql.rows(
            "SELECT a.n, b.n FROM t AS a JOIN t AS b ON a._partition = b._partition"
                + " AND a.n = b.n - 10 WHERE a._offset < 3 AND b._offset >= 11 AND b._offset < 14"
                + " AND a._partition = 1");

    assertThat(rows).containsExactlyInAnyOrder("1|11", "2|12");
    assertThat(taken() - before).isLessThanOrEqualTo(3 + 3 * 3);
    assertThat(
            sql.rows(
                "SELECT n FROM t WHERE _offset = 2 AND _partition = 0"
                    + " UNION ALL SELECT n FROM t WHERE _offset = 28 AND _partition = 1"))
        .containsExactlyInAnyOrder("2", "28");
  }

  @Test
  void doNotComeFromTheRowsOfAnotherTable() throws SQLException {
    sql.update("SET kadb.scan_mode = 'snapshot'");
    assertThat(
            sql.rows(
                "SELECT a.n, x.n FROM good AS a, LATERAL (SELECT b.n FROM good AS b"
                    + " WHERE b._partition = 2 AND b._offset = a._offset + 1"
                    + " ORDER BY b.n LIMIT 1) AS x WHERE a._partition = 2 AND a._offset < 2"))
        .containsExactlyInAnyOrder("0|1", "1|2");
  }

  @Test
  void areReadToTheirEndPastCompactionAndRetention() throws SQLException {
    TestTopic topic = kafka.newTopic("cut", 1);
    topic.sendCommitted(0, "1", "2");
    topic.sendAborted(0, "bad", "bad");
    topic.sendCommitted(0, "3");
    table("cut (n int)", topic, "k_scan_mode 'snapshot'");

    // 0 and 1, a marker, 3 and 4 taken back, a marker, 6, a marker
    assertThat(sql.rows("SELECT n FROM cut WHERE _offset BETWEEN 1 AND 5")).containsExactly("2");
    assertThat(sql.rows("SELECT n FROM cut WHERE _offset BETWEEN 2 AND 5")).isEmpty();
    assertThat(sql.rows("SELECT n FROM cut WHERE _offset >= 7")).isEmpty();
    topic.deleteRecordsBefore(0, 2);
    assertThat(sql.rows("SELECT n FROM cut WHERE _offset < 2")).isEmpty();
    assertThat(sql.rows("SELECT n FROM cut WHERE _offset < 7")).containsExactly("3");
  }

  @Test
  void loseNoMessageInOtherModes() throws SQLException {
    sql.update("SET kadb.scan_mode = 'peek'");
    refused("22P02", () -> sql.rows(RANGE, 27, 29));
    sql.update("SET kadb.scan_mode = 'consume'");
    refused("22P02", () -> sql.rows(RANGE, 27, 29));
    assertThat(offsets("t")).isEmpty();

    assertThat(sql.rows("SELECT n FROM good WHERE _partition = 2 AND _offset >= 28"))
        .containsExactly("28", "29");
    assertThat(offsets("good")).containsExactly("2|30");
    storeOffset("t", 2, 4);
    assertThat(sql.rows("SELECT n FROM t WHERE _partition = 2 AND _offset >= 5 AND _offset < 7"))
        .containsExactly("5", "6");
    assertThat(offsets("t")).containsExactly("2|30");
  }

  @Test
  void followTheModeOfEachRunOfAPreparedStatement() throws SQLException {
    String query = "SELECT n FROM t WHERE _partition = 2 AND _offset >= ? AND _offset < 20";
    try (PreparedStatement prepared = sql.connection().prepareStatement(query)) {
      prepared.setLong(1, 18);
      assertThat(run(prepared)).isEqualTo(2);
      assertThat(offsets("t")).isEmpty();

      sql.update("SET kadb.scan_mode = 'consume'");
      long before = taken();
      assertThat(run(prepared)).isEqualTo(30);
      assertThat(taken() - before).isEqualTo(30);
      assertThat(offsets("t")).containsExactly("2|30");

      sql.update("SET kadb.scan_mode = 'snapshot'");
      assertThat(run(prepared)).isEqualTo(2);
      assertThat(offsets("t")).containsExactly("2|30");
    }
  }

  /** Returns how many messages a run takes. */
  private static long run(PreparedStatement prepared) throws SQLException {
    long before = taken();
    List<String> rows = new ArrayList<>();
    try (ResultSet result = prepared.executeQuery()) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    assertThat(rows).containsExactly("18", "19");
    return taken() - before;
  }

  @Test
  void areShownByExplainWithoutBrokers() throws SQLException {
    server("dead", NOBODY);
    sql.update(
        "CREATE FOREIGN TABLE d (n int, v text) SERVER dead"
            + " OPTIONS (k_topic 'x', k_scan_mode 'snapshot')");
    String query = "SELECT n FROM d WHERE _partition < 2 AND _offset >= 10 AND _offset < ?";

    assertThat(plan(query))
        .anyMatch(line -> line.contains("columns=[[n, _offset]], partitions=[_partition < 2]"))
        .last()
        .isEqualTo("public.d: mode snapshot, reads where _offset >= 10 AND _offset < ?0");
    assertThat(plan("SELECT n FROM d WHERE _timestamp >= '2026-01-02 03:04:05.678'"))
        .last()
        .isEqualTo(
            "public.d: mode snapshot, reads where"
                + " _timestamp >= TIMESTAMP '2026-01-02 03:04:05.678'");
    assertThat(plan("SELECT a.n FROM d AS a JOIN d AS b ON a.n = b.n WHERE a._offset = 5"))
        .endsWith("public.d: mode snapshot, reads where _offset = 5", "public.d: mode snapshot");

    sql.update("SET kadb.scan_mode = 'peek'");
    assertThat(plan(query)).last().isEqualTo("public.d: mode peek");
    assertThat(plan(query).toString()).doesNotContain("wanted", "reads where");
  }

  @Test
  void countInDeclaredColumnsOfTheSameNameForNothing() throws SQLException {
    TestTopic topic = kafka.newTopic("shadow", 1);
    topic.send(0, "7", "8", "9");
    table("shadow (_offset int)", topic, "k_scan_mode 'snapshot'");
    assertThat(sql.rows("SELECT _offset FROM shadow WHERE _offset >= 8")).containsExactly("8", "9");
    assertThat(plan("SELECT _offset FROM shadow WHERE _offset >= 8").toString())
        .doesNotContain("reads where");
  }
}
