package io.kadb.server.load;

import static io.kadb.server.load.LoadJobs.column;
import static io.kadb.server.load.LoadJobs.conditions;
import static io.kadb.server.load.LoadJobs.insert;
import static io.kadb.server.load.LoadJobs.job;
import static io.kadb.server.load.LoadJobs.mapped;
import static io.kadb.server.load.LoadJobs.target;
import static io.kadb.server.load.LoadJobs.updating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchSqlTest {
  private static final List<LoadJob.Column> SOURCE =
      List.of(column("id", "integer"), column("Name", "text"));
  private static final List<TargetColumn> TARGET =
      List.of(
          new TargetColumn("id", "integer", Optional.of("integer"), true, false),
          new TargetColumn("Name", "character varying", Optional.empty(), false, false),
          new TargetColumn("extra", "text", Optional.empty(), false, false));

  @Test
  void loadsColumnsStraightIntoTheTarget() {
    BatchSql sql = sql(insert(), Set.of());
    assertThat(sql.isStaged()).isFalse();
    assertThat(sql.statements()).isEmpty();
    assertThat(sql.insert())
        .isEqualTo(
            "INSERT INTO pg.\"public\".\"target\" (\"id\", \"Name\")"
                + " SELECT \"id\", \"Name\" FROM \"public\".\"src\"");
  }

  @Test
  void readsOnlyThePartitionsAskedFor() {
    assertThat(sql(insert(), Set.of(3, 1)).insert()).endsWith(" WHERE _partition IN (1, 3)");
  }

  @Test
  void renamedColumnsNeedNoStaging() {
    BatchSql sql = sql(mapped(insert(), Map.of("extra", "\"Name\""), null), Set.of());
    assertThat(sql.insert())
        .isEqualTo(
            "INSERT INTO pg.\"public\".\"target\" (\"extra\")"
                + " SELECT \"Name\" FROM \"public\".\"src\"");
  }

  @Test
  void stagesWhatHasAnExpressionOrAFilter() {
    BatchSql sql = sql(mapped(insert(), Map.of("extra", "upper(\"Name\")"), "id > 7"), Set.of());
    assertThat(sql.stage())
        .hasValue(
            "CREATE TEMP TABLE IF NOT EXISTS kadb_batch (\"id\" integer, \"Name\" text,"
                + " kadb_partition integer, kadb_offset bigint, kadb_row integer,"
                + " kadb_timestamp timestamp, kadb_tombstone boolean) ON COMMIT DELETE ROWS");
    assertThat(sql.insert())
        .startsWith("INSERT INTO pg.pg_temp.kadb_batch (\"id\", \"Name\", \"kadb_partition\"");
    assertThat(sql.statements())
        .containsExactly(
            "INSERT INTO \"public\".\"target\" (\"extra\") SELECT (upper(\"Name\")) AS \"extra\""
                + " FROM pg_temp.kadb_batch WHERE (id > 7)");
  }

  @Test
  void neverUsesWhatPostgres94DoesNotHave() {
    BatchSql sql =
        sql(
            conditions(target(LoadJob.Mode.MERGE, List.of("id"), List.of("Name")), "true", "false"),
            Set.of());
    assertThat(String.join("\n", sql.statements()).toUpperCase(java.util.Locale.ROOT))
        .doesNotContain("ON CONFLICT", "MERGE ", "FILTER (", "GROUPING");
  }

  @Test
  void namesAColumnThatTheTargetDoesNotHave() {
    assertThatThrownBy(
            () -> BatchSql.of(job(insert()), List.of(column("ID", "integer")), TARGET, Set.of()))
        .isInstanceOf(LoadFailure.class)
        .hasMessageContaining("table public.target has no column \"ID\"; it has \"id\", \"Name\"");
  }

  @Test
  void namesAMatchColumnThatNothingFills() {
    assertThatThrownBy(() -> sql(target(LoadJob.Mode.MERGE, List.of("nr"), List.of()), Set.of()))
        .hasMessageContaining("match column \"nr\" of public.target is filled by no mapping");
  }

  @Test
  void namesAnOrderColumnThatDoesNotExist() {
    assertThatThrownBy(
            () -> sql(target(LoadJob.Mode.MERGE, List.of("id"), List.of("at")), Set.of()))
        .hasMessageContaining("order column \"at\" is neither");
  }

  @Test
  void wantsMatchColumnsForAMerge() {
    assertThatThrownBy(() -> sql(target(LoadJob.Mode.MERGE, List.of(), List.of()), Set.of()))
        .hasMessageContaining("mode MERGE needs match columns");
  }

  private static BatchSql sql(LoadJob.Target target, Set<Integer> partitions) {
    return BatchSql.of(job(target), SOURCE, TARGET, partitions);
  }

  @Test
  void aDeleteConditionNeedsNoQueryOfItsOwn() {
    // Greenplum 6 has none that looks outwards by more than one level.
    LoadJob.Target target =
        conditions(
            updating(target(LoadJob.Mode.MERGE, List.of("id"), List.of()), List.of(), true),
            null,
            "extra = 'x'");
    assertThat(sql(mapped(target, Map.of("id", "id", "extra", "'x'"), null), Set.of()).statements())
        .anyMatch(statement -> statement.startsWith("DELETE FROM \"public\".\"target\""))
        .noneMatch(
            statement ->
                statement.contains("(SELECT (") || statement.contains("SELECT from_table.\""));
  }

  @Test
  void refusesColumnsThatHideWhereARowCameFrom() {
    for (String name : List.of("_partition", "_offset", "_row", "_timestamp", "_tombstone")) {
      List<LoadJob.Column> source = List.of(column("id", "integer"), column(name, "text"));
      LoadJob staged = job(mapped(insert(), Map.of("id", "id + 1"), null));
      assertThatThrownBy(() -> BatchSql.of(staged, source, TARGET, Set.of()))
          .isInstanceOf(LoadFailure.class)
          .hasMessageContaining("column " + name + " takes the place of kadb's own");
      LoadJob direct = job(mapped(insert(), Map.of("id", "id"), null));
      assertThat(BatchSql.of(direct, source, TARGET, Set.of()).isStaged()).isFalse();
    }
  }

  @Test
  void refusesAnExpressionThatIsSeveralThings() {
    for (String filter : List.of("true) OR (id = 1", "id = 1;", "(id", "a = 'x", "/* /* */ 1")) {
      assertThatThrownBy(() -> sql(mapped(insert(), Map.of("id", "id"), filter), Set.of()))
          .as(filter)
          .isInstanceOf(LoadFailure.class)
          .hasMessageContaining("the filter");
    }
    for (String filter :
        List.of("a = ');' AND (b)", "E'\\');' = a", "$x$;)$x$ = a", "\"(\" = 1 /* ; ( */ -- )")) {
      assertThat(sql(mapped(insert(), Map.of("id", "id"), filter), Set.of()).isStaged()).isTrue();
    }
  }
}
