package io.kadb.server.load;

import static io.kadb.server.load.LoadJobs.column;
import static io.kadb.server.load.LoadJobs.conditions;
import static io.kadb.server.load.LoadJobs.job;
import static io.kadb.server.load.LoadJobs.mapped;
import static io.kadb.server.load.LoadJobs.target;
import static io.kadb.server.load.LoadJobs.updating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.testing.PostgresTest;
import io.kadb.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What PostgreSQL makes of the SQL of a batch. The rows of the batch are written by hand: id,
 * value, version, operation, then partition, offset, row, time and whether there is no value.
 */
@PostgresTest
class MergeSqlIT {
  private static final List<LoadJob.Column> SOURCE =
      List.of(
          column("id", "text"),
          column("value", "text"),
          column("version", "integer"),
          column("op", "text"));

  private TestPostgres postgres;

  @BeforeEach
  void createTarget(TestPostgres database) throws SQLException {
    postgres = database;
    postgres.execute(
        "DROP TABLE IF EXISTS target",
        "CREATE TABLE target (id int, value varchar(8), version int)",
        "INSERT INTO target VALUES (1, 'one', 1), (2, 'two', 2)");
  }

  @Test
  void mergeUpdatesWhatMatchesAndInsertsTheRest() throws SQLException {
    run(merge(), "('1', 'new', 5, 'U', 0, 10, 0)", "('3', 'three', 3, 'I', 0, 11, 0)");
    assertThat(rows()).containsExactly("1|new|5", "2|two|2", "3|three|3");
  }

  @Test
  void updateInsertsNothing() throws SQLException {
    run(
        three(target(LoadJob.Mode.UPDATE, List.of("id"), List.of())),
        "('1', 'new', 5, 'U', 0, 10, 0)",
        "('3', 'three', 3, 'I', 0, 11, 0)");
    assertThat(rows()).containsExactly("1|new|5", "2|two|2");
  }

  @Test
  void updateSetsOnlyTheColumnsAskedFor() throws SQLException {
    run(
        updating(merge(), List.of("version"), false),
        "('1', 'new', 5, 'U', 0, 10, 0)",
        "('3', 'three', 3, 'I', 0, 11, 0)");
    assertThat(rows()).containsExactly("1|one|5", "2|two|2", "3|three|3");
  }

  @Test
  void theLastInTheOrderOfOffsetsWins() throws SQLException {
    run(
        merge(),
        "('1', 'late', 1, 'U', 0, 12, 0)",
        "('1', 'last', 1, 'U', 0, 12, 1)",
        "('1', 'early', 9, 'U', 0, 10, 0)");
    assertThat(rows()).contains("1|last|1").hasSize(2);
  }

  @Test
  void theGreatestByTheOrderColumnsWinsAndNullLoses() throws SQLException {
    run(
        three(target(LoadJob.Mode.MERGE, List.of("id"), List.of("version"))),
        "('1', 'low', 3, 'U', 0, 12, 0)",
        "('1', 'high', 7, 'U', 0, 10, 0)",
        "('1', 'none', NULL, 'U', 0, 13, 0)");
    assertThat(rows()).contains("1|high|7").hasSize(2);
  }

  @Test
  void betweenPartitionsTheLaterMessageWinsAndWithinOneTheLaterOffset() throws SQLException {
    run(
        merge(),
        "('1', 'a', 1, 'U', 0, 100, 0, '2026-01-01 10:00:02')",
        "('1', 'b', 1, 'U', 0, 101, 0, '2026-01-01 10:00:00')",
        "('1', 'c', 1, 'U', 1, 5, 0, '2026-01-01 10:00:01')");
    // Of partition 0 only b is left, and c came later than b.
    assertThat(rows()).contains("1|c|1").hasSize(2);
  }

  @Test
  void atTheSameMomentTheGreaterPartitionWins() throws SQLException {
    run(
        merge(),
        "('1', 'a', 1, 'U', 0, 100, 0, '2026-01-01 10:00:00')",
        "('1', 'c', 1, 'U', 1, 5, 0, '2026-01-01 10:00:00')");
    assertThat(rows()).contains("1|c|1").hasSize(2);
  }

  @Test
  void nullMatchesNothingSoEveryRowIsInserted() throws SQLException {
    run(merge(), "(NULL, 'x', 1, 'I', 0, 10, 0)", "(NULL, 'y', 2, 'I', 0, 11, 0)");
    assertThat(rows()).contains("null|x|1", "null|y|2").hasSize(4);
  }

  @Test
  void theDeleteConditionRemovesAndInsertsNothing() throws SQLException {
    run(
        conditions(merge(), null, "op = 'D'"),
        "('1', 'x', 1, 'D', 0, 10, 0)",
        "('7', 'x', 1, 'D', 0, 11, 0)",
        "('2', 'x', 1, 'U', 0, 12, 0)");
    assertThat(rows()).containsExactly("2|x|1");
  }

  @Test
  void aRowThatComesAgainAfterItsDeletionIsThere() throws SQLException {
    run(
        conditions(merge(), null, "op = 'D'"),
        "('1', 'x', 1, 'D', 0, 10, 0)",
        "('1', 'again', 2, 'I', 0, 11, 0)");
    assertThat(rows()).containsExactly("1|again|2", "2|two|2");
  }

  @Test
  void theDeleteConditionKnowsColumnsOfTheTargetThatTheSourceLacks() throws SQLException {
    Map<String, String> mappings = new LinkedHashMap<>();
    mappings.put("id", "op");
    mappings.put("version", "CASE WHEN value = 'gone' THEN -1 ELSE 4 END");
    run(
        conditions(
            mapped(target(LoadJob.Mode.MERGE, List.of("id"), List.of()), mappings, null),
            null,
            "version = 0 AND value = 'gone'"),
        "('x', 'gone', 0, '1', 0, 10, 0)",
        "('x', 'stays', 0, '2', 0, 11, 0)");
    assertThat(rows()).containsExactly("2|two|4");
  }

