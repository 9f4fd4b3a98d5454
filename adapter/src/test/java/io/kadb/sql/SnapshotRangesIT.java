package io.kadb.sql;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotRangesIT extends TableFixture {
  private TestTopic topic;

  @BeforeEach
  void createTable() throws SQLException {
    topic = kafka.newTopic("ranges", 3);
    table("t (n int)", topic, "k_scan_mode 'snapshot'");
  }

  @Test
  void explore() throws SQLException {
    for (String condition :
        new String[] {
          "_offset >= 10 AND _offset < 20",
          "_partition = ? AND _offset = ?",
          "_partition = 0 AND _offset >= 10 AND _offset < 20 OR _partition = 1 AND _offset = 4",
          "_offset BETWEEN ? AND ?",
          "_offset NOT BETWEEN 3 AND 5",
          "NOT (_offset > 3 AND n = 4)",
          "NOT (_offset > 3 OR n = 4)",
          "_offset IN (1, 2, 7)",
          "_offset > 1.5",
          "_offset < 99999999999999999999",
          "_offset > 1e3",
          "_timestamp >= TIMESTAMP '2026-01-01 00:00:00'",
          "_timestamp >= '2026-01-01 00:00:00.123456'",
          "_timestamp >= '2026-01-01'::timestamp",
          "_timestamp >= DATE '2026-01-01'",
          "_timestamp >= ?",
          "_timestamp BETWEEN ? AND ?",
          "_timestamp >= now() - INTERVAL '1' HOUR",
          "_timestamp >= CURRENT_TIMESTAMP - INTERVAL '1' HOUR",
          "_timestamp > LOCALTIMESTAMP",
          "_timestamp >= TIMESTAMP '2026-01-01 00:00:00' - INTERVAL '1' HOUR",
          "_timestamp IN (TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-01-02 00:00:00')",
          "CAST(_timestamp AS DATE) = DATE '2026-01-01'",
        }) {
      System.out.println("== " + condition);
      try {
        sql.rows("EXPLAIN SELECT n FROM t WHERE " + condition).forEach(System.out::println);
      } catch (SQLException e) {
        System.out.println(e.getMessage());
      }
    }
    sql.rows(
            "EXPLAIN SELECT a.n FROM t a JOIN t b ON a.n = b.n WHERE a._offset < 5 AND b._offset > 7")
        .forEach(System.out::println);
    sql.rows("EXPLAIN SELECT count(*) FROM t WHERE _offset < 5").forEach(System.out::println);
    sql.rows("EXPLAIN SELECT n, _offset FROM t WHERE _offset < 5 ORDER BY _offset DESC LIMIT 3")
        .forEach(System.out::println);
  }
}