  @Test
  void tombstonesDeleteWhatTheyMatch() throws SQLException {
    run(
        updating(merge(), List.of(), true),
        "('1', NULL, NULL, NULL, 0, 10, 0, NULL, true)",
        "('9', NULL, NULL, NULL, 0, 11, 0, NULL, true)",
        "('2', 'x', 3, 'U', 0, 12, 0, NULL, false)");
    assertThat(rows()).containsExactly("2|x|3");
  }

  @Test
  void tombstonesPassTheFilter() throws SQLException {
    run(
        mapped(updating(merge(), List.of(), true), threeMappings(), "op = 'U'"),
        "('1', NULL, NULL, NULL, 0, 10, 0, NULL, true)",
        "('2', 'x', 3, 'I', 0, 12, 0, NULL, false)");
    assertThat(rows()).containsExactly("2|two|2");
  }

  @Test
  void theUpdateConditionComparesTargetAndSource() throws SQLException {
    run(
        conditions(merge(), "from_table.version > into_table.version", null),
        "('1', 'newer', 5, 'U', 0, 10, 0)",
        "('2', 'older', 1, 'U', 0, 11, 0)");
    assertThat(rows()).containsExactly("1|newer|5", "2|two|2");
  }

  @Test
  void aNameInTheUpdateConditionMeansTheTarget() throws SQLException {
    run(
        conditions(merge(), "version < 2 AND op = 'U'", null),
        "('1', 'x', 9, 'U', 0, 10, 0)",
        "('2', 'y', 1, 'U', 0, 11, 0)");
    assertThat(rows()).containsExactly("1|x|9", "2|two|2");
  }

  @Test
  void textsThatDoNotFitAreRefusedAndNotCut() {
    assertThatThrownBy(() -> run(merge(), "('1', 'far too long', 5, 'U', 0, 10, 0)"))
        .hasMessageContaining("value too long for type character varying(8)");
  }

  @Test
  void insertEvaluatesExpressionsAndFilters() throws SQLException {
    Map<String, String> mappings = new LinkedHashMap<>();
    mappings.put("id", "id");
    mappings.put("value", "op || value");
    run(
        mapped(LoadJobs.insert(), mappings, "version > 1"),
        "('5', 'x', 2, 'I', 0, 10, 0)",
        "('6', 'x', 1, 'I', 0, 11, 0)");
    assertThat(rows()).containsExactly("1|one|1", "2|two|2", "5|Ix|null");
  }

  private static LoadJob.Target merge() {
    return three(target(LoadJob.Mode.MERGE, List.of("id"), List.of()));
  }

  private static LoadJob.Target three(LoadJob.Target target) {
    return mapped(target, threeMappings(), null);
  }

  private static Map<String, String> threeMappings() {
    Map<String, String> mappings = new LinkedHashMap<>();
    List.of("id", "value", "version").forEach(name -> mappings.put(name, name));
    return mappings;
  }

  private void run(LoadJob.Target target, String... rows) throws SQLException {
    try (Connection connection = postgres.connect()) {
      connection.setAutoCommit(false);
      List<TargetColumn> columns = Warehouse.columns(connection, target.table());
      BatchSql sql = BatchSql.of(job(target), SOURCE, columns, Set.of());
      Sql.run(connection, sql.stage().orElseThrow());
      for (String row : rows) {
        Sql.run(connection, "INSERT INTO kadb_batch VALUES " + row);
      }
      Sql.run(
          connection, "UPDATE kadb_batch SET kadb_tombstone = false WHERE kadb_tombstone IS NULL");
      for (String statement : sql.statements()) {
        Sql.run(connection, statement);
      }
      connection.commit();
    }
  }

  private List<String> rows() throws SQLException {
    try (Connection connection = postgres.connect()) {
      return Sql.rows(connection, "SELECT id, value, version FROM target ORDER BY id, value")
          .stream()
          .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
          .toList();
    }
  }

  @Test
  void matchesValuesAsTheTargetStoresThem() throws SQLException {
    postgres.execute(
        "DROP TABLE target",
        "CREATE TABLE target (id numeric(10,2), value varchar(8), version int)",
        "INSERT INTO target VALUES (1.00, 'one', 1)");
    run(merge(), "('1.001', 'a', 5, 'U', 0, 10, 0)", "('1.002', 'b', 6, 'U', 0, 11, 0)");
    run(merge(), "('7.001', 'c', 5, 'I', 0, 12, 0)", "('7.002', 'd', 6, 'I', 0, 13, 0)");
    assertThat(rows()).containsExactly("1.00|b|6", "7.00|d|6");
    postgres.execute(
        "DROP TABLE target",
        "CREATE TABLE target (id timestamp(0), value varchar(8), version int)");
    run(
        merge(),
        "('2026-01-01 10:00:00.1', 'a', 5, 'U', 0, 10, 0)",
        "('2026-01-01 10:00:00.2', 'b', 6, 'U', 0, 11, 0)");
    assertThat(rows()).containsExactly("2026-01-01 10:00:00|b|6");
  }

  @Test
  void matchTextsThatDoNotFitAreRefusedAndNotCut() throws SQLException {
    postgres.execute("ALTER TABLE target ALTER id TYPE varchar(3)");
    assertThatThrownBy(() -> run(merge(), "('1234', 'x', 5, 'U', 0, 10, 0)"))
        .hasMessageContaining("value too long for type character varying(3)");
  }
}
